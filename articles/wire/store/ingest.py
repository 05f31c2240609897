"""Items into the database, in batches and without duplicates. Work of the desk is never lost.

    entries of a reader → ReadyItems (clean text, hashes) → one transaction a batch → a Result each

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

from articles.database import touched_together
from articles.models import Edition, Story

from ..streams.second_process import in_second_process
from ..values.event import Event
from ..values.item import Passed, Picture, Refusal
from . import authors, awaited, decisions, incomplete, photo_ids, photo_library, related, rows
from .changes import Change, apply
from .decisions import Do, Outcome
from .here import here_of
from .photo_files import PhotoFiles
from .planned import events
from .ready import ReadyItem, ready
from .related_rows import RelatedRows

BATCH = 400


class Result(NamedTuple):
    """The result of one item. `why`: the reasons of a refusal, and remarks on repairs. `story`, `assignment`: its
    primary key. `kind`: the kind of an entry that was passed over."""

    position: str
    uri: str
    outcome: Outcome
    why: list[str]
    story: int | None = None
    headline: str = ""
    kind: str = ""
    assignment: int | None = None


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
        edition = self.edition or self._editions.get(item.edition) or self.home
        if edition is None:
            raise ValueError(_("There is no edition to take it into."))
        return edition

    def reaches(self, story):
        """Whether the import may change a stored story, or link to it."""
        return not self.stays_within or story.edition_id == self.edition.pk

    def reachable(self):
        """The stories that the import may change or link to."""
        return Story.objects.filter(edition=self.edition) if self.stays_within else Story.objects.all()


def take_in(entries, options):
    """Store the entries of a reader, batch by batch: a Result each, in order. Raises Refusal at a break of the file.

    A dry run stores each batch and rolls it back, so a batch does not see the rows of the batches before it.
    """
    seen = {}  # {id: position of its first item in the file}
    for batch in itertools.batched(_until_broken(ready(entries), broken := []), BATCH):
        yield from _dry_run(batch, seen, options) if options.is_dry else _import_batch(batch, seen, options)
    if broken:
        raise broken[0]


def read_aside(entries):
    """The same entries for `take_in`, read and made ready by a second process."""
    return in_second_process(ready(entries, with_words=True), BATCH)


def finish(options, sources=None):
    """Connect the rows that may have come in any order: call it once, after all files of a run.

    `sources`: the notes of their readers. Returns a Result for each earlier story that was completed now, or was to be
    completed but kept. These Results are not items of the files.
    """
    results = _completed(options, sources) if sources else []
    return results + [_later(*one) for one in [*awaited.give(options), *related.link(options)]]


def _completed(options, sources):
    results = [Result(_("came before"), *one) for one in authors.name(options, sources)]
    for batch in incomplete.entries(options, sources):
        results += [one for one in _import_batch(list(ready(batch)), {}, options) if one.outcome != Outcome.UNCHANGED]
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


def _refused_at_once(position, entry, seen):
    if isinstance(entry, Refusal):
        return Result(position, "", Outcome.REFUSED, [str(entry)])
    if isinstance(entry, Passed):
        return Result(position, "", Outcome.PASSED, [entry.kind], headline=entry.name, kind=entry.kind)
    is_photo, is_event = isinstance(entry, Picture), isinstance(entry, Event)
    given = entry if is_photo or is_event else entry.item
    title = given.title if is_photo else given.headline
    before = seen.setdefault(given.uid.bytes + b"p" * is_photo + b"e" * is_event, position)
    if before != position:
        if given.version_at is None:  # it is unknown which of the two is newer
            why = [_("Another item before it has the same id.")]
            return Result(position, given.uri, Outcome.REFUSED, why, headline=title)
        given.remarks.append(_("Another item with its id came before it: %(position)s.") % {"position": before})
    if not (is_photo or is_event) and entry.too_long:
        return Result(position, given.uri, Outcome.REFUSED, [entry.too_long], headline=title)
    return None


def _dry_run(batch, seen, options):
    with transaction.atomic():
        results = _import_batch(batch, seen, options)
        transaction.set_rollback(True)
        return results


def _import_batch(batch, seen, options):
    """Results of a batch. Photos that come alone are stored first, so that its stories find them."""
    options.files.expect(picture for _position, entry in batch for picture in _pictures(entry))
    photo_library.give_back(options.files)
    results = [
        _refused_at_once(position, entry, seen)
        or (_import_photo(position, entry, options) if isinstance(entry, Picture) else None)
        for position, entry in batch
    ]
    results = list(_with_events(batch, results, options))
    left = [entry for (_position, entry), result in zip(batch, results, strict=True) if not result]
    stored = iter(_in_turn(left, options))
    return [result or next(stored) for result in results]


def _with_events(batch, results, options):
    """The results, with those of the events among the entries that have none yet."""
    came = [e for (_position, e), result in zip(batch, results, strict=True) if isinstance(e, Event) and not result]
    taken = iter(events.take_in(came, options) if came else ())
    for (position, entry), result in zip(batch, results, strict=True):
        if isinstance(entry, Event) and not result:
            outcome, why, key = next(taken)
            result = Result(
                position, entry.uri, outcome, why, None, entry.headline, "", None if options.is_dry else key
            )
        yield result


def _pictures(entry):
    if isinstance(entry, ReadyItem):
        return rows.pictures(entry.item)
    return [entry] if isinstance(entry, Picture) else []


def _import_photo(position, picture, options):
    known = photo_ids.known([picture])
    result = photo_library.take_in_alone(picture, photo_ids.photo_of(picture, known), options)
    if result.photo and result.photo.pk:
        photo_ids.remember_alone(picture, result.photo, known)
    return Result(position, picture.uri, Outcome(result.outcome), result.why, headline=result.title)


def _in_turn(ready_items, options):
    """Results in the order of the items. Items with the same id are stored one after another, as versions."""
    results, left = {}, list(enumerate(ready_items))
    while left:
        firsts = {one.item.uid: place for place, one in reversed(left)}
        now = [(place, one) for place, one in left if firsts[one.item.uid] == place]
        stored = _store([one for _place, one in now], options)
        results |= {place: result for (place, _one), result in zip(now, stored, strict=True)}
        left = [(place, one) for place, one in left if place not in results]
    return [results[place] for place in sorted(results)]


def _store(ready_items, options):
    """A Result for each item. If the database refuses the batch, each item is tried alone."""
    pictures = [picture for one in ready_items for picture in rows.pictures(one.item)]
    photo_batch = photo_library.take_in(pictures, options)
    try:
        with transaction.atomic(), touched_together({one.body: one.words for one in ready_items}):
            return _stored(ready_items, photo_batch, options)
    except (IntegrityError, DataError, ValueError, OverflowError) as error:
        if len(ready_items) == 1:
            one, why = ready_items[0], [_reason(error)]
            return [Result(one.position, one.item.uri, Outcome.REFUSED, why, headline=one.item.headline)]
    return [result for one in ready_items for result in _store([one], options)]


def _reason(error):
    """The message of the violated constraint, or else of the error."""
    messages = [c.violation_error_message for c in Story._meta.constraints if c.name in str(error)]
    return str(messages[0] if messages else error)


def _stored(ready_items, photo_batch, options):
    photo_library.store(photo_batch)
    here = here_of(ready_items)
    decided = {place: decisions.decide(ready_items[place], story, options) for place, story in here.items()}
    changes = _locked(ready_items, decided, here, options)
    fresh = [one for place, one in enumerate(ready_items) if place not in here]
    changed = [change.one for change in changes.values()]
    made = {}
    if fresh or changed:
        related_rows = RelatedRows([one.item for one in [*fresh, *changed]], options)
        made = rows.create(fresh, options, related_rows) if fresh else {}
        apply(list(changes.values()), options, related_rows)
    _keep_incomplete(ready_items, made, here, decided, changes)
    results = []
    for place, one in enumerate(ready_items):
        pictures = [picture.uid for picture in rows.pictures(one.item) if picture.uid in photo_batch.remarks]
        if place not in here:
            story, outcome = made[one.item.uid], Outcome.NEW
            why = [*one.remarks, *story.remarks, *map(photo_batch.remarks.get, pictures)]
        else:
            story, done = here[place], changes.get(place, decided[place])
            outcome = done.outcome
            uids = [uid for uid in pictures if uid in photo_batch.filled or changes.get(place)]
            why = [*done.why, *map(photo_batch.remarks.get, uids)]
        key = None if options.is_dry else story.pk
        results.append(Result(one.position, one.item.uri, outcome, list(dict.fromkeys(why)), key, one.item.headline))
    return results


def _keep_incomplete(ready_items, made, here, decided, changes):
    """Keep unfinished posts of stored or unchanged items. Any other item may have older words."""
    items = {made[one.item.uid].pk: one.item for place, one in enumerate(ready_items) if place not in here}
    for place, story in here.items():
        if place in changes or decided[place].outcome == Outcome.UNCHANGED:
            items[story.pk] = ready_items[place].item
    incomplete.keep(items)


def _locked(ready_items, decided, here, options):
    """{place: Change} for the stories to be changed. Each is locked, and decided on once more under the lock."""
    places = {here[place].pk: place for place, one in decided.items() if one.do is not Do.NOTHING or one.releases}
    if not places:
        return {}
    locked = Story.objects.select_for_update(of=("self",)).select_related("edition", "arrival")
    changes = {}
    for story in locked.filter(pk__in=places).order_by("pk"):
        place = places[story.pk]
        decided[place] = decisions.decide(ready_items[place], story, options)
        here[place] = story
        if decided[place].do is not Do.NOTHING or decided[place].releases:
            changes[place] = Change(ready_items[place], story, decided[place])
    return changes
