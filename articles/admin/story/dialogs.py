"""The moves that ask, over the form: its post carries their words, and form and move are saved in one transaction.

If the move is refused, nothing is saved: the form comes back as it was typed, with the dialog open, the words in it and
each reason at its field. Without scripts the button in the form leads to the page that asks (asking.py).
"""

from typing import NamedTuple

from django import forms
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _

from articles import publishing
from articles.models import Story

from .transition_forms import ASKED, Asked, attempt
from .transitions import PRESSED, apply_transition, desk_address, tell_done

ASKS = "asks"  # parameter of the form's address: the move whose doubts are asked when it opens
OVERRULED = "acknowledged"  # the keys of doubts, as the check box beside each doubt has it


class Unmade(Exception):
    """The move was not made, so the form's changes are rolled back. `reasons`: what the form is told."""

    def __init__(self, name, reasons):
        self.name, self.reasons = name, reasons


class WordsRefused(Unmade):
    def __init__(self, name, form):
        self.form = form
        at_fields = [f"{form[name].label}: {error}" for name in form.fields for error in form.errors.get(name, [])]
        reasons = [*form.non_field_errors(), *at_fields]
        super().__init__(name, [_("Nothing is saved yet, and the step is not made."), *reasons])


class Doubted(Unmade):
    def __init__(self, name, doubts):
        self.doubts = doubts
        super().__init__(name, [_("Nothing is saved yet, and the step is not made: there are doubts to look at.")])


class Dialog(NamedTuple):
    """`form`: the words that it asks for; `doubts`: [(Doubt, whether it is ticked)]."""

    name: str
    asked: Asked
    form: forms.Form
    is_open: bool = False
    doubts: list = ()


def sent(request):
    """The move that was pressed in its dialog, or ""."""
    return next((name for name in ASKED if f"_move_{name}" in request.POST), "")


def make(model_admin, request, story, name):
    """Make the move with the saved story. Raises WordsRefused."""
    form = ASKED[name].form(request.POST, prefix=name)
    if not (form.is_valid() and attempt(name, story, request.user, form)):
        raise WordsRefused(name, form)
    return made(model_admin, request, Story.objects.for_desk().get(pk=story.pk), name)


def made(model_admin, request, story, name):
    """The answer after a move: what happened, and where its person goes on."""
    tell_done(model_admin, request, name, story)
    return HttpResponseRedirect(desk_address(model_admin, request, story))


def press(model_admin, request, story, name):
    """Make a move that asks for no words with the saved story. Raises Doubted, so that the doubts are asked first."""
    try:
        apply_transition(model_admin, request, name, story)
    except publishing.Doubtful as doubtful:
        raise Doubted(name, doubtful.doubts) from None
    return HttpResponseRedirect(desk_address(model_admin, request, story))


def of_form(request, context):
    """The dialogs of the form: one for each move that asks for words, and the doubts of the move that was pressed."""
    unmade = getattr(request, "unmade", None)
    names = [*context.get("asked_moves", [])]
    if context.get("waiting") and context.get("may_release"):
        names.append("call-off")
    dialogs = [_dialog(request, name, unmade) for name in names]
    if isinstance(unmade, Doubted):
        dialogs.append(_of_doubts(unmade.name, unmade.doubts, context, request.POST.getlist(OVERRULED)))
    elif (name := request.GET.get(ASKS)) in context["buttons"] and context.get("doubts"):
        settled = [doubt.key for doubt, is_settled in context["doubts"] if is_settled]
        dialogs.append(_of_doubts(name, [doubt for doubt, _is_settled in context["doubts"]], context, settled))
    return {"dialogs": dialogs}


def _of_doubts(name, doubts, context, ticked=()):
    asked = Asked(name, forms.Form, PRESSED[name], _("Look again"), context["buttons"].get(name, ""))
    return Dialog(name, asked, forms.Form(), True, [(doubt, doubt.key in ticked) for doubt in doubts])


def _dialog(request, name, unmade):
    if isinstance(unmade, WordsRefused) and unmade.name == name:
        return Dialog(name, ASKED[name], unmade.form, is_open=True)
    form = ASKED[name].form(prefix=name)
    form.initial = {field: request.POST[key] for field in form.fields if (key := f"{name}-{field}") in request.POST}
    return Dialog(name, ASKED[name], form)
