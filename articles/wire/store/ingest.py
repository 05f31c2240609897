"""Items into the database, in batches and without duplicates. Work of the desk is never lost.

    entries of a reader → ReadyItems (clean text, measured pictures) → one transaction a batch → a Result each

An item is identified by its uid. A stored story is changed only by a newer version, and not if the desk has changed it
since: that is reported. If the database refuses a batch, each story is tried alone, so that a bad story does not stop
the others, and no story is stored in part. Stories come as drafts. With `released` they keep the state of their source,
without a transition, as in a fixture: `check_stories` names the stories that a transition would have refused.
"""

import dataclasses
import datetime
import itertools
import pathlib
from typing import NamedTuple

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import DataError, IntegrityError, transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from articles.models import Edition, Story
from articles.text import body

from ..values import digests
from ..values.item import Item, Passed, Picture, Refusal
from . import authors, awaited, decisions, incomplete, photo_ids, photo_library, related, rows
from .changes import Change, apply
from .decisions import Do, Outcome
from .here import here_of
from .photo_files import PhotoFiles
from .related_rows import RelatedRows

BATCH = 400


class Result(NamedTuple):
    """The result of one item. `why`: the reasons of a refusal, and remarks on repairs. `story`: its primary key.

    `kind`: the kind of an entry that was passed over.
    """

    position: str
    uri: str
    outcome: Outcome
    why: list[str]
    story: int | None = None
    headline: str = ""
    kind: str = ""


@dataclasses.dataclass
class IngestOptions:
    """The options of an import. `edition`: None for the edition that an item names, or the default. `released`: keep
    the state of the source; else all are drafts. `photos`: the folder of photos. `is_dry`: report, but store nothing.

    `by`: the user, for the log. `stays_within`: stories of other editions are neither changed nor linked to.
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
        """The photo files of this run."""
        return PhotoFiles(self.photos, is_dry=self.is_dry)

    @cached_property
    def _editions(self):
        every = list(Edition.objects.all())
        named = {name: edition for edition in every for name in (edition.slug, edition.name)}
        return named | {"": next((edition for edition in every if edition.is_default), None)}

    @property
    def home(self):
        """The edition for items that name none; None if there is no edition."""
        return self.edition or self._editions.get("")

    def edition_of(self, item):
        """The edition for an item. Raises ValueError if there is none."""
        found = self.edition or self._editions.get(item.edition) or self.home
        if found is None:
            raise ValueError(_("There is no edition to take it into."))
        return found

    def reaches(self, story):
        """Whether the import may change a stored story, or link to it."""
        return not self.stays_within or story.edition_id == self.edition.pk

    def reachable(self):
        """The stories that the import may change or link to."""
        return Story.objects.filter(edition=self.edition) if self.stays_within else Story.objects.all()


class ReadyItem(NamedTuple):
    position: str
    item: Item
    digest: str
    body: body.Clean
    remarks: list[str]


def take_in(entries, wanted):
    """Store the entries of a reader, batch by batch: a Result each, in order. Raises Refusal at a break of the file.

    A dry run stores each batch and rolls it back, so a batch does not see the rows of the batches before it.
    """
    seen = {}  # {id: position of its first item in the file}
    for batch in itertools.batched(_until_broken(entries, broken := []), BATCH):
        yield from _tried(batch, seen, wanted) if wanted.is_dry else _taken(batch, seen, wanted)
    if broken:
        raise broken[0]


def finish(wanted, sources=None):
    """Connect the rows that may have come in any order: call it once, after all files of a run.

    `sources`: the notes of their readers. Returns a Result for each earlier story that was completed now, or was to be
    completed but kept. These Results are not items of the files.
    """
    results = _completed(wanted, sources) if sources else []
    return results + [_later(*one) for one in [*awaited.give(wanted), *related.link(wanted)]]


def _completed(wanted, sources):
    results = [Result(_("came before"), *one) for one in authors.name(wanted, sources)]
    for batch in incomplete.entries(wanted, sources):
        results += [one for one in _taken(batch, {}, wanted) if one.outcome != Outcome.UNCHANGED]
    incomplete.forget([one.story for one in results if one.outcome == Outcome.KEPT])
    return results


def _later(story, outcome, why):
    return Result(_("came before"), story.arrival.uri, outcome, why, story.pk, story.headline)


def _until_broken(entries, broken):
    """The entries before the break of a file, so that they are stored before the Refusal is raised."""
    try:
        yield from entries
    except Refusal as refusal:
        broken.append(refusal)


def _refused_at_once(position, found, seen):
    if isinstance(found, Refusal):
        return Result(position, "", Outcome.REFUSED, [str(found)])
    if isinstance(found, Passed):
        return Result(position, "", Outcome.PASSED, [found.kind], headline=found.name, kind=found.kind)
    is_photo = isinstance(found, Picture)
    before = seen.setdefault(found.uid.bytes + b"p" * is_photo, position)
    if before == position:
        return None
    if found.version_at is None:  # it is unknown which of the two is newer
        why = [_("Another item before it has the same id.")]
        return Result(position, found.uri, Outcome.REFUSED, why, headline=found.title if is_photo else found.headline)
    found.remarks.append(_("Another item with its id came before it: %(position)s.") % {"position": before})
    return None


def _too_long(position, item):
    """A Result if the text is too long to be stored; otherwise clean the text and return None."""
    try:
        item.body = body.bounded(item.body)  # before the hash, so that dropped markup does not make a new version
    except body.TooLong as error:
        return Result(position, item.uri, Outcome.REFUSED, [str(error)], headline=item.headline)
    return None


def _prepare(position, item):
    return ReadyItem(position, item, digests.of_item(item), item.body, item.remarks)


def _tried(batch, seen, wanted):
    with transaction.atomic():
        results = _taken(batch, seen, wanted)
        transaction.set_rollback(True)
        return results


def _taken(batch, seen, wanted):
    """Results of a batch. Photos that come alone are stored first, so that its stories find them."""
    wanted.files.expect(picture for _position, found in batch for picture in _pictures(found))
    photo_library.give_back(wanted.files)
    results = [
        _refused_at_once(position, found, seen)
        or (_alone(position, found, wanted) if isinstance(found, Picture) else _too_long(position, found))
        for position, found in batch
    ]
    ready = [_prepare(*entry) for entry, result in zip(batch, results, strict=True) if not result]
    stored = iter(_in_turn(ready, wanted))
    return [result or next(stored) for result in results]


def _pictures(found):
    return [found] if isinstance(found, Picture) else rows.pictures(found) if isinstance(found, Item) else []


def _alone(position, picture, wanted):
    found = photo_ids.known([picture])
    taken = photo_library.take_in_alone(picture, photo_ids.photo_of(picture, found), wanted)
    if taken.photo and taken.photo.pk:
        photo_ids.remember_alone(picture, taken.photo, found)
    return Result(position, picture.uri, Outcome(taken.outcome), taken.why, headline=taken.title)


def _in_turn(ready, wanted):
    """Results in the order of `ready`. Items with the same id are stored one after another, as versions."""
    results, left = {}, list(enumerate(ready))
    while left:
        firsts = {one.item.uid: place for place, one in reversed(left)}
        now = [(place, one) for place, one in left if firsts[one.item.uid] == place]
        stored = _store([one for _place, one in now], wanted)
        results |= {place: result for (place, _one), result in zip(now, stored, strict=True)}
        left = [(place, one) for place, one in left if place not in results]
    return [results[place] for place in sorted(results)]


def _store(prepared, wanted):
    """A Result for each item. If the database refuses the batch, each item is tried alone."""
    pictures = [picture for one in prepared for picture in rows.pictures(one.item)]
    found = photo_library.take_in(pictures, wanted)
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
    """The message of the violated constraint, or else of the error."""
    told = [c.violation_error_message for c in Story._meta.constraints if c.name in str(error)]
    return str(told[0] if told else error)


def _stored(prepared, found, wanted):
    photo_library.store(found)
    here = here_of(prepared)
    decided = {place: decisions.decide(one, here[place], wanted) for place, one in enumerate(prepared) if place in here}
    changes = _locked(prepared, decided, here, wanted)
    fresh = [one for place, one in enumerate(prepared) if place not in here]
    changed = [change.one for change in changes.values()]
    made = {}
    if fresh or changed:
        around = RelatedRows([one.item for one in [*fresh, *changed]], wanted)
        made = rows.create(fresh, wanted, around) if fresh else {}
        apply(list(changes.values()), wanted, around)
    _keep_incomplete(prepared, made, here, decided, changes)
    results = []
    for place, one in enumerate(prepared):
        pictures = [picture.uid for picture in rows.pictures(one.item) if picture.uid in found.remarks]
        if place not in here:
            story, outcome = made[one.item.uid], Outcome.NEW
            why = [*one.remarks, *story.remarks, *map(found.remarks.get, pictures)]
        else:
            story, done = here[place], changes.get(place, decided[place])
            outcome = done.outcome
            why = [*done.why, *(found.remarks[uid] for uid in pictures if uid in found.filled or changes.get(place))]
        key = None if wanted.is_dry else story.pk
        results.append(Result(one.position, one.item.uri, outcome, list(dict.fromkeys(why)), key, one.item.headline))
    return results


def _keep_incomplete(prepared, made, here, decided, changes):
    """Keep unfinished posts of stored or unchanged items. Any other item may have older words."""
    given = {made[one.item.uid].pk: one.item for place, one in enumerate(prepared) if place not in here}
    for place, story in here.items():
        if place in changes or decided[place].outcome == Outcome.UNCHANGED:
            given[story.pk] = prepared[place].item
    incomplete.keep(given)


def _locked(prepared, decided, here, wanted):
    """{place: Change} for the stories to be changed. Each is locked, and decided on once more under the lock."""
    wanted_for = {here[place].pk: place for place, one in decided.items() if one.do is not Do.NOTHING or one.releases}
    if not wanted_for:
        return {}
    locked = Story.objects.select_for_update(of=("self",)).select_related("edition", "arrival")
    changes = {}
    for story in locked.filter(pk__in=wanted_for).order_by("pk"):
        place = wanted_for[story.pk]
        decided[place] = decisions.decide(prepared[place], story, wanted)
        here[place] = story
        if decided[place].do is not Do.NOTHING or decided[place].releases:
            changes[place] = Change(prepared[place], story, decided[place])
    return changes
