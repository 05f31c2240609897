"""The posts of notes. A script gets the notes as they are then; without one, the form of the story is opened again."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from articles.models.person import account_name
from articles.notes import writing
from articles.permissions.who import who_may
from articles.publishing import Refused
from articles.text.passages import Passage

SCRIPT = "X-Notes"  # header of a post by static/desk/notes.js
MOST_PEOPLE = 8
PRIVATE = {"Cache-Control": "no-store, private"}


def notes(request, model_admin, pk):
    """Read the notes, or write one."""
    story = _story(request, model_admin, pk)
    if request.method != "POST":
        return _shown(request, model_admin, story)
    sought = Passage(*(request.POST.get(name, "") for name in ("quote", "before", "after")))
    return _done(
        request, model_admin, story, lambda now: writing.add(story, request.user, now, _text(request, "note"), sought)
    )


@require_POST
def act(request, model_admin, pk, uid, act):
    """Answer, resolve, reopen or delete one."""
    story = _story(request, model_admin, pk)
    note = get_object_or_404(story.desk_notes.select_related("answers_to"), uid=uid)
    note.story = story
    by = request.user
    acts = {
        "answer": lambda now: writing.answer(note, by, now, _text(request, f"answer-{uid}")),
        "resolve": lambda now: writing.resolve(note, by, now),
        "reopen": lambda now: writing.reopen(note, by),
        "delete": lambda now: writing.delete(note, by, now, request),
    }
    if act not in acts:
        raise Http404
    return _done(request, model_admin, story, acts[act])


@require_GET
def people(request, model_admin, pk):
    """Whom a note on this story may name: [{name, username}] whose names begin with what was typed after "@"."""
    story, typed = _story(request, model_admin, pk), request.GET.get("q", "")[:50].casefold()
    told = [
        {"username": one.get_username(), "name": account_name(one)}
        for one in who_may("view", story).select_related("person").order_by("username")[:500]
    ]
    found = [one for one in told if any(part.startswith(typed) for part in _parts(one))]
    return JsonResponse({"people": found[:MOST_PEOPLE]}, headers=PRIVATE)


def _parts(one):
    return [one["username"].casefold(), *one["name"].casefold().split()]


def _story(request, model_admin, pk):
    return get_object_or_404(model_admin.get_queryset(request), pk=pk)


def _text(request, name):
    return request.POST.get(name, "").replace("\0", "")


def _done(request, model_admin, story, do):
    try:
        do(timezone.now())
    except Refused as refused:
        if SCRIPT in request.headers:
            return HttpResponse(str(refused), status=400, content_type="text/plain; charset=utf-8", headers=PRIVATE)
        messages.error(request, str(refused))
    return _shown(request, model_admin, story)


def _shown(request, model_admin, story):
    if SCRIPT not in request.headers:
        return HttpResponseRedirect(reverse("admin:articles_story_change", args=[story.pk]) + "#notes")
    context = {"talk": model_admin.talk(request, story), "original": story}
    return TemplateResponse(request, "admin/articles/story/form/_talk.html", context, headers=PRIVATE)
