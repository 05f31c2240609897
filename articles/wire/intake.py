"""Items into the database: each once, in batches, and nothing that somebody wrote here is lost.

    entries of a reader → prepared (clean text, measured pictures) → one transaction a batch → a Result each

An item is known by its uid. What came before is left alone unless a newer version comes, and even then where the desk
has changed it since: that is told. A batch that the database refuses is tried again story by story, so that a bad
one costs the others nothing, and no story is ever stored by half. Stories come as drafts; with `released` as their
source has them, as a fixture does, without a move: `check_stories` tells what a move would have refused.
"""

import dataclasses
import datetime
import hashlib
import itertools
import pathlib
from typing import NamedTuple

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import DataError, IntegrityError, models, transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import body, publishing
from articles.models import Edition, Story
from articles.models.revision import Move
from articles.models.story import State

from . import library, rows
from .item import Item, Passed, Picture, Refusal
from .photo_files import PhotoFiles

BATCH = 200


class Outcome(models.TextChoices):
    NEW = "new", gettext_lazy("new")
    UPDATED = "updated", gettext_lazy("updated")
    UNCHANGED = "unchanged", gettext_lazy("unchanged")
    WITHDRAWN = "withdrawn", gettext_lazy("withdrawn")
    OLDER = "older", gettext_lazy("older than what is here")
    KEPT = "kept", gettext_lazy("left as it is here")
    REFUSED = "refused", gettext_lazy("refused")
    PASSED = "passed", gettext_lazy("passed over")


class Result(NamedTuple):
    """What came of one item. `why`: why it was refused or left, or what was mended. `story`: its primary key.

    `kind`: of what was passed over, what it is.
    """

    position: str
    uri: str
    outcome: Outcome
    why: list[str]
    story: int | None = None
    headline: str = ""
    kind: str = ""


@dataclasses.dataclass
class Wanted:
    """How to take in: at which moment, into which edition (None: the one that an item names, or the default), released
    or as drafts, with pictures of which folder, or only to see what would come of it.

    `by`: who takes it in, for the log. `stays_within`: nothing that belongs to another edition is touched or led to.
    """

    at: datetime.datetime
    edition: Edition | None = None
    released: bool = False
    photos: pathlib.Path | None = None
    is_dry: bool = False
    by: AbstractBaseUser | None = None
    stays_within: bool = False

    @cached_property
    def files(self):
        """Where the files of photos are looked for, in this run."""
        return PhotoFiles(self.photos, is_dry=self.is_dry)

    @cached_property
    def _editions(self):
        every = list(Edition.objects.all())
        named = {name: edition for edition in every for name in (edition.slug, edition.name)}
        return named | {"": next((edition for edition in every if edition.is_default), None)}

    def edition_of(self, item):
        """Raises ValueError where there is none at all."""
        found = self.edition or self._editions.get(item.edition) or self._editions.get("")
        if found is None:
            raise ValueError(_("There is no edition to take it into."))
        return found

    def reaches(self, story):
        """Whether a story that is here may be changed by what comes, or led to."""
        return not self.stays_within or story.edition_id == self.edition.pk

    def reachable(self):
        """The stories of which that is so."""
        return Story.objects.filter(edition=self.edition) if self.stays_within else Story.objects.all()


class Prepared(NamedTuple):
    position: str
    item: Item
    digest: str
    body: body.Clean
    remarks: list[str]


def take_in(entries, wanted):
    """Store the entries of a reader, batch by batch: a Result each, in order. Raises Refusal where a file ends so.

    A dry run stores each batch, too, and takes it back: of what one batch would bring, the next does not know.
    """
    seen = set()  # of sources that tell no versions, where nothing else tells a second item of one id
    for batch in itertools.batched(_until_broken(entries, broken := []), BATCH):
        yield from _tried(batch, seen, wanted) if wanted.is_dry else _taken(batch, seen, wanted)
    if broken:
        raise broken[0]


def _until_broken(entries, broken):
    """The entries up to where the file breaks off: those before are stored first."""
    try:
        yield from entries
    except Refusal as refusal:
        broken.append(refusal)


def _refused_at_once(position, found, seen):
    if isinstance(found, Refusal):
        return Result(position, "", Outcome.REFUSED, [str(found)])
    if isinstance(found, Passed):
        return Result(position, "", Outcome.PASSED, [found.kind], headline=found.name, kind=found.kind)
    if found.version_at is None:
        if found.uid in seen:
            why = [_("Another item before it has the same id.")]
            return Result(position, found.uri, Outcome.REFUSED, why, headline=found.headline)
        seen.add(found.uid)
    return None


def _too_long(position, item):
    """A Result where its text is longer than any that is stored; otherwise the text is cleaned."""
    try:
        item.body = body.bounded(item.body)  # before the hash: what would not be kept makes no other version
    except body.TooLong as error:
        return Result(position, item.uri, Outcome.REFUSED, [str(error)], headline=item.headline)
    return None


def _prepare(position, item):
    digest = hashlib.blake2b(repr(item).encode("utf-8", "replace"), digest_size=16).hexdigest()
    return Prepared(position, item, digest, item.body, item.remarks)


def _tried(batch, seen, wanted):
    with transaction.atomic():
        results = _taken(batch, seen, wanted)
        transaction.set_rollback(True)
        return results


def _taken(batch, seen, wanted):
    """Results of a batch: photos by themselves first, so that its stories find them."""
    wanted.files.expect(picture for _position, found in batch for picture in _pictures(found))
    results = [
        _alone(position, found, wanted)
        if isinstance(found, Picture)
        else _refused_at_once(position, found, seen) or _too_long(position, found)
        for position, found in batch
    ]
    ready = [_prepare(*entry) for entry, result in zip(batch, results, strict=True) if not result]
    stored = iter(_in_turn(ready, wanted))
    return [result or next(stored) for result in results]


def _pictures(found):
    return [found] if isinstance(found, Picture) else rows.pictures(found) if isinstance(found, Item) else []


def _alone(position, picture, wanted):
    taken = library.take_in_alone(picture, wanted)
    return Result(position, picture.uri, Outcome(taken.outcome), taken.why, headline=taken.title)


def _in_turn(ready, wanted):
    """Results in the order of `ready`, where two items of one id follow each other as versions do."""
    results, left = {}, list(enumerate(ready))
    while left:
        firsts = {one.item.uid: place for place, one in reversed(left)}
        now = [(place, one) for place, one in left if firsts[one.item.uid] == place]
        stored = _store([one for _place, one in now], wanted)
        results |= {place: result for (place, _one), result in zip(now, stored, strict=True)}
        left = [(place, one) for place, one in left if place not in results]
    return [results[place] for place in sorted(results)]


def _store(prepared, wanted):
    """A Result for each; items that the database refuses together are tried one by one."""
    pictures = [picture for one in prepared for picture in rows.pictures(one.item)]
    found = library.take_in(pictures, wanted)
    try:
        with transaction.atomic():
            return _stored(prepared, found, wanted)
    except (IntegrityError, DataError, ValueError, OverflowError) as error:
        if len(prepared) == 1:
            one = prepared[0]
            why = [_reason(error)]
            return [Result(one.position, one.item.uri, Outcome.REFUSED, why, headline=one.item.headline)]
    return [result for one in prepared for result in _store([one], wanted)]


def _reason(error):
    """What a constraint says of itself, or the error's own words."""
    told = [c.violation_error_message for c in Story._meta.constraints if c.name in str(error)]
    return str(told[0] if told else error)


def _stored(prepared, found, wanted):
    library.store(found)
    uids = [one.item.uid for one in prepared]
    here = {story.uid: story for story in Story.objects.select_related("arrival", "edition").filter(uid__in=uids)}
    fresh = [one for one in prepared if one.item.uid not in here]
    made = rows.create(fresh, wanted) if fresh else {}
    results = []
    for one in prepared:
        pictures = [picture.uid for picture in rows.pictures(one.item) if picture.uid in found.remarks]
        if story := made.get(one.item.uid):
            outcome, why = Outcome.NEW, [*one.remarks, *story.remarks, *map(found.remarks.get, pictures)]
        else:
            story = here[one.item.uid]
            outcome, why = _again(one, story, wanted)
            why = [*why, *(found.remarks[uid] for uid in pictures if uid in found.filled)]
        key = None if wanted.is_dry else story.pk
        results.append(Result(one.position, one.item.uri, outcome, why, key, one.item.headline))
    return results


def _again(one, story, wanted):
    """(outcome, sentences) of an item that came before, or was written here."""
    item, arrival = one.item, getattr(story, "arrival", None)
    if arrival is None:
        return Outcome.KEPT, [_("It was written here.")]
    if not wanted.reaches(story):
        return Outcome.KEPT, [_("It belongs to another edition.")]
    if arrival.digest == one.digest:
        return Outcome.UNCHANGED, []
    if item.version_at and arrival.version_at:
        newer = (item.version_at, item.version)
        if newer == (arrival.version_at, arrival.version):
            return Outcome.REFUSED, [_("It has other words than before under the same version.")]
        if newer < (arrival.version_at, arrival.version):
            return Outcome.OLDER, []
    locked = Story.objects.select_for_update(of=("self",)).select_related("edition").get(pk=story.pk)
    if item.state == "withdrawn":
        return _withdrawn(one, locked, wanted)
    if locked.version != arrival.story_version:
        return Outcome.KEPT, [_("The desk has changed it since.")]
    if item.state == "draft" and locked.state == State.RELEASED:
        return Outcome.KEPT, [_("Its source holds it back now; here readers may have it.")]
    publishing.begin(locked, wanted.at)
    rows.overwrite(locked, one, wanted)
    publishing.record(locked, wanted.by, wanted.at, Move.TAKEN_IN, item.note)
    return Outcome.UPDATED, one.remarks


def _withdrawn(one, story, wanted):
    """Its source has taken it back. From readers here, only one who was told to release may take it."""
    if story.state == State.WITHDRAWN:
        rows.arrived(story, one, wanted.at)
        return Outcome.UNCHANGED, []
    if story.state != State.RELEASED:
        return Outcome.KEPT, [_("Its source has withdrawn it: do not release it.")]
    if not wanted.released:
        return Outcome.KEPT, [_("Its source has withdrawn it: withdraw it here, too, or let it stand.")]
    rows.take_back(story, one, wanted)
    return Outcome.WITHDRAWN, []
