"""What a notice says, in the language of who reads it: who did what. It names no note, no text and no source."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models.desk.notice import Told
from articles.models.person import account_name

SAID = {
    Told.SUBMITTED: gettext_lazy("%(name)s submitted it"),
    Told.RETURNED: gettext_lazy("%(name)s returned it"),
    Told.APPROVED: gettext_lazy("%(name)s approved it"),
    Told.NOTED: gettext_lazy("%(name)s wrote a note"),
    Told.MENTIONED: gettext_lazy("%(name)s named you in a note"),
    Told.ASSIGNED: gettext_lazy("%(name)s assigned it to you"),
    Told.CALLED_OFF: gettext_lazy("%(name)s called it off"),
    Told.PROPOSED: gettext_lazy("%(name)s proposed it"),
    Told.TAKEN_UP: gettext_lazy("%(name)s took your idea up"),
    Told.DECLINED: gettext_lazy("%(name)s declined your idea"),
    Told.BLOCKED: gettext_lazy("It could not go out: something is in the way"),
    Told.CONFLICT: gettext_lazy("%(name)s chose other words where you had written, too"),
}


def sentence(notice):
    """`notice.by` was read with its person. Only an outsider writes a note without an account, and only the wire calls
    an event off."""
    others = {Told.NOTED: _("Somebody outside the newsroom"), Told.CALLED_OFF: _("Its source")}
    outsider = others.get(Told(notice.kind)) or _("The newsroom")
    return SAID[Told(notice.kind)] % {"name": account_name(notice.by) if notice.by else outsider}


def headline(notice):
    return (notice.story or notice.assignment).headline
