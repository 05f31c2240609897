"""Who may do what, and where. The roles are one table, which applies on every path because all code asks here.

A `Membership` gives a person a role in one edition (or all) and one of its sections (or all). It decides Django's model
permissions (`MembershipBackend`), the stories at the person's desk (`stories`), the transitions they may make (`may`)
and the rows of an edition they may edit (`allows`). Superusers may do everything everywhere.
"""

from django.contrib.auth import get_user_model
from django.contrib.auth.backends import BaseBackend, ModelBackend
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q

from articles.models import AuditEntry, Edition, Photo, SavedView, Story, WorkingCopy
from articles.models.audit_entry import Kind
from articles.models.membership import DeskRole
from articles.models.photo import shown_beside_stories
from articles.models.section import within
from articles.models.story import State

from .assigned import assignable as assignable
from .assigned import assignments as assignments
from .assigned import given_to as given_to
from .assigned import may_with as may_with
from .assigned import planners as planners
from .assigned import plans_for as plans_for
from .assigned import proposes_for as proposes_for
from .compiled import facts, grants
from .held import families_of, is_free, memberships, sections_of
from .held import roles as roles
from .reach import ALL, Range, Right, any_of, widest

STORY_PARTS = ["story", "credit", "taggedstory", "storyphoto"]
TAXONOMY = ["tag", "series"]
SEEN_BY_ALL = [
    *STORY_PARTS, *TAXONOMY, "photo", "person", "section", "edition", "revision", "correction", "assignment",
]  # fmt: skip
FORMER = ["formertagslug", "formerpersonslug", "formerseriesslug", "formersectionslug"]  # deleting one frees its slug
TAKEN_IN = [*STORY_PARTS, *TAXONOMY, "photo", "person", "section"]  # the models of an import
CHIEFS_OWN = [*TAXONOMY, "photo", "person", "position", "section", "policy", "followlink", "membership"]

# role → {"action": [models]}: Django's model permissions.
MODELS = {
    DeskRole.REPORTER: {
        "view": SEEN_BY_ALL,
        "add": [*STORY_PARTS, "photo", "tag", "assignment"],
        "change": [*STORY_PARTS, "photo", "assignment"],
        "delete": ["credit", "taggedstory", "storyphoto"],
    },
    DeskRole.EDITOR: {
        "view": [*SEEN_BY_ALL, *FORMER, "address", "readcount"],
        "add": [*STORY_PARTS, *TAXONOMY, "photo", "person", "assignment"],
        "change": [*STORY_PARTS, *TAXONOMY, "photo", "person", "assignment", "slot"],
        "delete": ["credit", "taggedstory", "storyphoto"],
    },
    DeskRole.PHOTO: {
        "view": SEEN_BY_ALL,
        "add": ["photo", "storyphoto", "assignment"],
        "change": ["photo", "story", "storyphoto", "assignment"],
        "delete": ["photo", "storyphoto"],
    },
    DeskRole.CHIEF: {
        "view": [*SEEN_BY_ALL, *CHIEFS_OWN, *FORMER, "network", "owner", "address", "readcount", "auditentry"],
        "add": [*STORY_PARTS, *CHIEFS_OWN, "assignment"],
        "change": [*STORY_PARTS, *CHIEFS_OWN, "edition", "assignment", "slot"],
        "delete": [*STORY_PARTS, *CHIEFS_OWN, *FORMER],
    },
}


_OWN, _OPEN = Right(is_own=True), (State.DRAFT, State.RETURNED)
_OWN_IN_HAND = Right(is_own=True, states=_OPEN)
_NEVER_LIVE = Right(states=_OPEN, is_never_live=True)  # only a story that readers never had may be deleted
_REPORTS = {"view": _OWN, "change": _OWN_IN_HAND, "submit": _OWN, "take_back": _OWN}
_EDITS = {
    **dict.fromkeys(["view", "change", "submit", "return", "approve", "release", "withdraw", "correct"], ALL),
    "take_back": _OWN,
}

# role → {action: Right}, within the role's desk. "alone": release a story that nobody else has seen.
# "take_over": go on with what somebody else has typed and not saved.
STORIES = {
    DeskRole.REPORTER: _REPORTS,
    DeskRole.EDITOR: _EDITS,
    DeskRole.PHOTO: {"view": ALL, "change": ALL},
    DeskRole.CHIEF: {**_EDITS, "alone": ALL, "take_over": ALL, "delete_note": ALL, "delete": _NEVER_LIVE},
}


class MembershipBackend(BaseBackend):
    """Django's permissions, from memberships beside groups. It checks no password, and knows the same accounts."""

    def get_user(self, key):
        return ModelBackend().get_user(key)

    def get_user_permissions(self, user, obj=None):
        if not user.is_active or user.is_anonymous or obj is not None:
            return set()
        if not hasattr(user, "_membership_permissions"):  # a page of the desk asks some hundred times
            user._membership_permissions = {
                f"articles.{action}_{model}"
                for membership in memberships(user)
                for action, models in MODELS[membership.role].items()
                for model in models
            }
        return user._membership_permissions

    def has_perm(self, user, perm, obj=None):
        if perm in self.get_user_permissions(user, obj) or (obj is None and user.is_active and perm in grants(user)):
            return True
        raise PermissionDenied  # so that Django's backend, which finds no more than `grants`, does not ask twice

    def has_module_perms(self, user, app_label):
        return app_label == "articles" and user.is_active and bool(memberships(user))


def stories(user, action="view"):
    """The stories on which `user` may do `action`: all of them for superusers and for the newsroom itself (None)."""
    return reachable(user, Story.objects.all(), action)


def reachable(user, stories, action="view"):
    """Those of `stories` on which `user` may do `action`."""
    return stories.filter(any_of(user, ranges(user, action)))


def may(user, action, story):
    """Whether `user` may do `action` on this story as it is stored."""
    return (is_free(user) and action != "delete") or stories(user, action).filter(pk=story.pk).exists()


def allowed(user, actions, story):
    """Those of `actions` that `user` may do on this story as it is stored, in one query; the set is that of `may`."""
    known = facts(user, story)
    return {action for action in actions if known and any(one.has(known) for one in ranges(user, action))}


def linkable(user, at):
    """The stories to which a story may link: those at the user's desk and those live in the user's editions."""
    return Story.objects.filter(any_of(user, linkable_ranges(user, at)))


def linkable_ranges(user, at):
    """The same as Ranges."""
    live = Right(states=(State.RELEASED,), live_at=at)
    return widest([*ranges(user, "view"), *(Range(m.edition_id, frozenset(), live) for m in memberships(user))])


def of_editions(user, rows, model, path="edition"):
    """Those of `rows` whose edition gives the user a role that may view `model`.

    `path` leads from a row to its edition.
    """
    if allows(user, "view", model, None):
        return rows
    return rows.filter(**{f"{path}__in": [m.edition_id for m in _fitting(user, "view", model)]})


def audit_entries(user):
    """The entries of the audit log that somebody may read.

    A chief editor of a whole edition reads its entries. Some entries, such as sign-ins, belong to no edition: the chief
    reads those made by, or made about, the accounts of that edition.
    """
    whole = [m for m in _fitting(user, "view", "auditentry") if not m.section_id]
    if is_free(user) or any(m.edition_id is None for m in whole):
        return AuditEntry.objects.all()
    editions = Edition.objects.filter(pk__in=[m.edition_id for m in whole])
    people = get_user_model().objects.filter(memberships__edition__in=editions, is_superuser=False).values("username")
    of_people = Q(account__in=people) | Q(kind=Kind.ACCOUNT, key__in=people)
    return AuditEntry.objects.filter(Q(edition__in=editions.values("slug")) | Q(edition="") & of_people)


def allows(user, action, model, edition_id):
    """Whether the user has a role in this edition that may do `action` on rows of `model` ("section")."""
    return is_free(user) or any(m.edition_id in (None, edition_id) for m in _fitting(user, action, model))


def allows_somewhere(user, action, model):
    """The same for any edition."""
    return is_free(user) or bool(_fitting(user, action, model))


def editions(user, action, model):
    """The editions in which the user may do `action` on rows of `model`."""
    fitting = _fitting(user, action, model) if user else []
    if is_free(user) or any(m.edition_id is None for m in fitting):
        return Edition.objects.all()
    return Edition.objects.filter(pk__in=[m.edition_id for m in fitting])


def writes_in(user):
    """The sections in which the user may begin a story."""
    return sections_of(user, lambda membership: "story" in MODELS[membership.role]["add"])


def takes_in(user):
    """The editions into which the user may import stories: there, the user may add every model of an import."""
    return Edition.objects.filter(*(Q(pk__in=editions(user, "add", model)) for model in TAKEN_IN))


def takes_in_somewhere(user):
    """Whether the import is offered to the user at all: there may be such an edition."""
    return all(allows_somewhere(user, "add", model) for model in TAKEN_IN)


def releases_everything(user, edition):
    """Whether the user may release and withdraw every story of an edition, in any section and alone."""
    actions = ["release", "alone", "withdraw"]
    return is_free(user) or any(
        m.edition_id in (None, edition.pk)
        and not m.section_id
        and all(STORIES[m.role].get(action) == ALL for action in actions)
        for m in memberships(user)
    )


def _fitting(user, action, model):
    """The memberships that allow it. One for a section allows changes to stories, not to rows of the whole edition."""
    return [
        m
        for m in memberships(user)
        if model in MODELS[m.role].get(action, []) and (not m.section_id or action == "view" or model in STORY_PARTS)
    ]


def accounts(user):
    """The accounts that may get a role or a byline from the user: those of their editions or of none."""
    everybody = get_user_model().objects.all()
    if is_free(user):
        return everybody
    in_editions = Q(memberships__edition__in=editions(user, "change", "membership"))
    return everybody.filter(in_editions | Q(memberships__isnull=True, is_staff=True), is_superuser=False).distinct()


def somewhere(user, action):
    """Whether the user has a role that allows `action` on any story, so that it is worth offering."""
    return is_free(user) or any(action in STORIES[m.role] for m in memberships(user))


def saved_views(user):
    """The views of lists that somebody keeps, and those that are shared with a desk where they work."""
    shared = Q(edition__isnull=False) if is_free(user) else Q(pk__in=[])
    for membership in memberships(user):
        here = Q(edition=membership.edition_id) if membership.edition_id else Q(edition__isnull=False)
        if membership.section_id:
            here &= Q(section__isnull=True) | within("section", membership.section_id)
        shared |= here
    return SavedView.objects.filter(Q(owner=user) | shared)


def working_copies(user):
    """What somebody has typed and not saved, of stories that they may still change."""
    changed = Exists(stories(user, "change").filter(pk=OuterRef("story_id")))
    begun = Q(story__isnull=True) if allows_somewhere(user, "add", "story") else Q(pk__in=[])
    return WorkingCopy.objects.filter(begun | changed, owner=user)


def illustrates(user):
    """Whether somebody is a photo editor anywhere, so that `may_only_illustrate` must be asked for each story."""
    return any(m.role == DeskRole.PHOTO for m in memberships(user))


def may_only_illustrate(user, story):
    """Whether the user edits this story as a photo editor only: its photos and captions, not its text."""
    if is_free(user) or not story.pk or not illustrates(user):
        return False
    others = [m for m in memberships(user) if m.role != DeskRole.PHOTO]
    return not Story.objects.filter(any_of(user, _ranges_of(user, "change", others)), pk=story.pk).exists()


def may_change_photo(user, photo):
    """Everybody may change photos; but reporters, only those that no other story than their own open ones shows."""
    if is_free(user) or any(m.role != DeskRole.REPORTER for m in memberships(user)):
        return True
    others = Story.objects.showing(photo).exclude(pk__in=stories(user, "change").values("pk"))
    return not (others.exists() or Photo.objects.filter(shown_beside_stories(), pk=photo.pk).exists())


def ranges(user, action):
    """The Ranges of stories on which the user may do it, found once for each user object. None lies within another."""
    if is_free(user):
        return (Range(None, frozenset(), _NEVER_LIVE if action == "delete" else ALL),)
    if not hasattr(user, "_ranges"):
        user._ranges = {}
    if action not in user._ranges:
        user._ranges[action] = tuple(_ranges_of(user, action, memberships(user)))
    return user._ranges[action]


def _ranges_of(user, action, of_memberships):
    found = []
    for membership in of_memberships:
        right = STORIES[membership.role].get(action)
        if right:
            sections = families_of(user)[membership.section_id] if membership.section_id else frozenset()
            found.append(Range(membership.edition_id, sections, right))
        if right and action in _REPORTS:  # people keep their own stories beyond their section
            found.append(Range(membership.edition_id, frozenset(), _REPORTS[action]))
    return widest(found)
