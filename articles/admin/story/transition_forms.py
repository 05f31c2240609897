"""The transitions that ask for words first: over the form (dialogs.py), on a page or from the list (asking.py)."""

from collections.abc import Callable
from typing import NamedTuple

from django import forms
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext_lazy

from articles import publishing
from articles.models.correction import Kind, Reason

from .lists.filing_forms import SectionForm, TagForm


class ReturnForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("What is to be mended"), widget=forms.Textarea(attrs={"rows": 4}), max_length=2000
    )


class CorrectForm(forms.Form):
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=[choice for choice in Kind.choices if choice[0] != Kind.WITHDRAWAL]
    )
    text = forms.CharField(
        label=gettext_lazy("What was wrong, and what is right"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=4000,
        help_text=gettext_lazy("Readers see this with the story and on the page of corrections."),
    )


class WithdrawForm(forms.Form):
    reason = forms.ChoiceField(
        label=gettext_lazy("Why"),
        choices=[("", "–"), *Reason.choices],
        required=False,
        help_text=gettext_lazy("Needed if readers have had the story: its address will tell them."),
    )
    text = forms.CharField(
        label=gettext_lazy("What readers are told beside the reason"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        required=False,
    )


class Asked(NamedTuple):
    """A transition with the texts of its page. `right`: the action in permissions/ that opens it."""

    right: str
    form: type[forms.Form]
    move: Callable
    title: str
    button_label: str


ASKED = {
    "return": Asked(
        "return",
        ReturnForm,
        publishing.return_to_writer,
        gettext_lazy("Give the story back"),
        gettext_lazy("Give back"),
    ),
    "correct": Asked(
        "correct",
        CorrectForm,
        publishing.correct,
        gettext_lazy("Correct the story in public"),
        gettext_lazy("Publish the correction"),
    ),
    "withdraw": Asked(
        "withdraw",
        WithdrawForm,
        publishing.withdraw,
        gettext_lazy("Withdraw the story?"),
        gettext_lazy("Withdraw"),
    ),
    "call-off": Asked(
        "release",
        forms.Form,
        publishing.cancel_change,
        gettext_lazy("Call the waiting change off"),
        gettext_lazy("Call it off"),
    ),
}

# The transitions of list actions: those without a form ask for confirmation.
ALL = ASKED | {
    "submit": Asked(
        "submit",
        forms.Form,
        publishing.submit,
        gettext_lazy("Submit these stories?"),
        gettext_lazy("Submit"),
    ),
    "take_back": Asked(
        "take_back",
        forms.Form,
        publishing.take_back,
        gettext_lazy("Take these stories back?"),
        gettext_lazy("Take back"),
    ),
    "approve": Asked(
        "approve",
        forms.Form,
        publishing.approve,
        gettext_lazy("Approve these stories?"),
        gettext_lazy("Approve"),
    ),
    "release": Asked(
        "release",
        forms.Form,
        publishing.release,
        gettext_lazy("Publish these stories, each at its time?"),
        gettext_lazy("Publish, each at its time"),
    ),
    "add_tag": Asked(
        "change",
        TagForm,
        publishing.add_tag,
        gettext_lazy("Add a tag to these stories"),
        gettext_lazy("Add the tag"),
    ),
    "set_section": Asked(
        "change",
        SectionForm,
        publishing.set_section,
        gettext_lazy("Set the section of these stories"),
        gettext_lazy("Set the section"),
    ),
}


def attempt(name, story, by, form):
    """Whether the move was made with the words of the form; else the form has the reasons, each at its field."""
    reasons = refusals(ALL[name].move, story, by, timezone.now(), **form.cleaned_data)
    for reason in reasons:
        field = getattr(reason, "field", "")
        form.add_error(field if field in form.fields else None, reason)
    return not reasons


def refusals(move, story, *args, **words):
    """Reasons why the move was refused; empty if it was made."""
    try:
        move(story, *args, **words)
    except publishing.Refused as refused:
        return refused.reasons
    except PermissionDenied as denied:
        return [str(denied)]
    return []
