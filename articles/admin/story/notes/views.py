"""The posts of notes. A script gets the notes as they are then. Without one, the whole form of the story is sent, and
comes back with what was typed in it.
"""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from articles.desk import kept_posts
from articles.desk.writing import working_copies
from articles.models.person import account_name
from articles.notes import writing
from articles.permissions.who import who_may
from articles.publishing import Refused
from articles.text.passages import Passage

SCRIPT = "X-Notes"  # header of a post by static/desk/notes.js
NEW, ANSWER = "note", "answer-"  # names of the fields in which notes are written; an answer's ends in the uid
MOST_PEOPLE = 8
PRIVATE = {"Cache-Control": "no-store, private"}


def notes(request, model_admin, pk):
    """Read the notes, or write one."""
    story = _story(request, model_admin, pk)
    if request.method != "POST":
        return _shown(request, model_admin, story)
    sought = Passage(*(request.POST.get(name, "") for name in ("quote", "before", "after")))

    def add(now):
        writing.add(story, request.user, now, _text(request, NEW), sought)

    return _done(request, model_admin, story, add, NEW)


@require_POST
def act(request, model_admin, pk, uid, act):
    """Answer, resolve, reopen or delete one."""
    story = _story(request, model_admin, pk)
    note = get_object_or_404(story.desk_notes.select_related("answers_to"), uid=uid)
    note.story = story
    by = request.user
    acts = {
        "answer": lambda now: writing.answer(note, by, now, _text(request, f"{ANSWER}{uid}")),
        "resolve": lambda now: writing.resolve(note, by, now),
        "reopen": lambda now: writing.reopen(note, by),
        "delete": lambda now: writing.delete(note, by, now, request),
    }
    if act not in acts:
        raise Http404
    return _done(request, model_admin, story, acts[act], f"{ANSWER}{uid}" if act == "answer" else "")


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


def _done(request, model_admin, story, do, words=""):
    """`words`: the name of the field whose words have become a note, if it is done."""
    try:
        do(timezone.now())
    except Refused as refused:
        if SCRIPT in request.headers:
            return HttpResponse(str(refused), status=400, content_type="text/plain; charset=utf-8", headers=PRIVATE)
        messages.error(request, str(refused))
        words = ""
    is_form = kept_posts.is_whose(request.POST.get(kept_posts.WHOSE, ""), request.user) and "version" in request.POST
    if SCRIPT not in request.headers and is_form and model_admin.has_change_permission(request, story):
        return _with_form(request, story, words)
    return _shown(request, model_admin, story)


def _with_form(request, story, words):
    """The form of the story as it was sent along, with those of its notes that are not sent yet."""
    why = _("What you typed in the story still stands here. It is not saved yet.")
    messages.info(request, why)
    sent = [(name, value) for name, value in working_copies.typed_of(request.POST) if name != words]
    if uid := working_copies.uid_in(request.POST):
        sent.append((working_copies.FIELD, str(uid)))
    return kept_posts.resume(request, reverse("admin:articles_story_change", args=[story.pk]), sent, why)


def _shown(request, model_admin, story):
    if SCRIPT not in request.headers:
        return HttpResponseRedirect(reverse("admin:articles_story_change", args=[story.pk]) + "#notes")
    context = {"talk": model_admin.talk(request, story), "original": story}
    return TemplateResponse(request, "admin/articles/story/form/_talk.html", context, headers=PRIVATE)
