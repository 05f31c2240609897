"""The pages that ask before a transition, for words or for confirmation, of one story or of many. Where scripts run,
one story's are asked over its form instead (dialogs.py).

Unsaved changes of the story's form travel with the page (desk/kept_posts.py). Both are saved in one transaction, or
neither.
"""

import json

from django.contrib import admin, messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles import permissions
from articles.desk import kept_posts
from articles.models import Story

from . import dialogs, promises
from .columns import standing_chip
from .lists.outlook import outlook
from .told import standing_note
from .transition_forms import ALL, ASKED, attempt, refusals
from .transitions import DONE, desk_address, filtered

PART = 100  # stories of one request, each in its own transaction, so that no request takes long
NAMED = 40  # stories named on a page or in a message; the rest are counted
SALT = "articles.admin.story.asking"
WORDS_OF = "words_of"  # the move for which the words of a kept form were written


class WordsNeeded(Exception):
    """A button asks for words first. The form's changes are rolled back until they are there."""

    def __init__(self, name, is_changed):
        self.name, self.is_changed = name, is_changed


def pressed(request):
    """The transition of the pressed button, or ""."""
    return next((name for name in ASKED if f"_ask_{name}" in request.POST), "")


# One story ------------------------------------------------------------------------------


def first(model_admin, request, story, asked):
    """The page after the form, with its unsaved changes if there are any."""
    if asked.name not in ASKED or not permissions.may(request.user, ASKED[asked.name].right, story):
        raise PermissionDenied(_("Your role does not allow this move with this story."))
    if not asked.is_changed and not request.POST.get("words"):
        return HttpResponseRedirect(address(model_admin, request, story, asked.name))
    kept = kept_posts.pack(request, without=[f"_ask_{asked.name}", "words", WORDS_OF])
    if asked.is_changed and not kept:
        request.refused = [_("This is too much to be kept while you are asked: save it first.")]
        return model_admin.changeform_view(request, str(story.pk))
    form = ASKED[asked.name].form(initial=_words(request.POST.get("words")))
    return _page(model_admin, request, asked.name, [story], form, kept=kept if asked.is_changed else "")


def address(model_admin, request, story, name):
    return filtered(model_admin, request, reverse("admin:articles_story_move", args=[story.pk, name]))


def one(model_admin, request, pk, name):
    """The page of a transition at its own address."""
    story = get_object_or_404(permissions.stories(request.user).select_related("edition"), pk=pk)
    if name not in ASKED:
        raise Http404
    if not permissions.may(request.user, ASKED[name].right, story):
        raise PermissionDenied
    is_sent = request.method == "POST" and "_ask" in request.POST
    form = ASKED[name].form(request.POST if request.method == "POST" else None)
    kept = request.POST.get(kept_posts.FIELD, "")
    if request.method == "POST" and "_back" in request.POST:
        return _back(request, kept, _("Nothing is saved yet, and the step is not made."))
    if unsaved := getattr(request, "unsaved", ""):
        form.is_valid()
        form.add_error(None, unsaved)
    done = is_sent and not unsaved and form.is_valid() and _save_and_move(model_admin, request, story, name, form, kept)
    return done or _page(model_admin, request, name, [story], form, kept=kept)


def _save_and_move(model_admin, request, story, name, form, kept):
    """Save the kept form and make the transition, in one transaction. None if the transition is refused."""
    form_again = None
    with transaction.atomic():
        if kept and (form_again := _save(request, story, kept, name)):
            transaction.set_rollback(True)
        elif not attempt(name, story, request.user, form):
            transaction.set_rollback(True)
            return None
    return form_again or dialogs.made(model_admin, request, Story.objects.for_desk().get(pk=story.pk), name)


def _save(request, story, kept, name):
    """None if it is saved; else the form with its text, its errors and the words for the transition."""
    words = json.dumps({key: value for key, value in request.POST.items() if key in ("kind", "text", "reason", "note")})
    return kept_posts.save(request, kept, story.pk, words=words, **{WORDS_OF: name})


def _back(request, kept, why):
    return kept_posts.come_back(request, kept, why) or HttpResponseRedirect(request.get_full_path())


def _words(text):
    try:
        words = json.loads(text or "{}")
    except ValueError:
        return {}
    return words if isinstance(words, dict) else {}


# Many -----------------------------------------------------------------------------------


def several(name):
    """A list action: it asks on a page, moves each story separately, and reports the result for each."""

    def action(model_admin, request, stories):
        return _several(model_admin, request, name, stories)

    action.__name__ = name
    labels = {
        "submit": gettext_lazy("Submit …"),
        "take_back": gettext_lazy("Take back …"),
        "return": gettext_lazy("Give back …"),
        "approve": gettext_lazy("Approve …"),
        "release": gettext_lazy("Publish …"),
        "withdraw": gettext_lazy("Withdraw …"),
        "add_tag": gettext_lazy("Add a tag …"),
        "set_section": gettext_lazy("Set the section …"),
    }
    return admin.action(description=labels[name])(action)


FILED = ("add_tag", "set_section")  # what they do is told on a page before, once it is known which tag or section
ACTIONS = [several(name) for name in ("submit", "take_back", "return", "approve", "release", "withdraw", *FILED)]


def is_offered(user, name):
    """Whether a list offers the action to somebody: there may be a story with which they may do it."""
    is_words_alone = name not in FILED or not permissions.illustrates(user) or permissions.somewhere(user, "submit")
    return permissions.somewhere(user, ALL[name].right if name in ALL else name) and is_words_alone


def _several(model_admin, request, name, stories):
    is_sent = "_ask" in request.POST
    chosen = _chosen(model_admin, request, name, stories)
    form = ALL[name].form(request.POST if is_sent or "_look" in request.POST else None)
    if name == "set_section":
        form.for_user(request.user)
    if not (is_sent and form.is_valid()) or getattr(request, "unsaved", ""):
        return _of_many(model_admin, request, name, chosen, form)
    part, rest = chosen[:PART], chosen[PART:]
    outcomes = [_move(request, name, pk, promised, form.cleaned_data) for pk, promised in part]
    if len(outcomes) == 1 and not rest and outcomes[0][1] and form.fields:
        for reason in outcomes[0][1]:
            form.add_error(None, reason)
        return _of_many(model_admin, request, name, chosen, form)
    _tell(model_admin, request, name, outcomes)
    return _of_many(model_admin, request, name, rest, form, done=len(part)) if rest else None


def _chosen(model_admin, request, name, stories):
    """[(id, promised time)] from the page before, or from the list."""
    if "chosen" in request.POST:
        try:
            return signing.loads(request.POST["chosen"], salt=f"{SALT}.{name}.{request.user.pk}")
        except signing.BadSignature:
            raise PermissionDenied(_("Choose the stories on the list again.")) from None
    now = timezone.now()
    chosen = stories.select_related(None).prefetch_related(None).defer(None).only("publish_at", "embargo_until")
    return [(story.pk, promises.promise(story, now) if name == "release" else "") for story in chosen]


def _of_many(model_admin, request, name, chosen, form, done=0):
    stories = _rows(model_admin, request, chosen[:NAMED])
    signed = signing.dumps(chosen, salt=f"{SALT}.{name}.{request.user.pk}", compress=True)
    return _page(model_admin, request, name, stories, form, chosen=signed, count=len(chosen), done=done)


def _rows(model_admin, request, chosen):
    """The stories that are still at this desk, in the order of the list."""
    here = model_admin.get_queryset(request).filter(pk__in=[pk for pk, _promised in chosen]).values("pk")
    rows = Story.objects.for_page().filter(pk__in=here).in_bulk()
    return [rows[pk] for pk, _promised in chosen if pk in rows]


def _move(request, name, pk, promised, words):
    """(link to the story, reasons against it) of one story, in its own transaction."""
    with transaction.atomic():
        story = permissions.stories(request.user).select_for_update(of=("self",)).filter(pk=pk).first()
        if story is None:
            return f"№ {pk}", [_("It is not at your desk any more.")]
        now = timezone.now()
        if promised and (reason := promises.broken(promised, story, now)):
            return _linked(story), [reason]
        return _linked(story), refusals(ALL[name].move, story, request.user, now, **words)


# Both -----------------------------------------------------------------------------------


def _page(model_admin, request, name, stories, form, kept="", chosen="", count=1, done=0):
    asked = ALL[name]
    home = _home(model_admin, request, stories, bool(chosen))
    words = form.cleaned_data if form.is_bound and form.is_valid() else {}
    context = {
        **model_admin.admin_site.each_context(request),
        "title": asked.title,
        "button_label": asked.button_label,
        "stories": [(story, standing_chip(story), standing_note(story)) for story in stories],
        "looked_at": list(outlook(name, asked.right, stories, request.user, words)) if chosen else [],
        "looks_first": name in FILED and not words,
        "further": count - len(stories) if chosen else 0,
        "count": count,
        "part": PART if count > PART else 0,
        "done": done,
        "form": form,
        "move": name,
        "action": "" if chosen else address(model_admin, request, stories[0], name),
        "opts": model_admin.opts,
        "selected": admin.helpers.ACTION_CHECKBOX_NAME if chosen else "",
        "chosen": chosen,
        "kept": kept,
        "back": "" if chosen else home,
        "up": None if chosen else (stories[0].headline, home),
        "list": home if chosen else "",
    }
    return TemplateResponse(request, "admin/articles/story/move.html", context)


def _home(model_admin, request, stories, is_list):
    """Target of “No, take me back”: the filtered list, or the form."""
    return request.get_full_path() if is_list else desk_address(model_admin, request, stories[0])


def _tell(model_admin, request, name, outcomes):
    """Name the first stories, each as a link to its form, and count the rest."""
    made = [story for story, reasons in outcomes if not reasons]
    failed = [(story, reasons) for story, reasons in outcomes if reasons]
    if made:
        named = [(each,) for each in (*made[:NAMED], *_further(len(made) - NAMED))]
        told = format_html("{} {}", DONE[name], format_html_join("; ", "{}", named))
        model_admin.message_user(request, told, messages.SUCCESS)
    for story, reasons in failed[: NAMED // 4]:
        told = format_html(_("{story}: not done. {reasons}"), story=story, reasons=" ".join(map(str, reasons)))
        model_admin.message_user(request, told, messages.ERROR)
    for count in _further(len(failed) - NAMED // 4):
        model_admin.message_user(request, _("Not done: %(stories)s.") % {"stories": count}, messages.ERROR)


def _linked(story):
    address = reverse("admin:articles_story_change", args=[story.pk])
    return format_html('<a href="{}">{}</a>', address, story.headline)


def _further(count):
    if count > 0:
        yield ngettext("%(count)d further story", "%(count)d further stories", count) % {"count": count}
