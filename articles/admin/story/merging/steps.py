"""What happens with a form that was sent upon an older version of its story, or of its scheduled change."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _

from articles import publishing
from articles.desk import kept_posts
from articles.desk.values import is_id
from articles.models import Story, WaitingChange
from articles.models.revision import Move
from articles.models.story import State

from .. import asking, transitions
from ..form import StoryForm
from . import page
from .posted import Posted

PRESSED = {  # name of the button: the move that it makes
    "_submit": Move.SUBMITTED,
    "_take_back": Move.TAKEN_BACK,
    "_approve": Move.APPROVED,
    "_release": Move.RELEASED,
    "_move_return": Move.RETURNED,
    "_move_correct": Move.CORRECTED,
    "_move_withdraw": Move.WITHDRAWN,
    "_move_call-off": Move.CALLED_OFF,
}
CHOICE = "choice-"  # prefix of the answers on the page
AGREES = "may_go_public"


class Versions:
    """The three versions that meet: References of what the form began with (None if unknown) and of the story now."""

    def __init__(self, story, version, waiting):
        self.story, self.waiting = story, waiting
        self.stored = publishing.as_stored(publishing.snapshot(Story.objects.for_record().get(pk=story.pk)))
        self.revision = None if version == story.version else publishing.base_of(story, version)
        if version == story.version:
            self.base = publishing.References(self.stored)
        else:
            self.base = self.revision and publishing.References(self.revision.snapshot)
        changes = publishing.References(waiting.changes, story.edition.slug).snapshot if waiting else {}
        self.now = publishing.References({**self.stored, **changes, "names": self._names(changes)})

    def _names(self, changes):
        return {**self.stored["names"], **changes.get("names", {})}

    @property
    def since(self):
        """[(account, the parts that they changed since)]"""
        theirs = publishing.since(self.revision) if self.revision else []
        parts = [name for name in self.waiting.changes if name != "names"] if self.waiting else []
        return [*theirs, *([(self.waiting.by, parts)] if parts else [])]

    @property
    def goes_public(self):
        """Whether the story was published since: then what was typed for a draft would be read at once."""
        was = self.base and self.base.snapshot.get("state")
        return bool(was) and was != State.RELEASED and self.story.state == State.RELEASED


def taken_up(model_admin, request):
    """The answers of the page: the post that it kept is taken up again. A response if it leads back to the form."""
    kept = request.POST.get(kept_posts.FIELD, "")
    if "_back" in request.POST:
        why = _("Nothing is saved yet. If you save, it is merged with what others saved meanwhile.")
        return kept_posts.come_back(request, kept, why) or HttpResponseRedirect(request.get_full_path())
    chosen = {name.removeprefix(CHOICE): value for name, value in request.POST.items() if name.startswith(CHOICE)}
    choices = {
        key: value for key, value in chosen.items() if value in (publishing.MINE, publishing.THEIRS, publishing.BOTH)
    }
    agrees = AGREES in request.POST
    if not kept_posts.take_up(request, kept):
        raise PermissionDenied(_("What was kept is not yours, or of another story."))
    request.chosen, request.agrees = choices, agrees
    if move := request.POST.get(asking.WORDS_OF):  # its words were written already: go on to them
        request.POST[f"_ask_{move}"] = ""
    return None


def merged(model_admin, request, story):
    """A response if the form is not saved now. Else None, and the post stands upon the newest version of the story."""
    version = request.POST.get("version", "")
    if not is_id(version) or not model_admin.has_change_permission(request, story):
        return None  # the form refuses it
    waiting = _other_waiting(request, story)
    if int(version) >= story.version and not waiting:
        if "waiting" in request.GET and not getattr(request, "is_upon_stored_rows", False):
            _upon_stored_rows(model_admin, request, story)
        return None
    versions = Versions(story, int(version), waiting)
    posted = Posted(model_admin, request, story, versions.base, versions.now)
    chosen = getattr(request, "chosen", {})
    found = publishing.merged(versions.base and versions.base.snapshot, posted.snapshot, versions.now.snapshot, chosen)
    agrees = getattr(request, "agrees", False) or not versions.goes_public
    adds = publishing.differing(found.snapshot, versions.now.snapshot)
    if not (adds or found.choices or posted.untaken) and _is_done(request, story, versions):
        return _saved_already(model_admin, request, story)
    if found.is_open or (adds and not agrees):
        return page.asked(model_admin, request, versions, posted, found)
    _take_over(model_admin, request, versions, posted, found)
    return None


def _upon_stored_rows(model_admin, request, story):
    """The form of a scheduled change names rows that were rolled back after it was shown."""
    request.is_upon_stored_rows = True
    versions = Versions(story, story.version, None)
    posted = Posted(model_admin, request, story, versions.base, versions.now)
    request.POST = posted.upon(posted.snapshot, story.version)


def _other_waiting(request, story):
    """The scheduled change that a form with a time would replace, without having shown it."""
    if not request.POST.get("goes_out_at_0"):
        return None
    waiting = WaitingChange.objects.filter(story=story).select_related("by").first()
    return waiting if waiting and request.POST.get("waiting_made_at", "") != waiting.made_at.isoformat() else None


def _is_done(request, story, versions):
    """Whether a second press, of the same form, is left with nothing to do."""
    pressed = [move for name, move in PRESSED.items() if name in request.POST]
    if any(name.startswith("_ask_") for name in request.POST):
        return False
    if versions.waiting:
        field = StoryForm.base_fields["goes_out_at"]
        typed = field.widget.value_from_datadict(request.POST, {}, "goes_out_at")
        return not field.has_changed(versions.waiting.goes_out_at, typed)
    made = story.revisions.filter(by=request.user, move__in=pressed)
    return not pressed or (versions.revision and made.filter(number__gt=versions.revision.number).exists())


def _saved_already(model_admin, request, story):
    model_admin.message_user(request, _("It is saved already, just as you sent it."))
    return HttpResponseRedirect(transitions.desk_address(model_admin, request, story))


def _take_over(model_admin, request, versions, posted, found):
    """The post becomes that of the merged story; what lost a choice is kept when it is saved."""
    request.set_aside = list(_lost(request, versions, posted, found))
    request.POST = posted.upon(found.snapshot, versions.story.version)
    if versions.waiting:
        request.POST["waiting_made_at"] = versions.waiting.made_at.isoformat()
    if told := page.told(versions.since):
        words = _("What others saved meanwhile is in it: %(who)s.") % {"who": told}
        model_admin.message_user(request, words)


def _lost(request, versions, posted, found):
    """(snapshot, version, account) of the texts that no version of the story holds."""
    version = versions.story.version
    if any(choice.loses_mine for choice in found.choices):
        began = posted.post.get("version", "")
        yield posted.snapshot, int(began) if is_id(began) else version, request.user
    if versions.waiting and any(choice.made == publishing.MINE for choice in found.choices):
        yield versions.now.snapshot, version, versions.waiting.by
