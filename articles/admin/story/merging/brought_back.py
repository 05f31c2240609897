"""The form of a story filled with the words of one of its revisions. Nothing is saved before somebody does."""

from django.contrib import messages
from django.http import QueryDict
from django.utils.translation import gettext as _

from articles import publishing
from articles.desk import kept_posts
from articles.desk.values import is_id
from articles.field_uses import Use
from articles.models import Story
from articles.publishing.snapshots import PARTS

from .posted import Posted
from .steps import Versions

REVISION = "revision"  # the parameter of the form's address


def asked_for(model_admin, request, story):
    """The revision that the address names, if it is one of the story and the user may change it."""
    pk = request.GET.get(REVISION, "")
    if not (story and is_id(pk) and model_admin.has_change_permission(request, story)):
        return None
    return story.revisions.filter(pk=pk).first()


def fill(model_admin, request, story, revision):
    """Turn the request into a form that comes back with the revision's words; address and times stay (rules.md W7)."""
    now = Versions(story, story.version, None)
    then = publishing.References(revision.snapshot)
    names = [name for name in (*Story.field_uses.names(Use.BRING_BACK), *PARTS) if name in then.snapshot]
    words = {name: then.snapshot[name] for name in names if name not in publishing.POINTING or _is_there(then, name)}
    section = then.row("section", words.get("section"))
    if section and section.edition_id != story.edition_id:
        del words["section"]
    kept_posts.become(request, QueryDict(mutable=True))
    posted = Posted(model_admin, request, story, now.base, now.now)
    together = {**now.stored, **words, "names": {**then.names, **now.stored["names"]}}
    request.POST = posted.whole(together, story.version)
    request.unsaved = _("The words of revision %(number)s stand in the form. Nothing is saved yet.") % {
        "number": revision.number
    }
    for missing in then.missing:
        model_admin.message_user(request, missing, messages.WARNING)


def _is_there(references, name):
    """A row that was deleted since does not empty the field that points to another one now."""
    value = references.snapshot[name]
    return name in PARTS or not value or references.row(name, value) is not None
