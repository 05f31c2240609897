"""Imports photos, with stories or alone: it finds their files, measures them, and puts each into the library once.

The order of imports does not change the result (photo_layers.py), and the desk's own texts stay. No rendition is made.
Files are read before any write, so that no transaction waits for a file.
"""

import dataclasses
from typing import NamedTuple

from django.core.files.storage import default_storage
from django.db import DataError, IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from articles import photos, publishing
from articles.models import Photo, PhotoArrival, Story, StoryPhoto
from articles.models.story import State

from ..values import addresses, digests
from ..values.fields import fitting
from . import photo_ids
from .photo_layers import asked_by_file, layer_of, settle
from .photo_rows import is_waiting, locked, new_photo, put, stand_in


class PhotoResult(NamedTuple):
    """The result of a photo that came alone. `outcome`: a value of `Outcome`; `title` is for the report."""

    outcome: str
    why: list[str]
    photo: Photo | None = None
    title: str = ""


class PhotoBatch(NamedTuple):
    """Photos of stories, not yet stored. `remarks`: sentences by uid. `filled`: uids of photos that got their file."""

    new: list[Photo]
    changed: list[Photo]
    arrivals: list[PhotoArrival]
    remarks: dict
    filled: set


def take_in(pictures, options):
    """The photos of stories, as a PhotoBatch for `store`. Photos of the library get only values that they lack."""
    asked = {}
    for picture in pictures:
        first = asked.setdefault(picture.uid, picture)
        if picture.alt and not (first.alt or first.is_decorative):  # any use of the picture may have it
            asked[picture.uid] = dataclasses.replace(first, alt=picture.alt)
    known = _known(asked.values())
    options.files.expect(asked.values())
    batch = PhotoBatch([], [], [], {}, set())
    for uid, picture in asked.items():
        photo = known.get(uid)
        if photo is None and photo_ids.is_reference(picture):
            continue  # nothing is known but its id, so the story waits for it (awaited.py)
        if remark := _new(picture, batch, options) if photo is None else _again(photo, picture, batch, options):
            batch.remarks[uid] = remark
    return batch


def _known(pictures):
    """{uid of a picture: its photo} for the photos in the library."""
    pictures = list(pictures)
    photos_by_uid = photo_ids.known(pictures)
    return {picture.uid: photo for picture in pictures if (photo := photo_ids.photo_of(picture, photos_by_uid))}


def give_back(files):
    """Take back files that were found by a bare name, if another photo of the same run asks for that name."""
    wrong = Photo.objects.select_related("arrival").filter(uid__in=files.wrong) if files.wrong else ()
    for photo in wrong:
        arrival = getattr(photo, "arrival", None)
        if arrival is None or arrival.written.get("hash") != photo.hash or is_waiting(photo, arrival):
            continue
        name, photo.hash = photo.file.name, stand_in(arrival)
        photo.looks, photo.file_size, photo.from_file = "", None, {}
        settle(photo, arrival)
        arrival.written["hash"] = photo.hash
        with transaction.atomic():
            photo.save()
            arrival.save()
        default_storage.delete(name)
    files.wrong.clear()


def store(batch):
    """Store the result of `take_in`."""
    Photo.objects.bulk_create(batch.new, ignore_conflicts=True)
    for photo in batch.changed:
        photo.save()
    new = {photo.uid for photo in batch.new}
    keys = dict(Photo.objects.filter(uid__in=new).values_list("uid", "pk")) if new else {}
    for arrival in batch.arrivals:
        arrival.photo_id = keys.get(arrival.photo.uid, arrival.photo_id)
    PhotoArrival.objects.bulk_create([one for one in batch.arrivals if not one.pk], ignore_conflicts=True)
    for arrival in (one for one in batch.arrivals if one.pk):
        arrival.save()


def _new(picture, batch, options):
    photo = new_photo(picture)
    arrival = PhotoArrival(photo=photo, uri=fitting(PhotoArrival, "uri", picture.uri), taken_at=options.at)
    arrival.with_story, cut = layer_of(picture)
    remark = put(photo, *options.files.find(picture))
    settle(photo, arrival)
    arrival.written["hash"] = photo.hash
    batch.new.append(photo)
    batch.arrivals.append(arrival)
    return _joined(remark, [*_field_remarks(cut, []), *asked_by_file(photo, arrival)])


def _again(photo, picture, batch, options):
    """Add to a stored photo its missing file, and the values of its story if it came alone."""
    arrival, remark = getattr(photo, "arrival", None), ""
    layer = _lacks_of_stories(picture, arrival) if arrival else {}
    is_changed = bool(layer) and not _reasons(photo, layer, options)
    if is_changed:
        arrival.with_story = {**arrival.with_story, **layer}
    if is_waiting(photo, picture):
        remark = put(photo, *options.files.find(picture))
        if not is_waiting(photo, picture):
            is_changed = True
            batch.filled.add(photo.uid)
    if is_changed and arrival:
        settle(photo, arrival)
        if photo.uid in batch.filled:
            arrival.written["hash"] = photo.hash
            remark = _joined(remark, asked_by_file(photo, arrival))
        batch.arrivals.append(arrival)
    elif is_changed:
        remark = _joined(remark, photos.fill(photo))
    if is_changed:
        batch.changed.append(photo)
    return remark


def _lacks_of_stories(picture, arrival):
    """The values of the first story that shows the photo; of any later story only a missing alternative text."""
    said, layer = arrival.with_story, layer_of(picture)[0]
    if not said:
        return layer
    lacks_alt = layer.get("alt") and not (said.get("alt") or said.get("is_decorative"))
    return {"alt": layer["alt"]} if lacks_alt else {}


# By themselves -------------------------------------------------------------------------


def take_in_alone(picture, photo, options):
    """Store or update a photo that came alone: a PhotoResult. `photo`: the stored photo, or None."""
    if photo and _is_of_another_site(photo, picture):
        photo = None
    arrival = getattr(photo, "arrival", None)
    digest = _digest(picture)
    if left := _left(picture, photo, arrival, digest, options):
        return left
    is_new = photo is None
    photo = photo or new_photo(picture)
    file, remark, before = *options.files.find(picture), Photo(file=photo.file.name, hash=photo.hash, pk=photo.pk)
    if file and not _takes_file(photo, picture, arrival):
        file = None
    remark = put(photo, file, remark, is_replaced=not is_new)
    arrival = arrival or PhotoArrival(photo=photo)
    try:
        with transaction.atomic():
            return _stored(picture, photo, arrival, digest, options, before, is_new=is_new, remark=remark)
    except (IntegrityError, DataError, ValueError, OverflowError) as error:
        if photo.hash != before.hash:
            default_storage.delete(photo.file.name)
        return PhotoResult("refused", [str(error)], title=picture.title or picture.caption)


def _left(picture, photo, arrival, digest, options):
    """A PhotoResult if there is nothing to store; otherwise None."""
    title = str(photo) if photo else picture.title or picture.caption
    if picture.state == "draft":
        return PhotoResult("kept", [_("Its source holds it back: it is not taken in.")], photo, title)
    if photo and arrival is None and not _may_have_come(photo, picture):
        return PhotoResult("kept", [_("It was uploaded here.")], None, title)
    if arrival and arrival.digest == digest:
        lacks_file = is_waiting(photo, picture) and options.files.find(picture)[0]
        return None if lacks_file else PhotoResult("unchanged", [], photo, title)
    if arrival and arrival.digest and picture.version_at and arrival.version_at:
        newer, here = (picture.version_at, picture.version), (arrival.version_at, arrival.version)
        if newer < here:
            return PhotoResult("older", [], photo, title)
        if newer == here and picture.state != "withdrawn" and not _lacking(picture, arrival):
            if layer_of(picture)[0].items() <= arrival.by_itself.items():
                return PhotoResult("unchanged", [], photo, title)
            return PhotoResult("refused", [_("It has other words than before under the same version.")], photo, title)
    reasons = _reasons(photo, layer_of(picture)[0], options) if photo and picture.state != "withdrawn" else []
    return PhotoResult("kept", reasons, photo, title) if reasons else None


def _may_have_come(photo, picture):
    """Whether an earlier release imported it, which stored no arrivals. Photos uploaded here have uuid4 ids."""
    return photo.uid.version == 5 or is_waiting(photo, picture)


def _is_of_another_site(photo, picture):
    """Whether another site has sent the photo, so that it matches only by one of the picture's other ids.

    A photo that came with a story does not count as another site's if its host is a host of such a story's site.
    """
    arrival = getattr(photo, "arrival", None)
    if arrival is None or photo.uid == picture.uid or not addresses.are_of_two_sites(arrival.uri, picture.uri):
        return False
    stories = Story.objects.showing(photo).filter(arrival__isnull=False)
    rows = stories.values_list("arrival__uri", "old_addresses__host")
    return bool(arrival.digest) or addresses.host(picture.uri) not in {
        host for uri, old in rows for host in (addresses.host(uri), old)
    }


def _lacking(picture, arrival):
    """The values that the earlier import lacked. The source may add them without a new version."""
    return {name: value for name, value in layer_of(picture)[0].items() if not arrival.by_itself.get(name)}


def _is_same_version(picture, arrival):
    here = (arrival.version_at, arrival.version)
    return bool(arrival.digest and picture.version_at) and (picture.version_at, picture.version) == here


def _reasons(photo, layer, options):
    """The reasons why a layer may not be shown: sentences. A photo that readers see changes only with `released`, and
    no text may name a person whom a story protects."""
    if not options.released and Story.objects.showing(photo).filter(state=State.RELEASED).exists():
        return [_("Readers see it in a story: only with “published” does what comes change it.")]
    return list(publishing.revealed_by(photo, *(text for text in layer.values() if isinstance(text, str))))


def _takes_file(photo, picture, arrival):
    """Whether a file may replace the present one. A file that the desk has chosen stays."""
    return is_waiting(photo, picture) or bool(arrival and arrival.written.get("hash") == photo.hash)


def _stored(picture, photo, arrival, digest, options, before, *, is_new, remark):
    photo = photo if is_new else locked(photo)
    came_before = bool(arrival.digest)
    layer, cut = layer_of(picture)
    if _is_same_version(picture, arrival):
        layer = {**_lacking(picture, arrival), **arrival.by_itself}
    if picture.state == "withdrawn":
        layer = {**arrival.by_itself, "rights_end_at": options.at.isoformat()}
    caption = photo.caption
    arrival.uri = fitting(PhotoArrival, "uri", picture.uri)
    arrival.version, arrival.version_at, arrival.digest = picture.version, picture.version_at, digest
    arrival.by_itself, arrival.taken_at = layer, options.at
    kept = settle(photo, arrival)
    if picture.state == "withdrawn":
        photo.rights_end_at = min(photo.rights_end_at or options.at, options.at)  # also if the desk has set a later end
    photo.save()
    if is_new or photo.hash != before.hash:
        arrival.written["hash"] = photo.hash
        remark = _joined(remark, asked_by_file(photo, arrival))
    if not is_new and before.hash not in (photo.hash, stand_in(picture)):
        photos.keep(before, options.at)
    arrival.photo = photo
    arrival.save()
    if not is_new and not came_before:
        _keep_captions(photo, caption)
    why = [*picture.remarks, *_field_remarks(cut, kept), *filter(None, [remark])]
    if picture.state == "withdrawn":
        why = [_("Its source has withdrawn it: its rights have ended."), *why]
        return PhotoResult("withdrawn", why, photo, str(photo))
    return PhotoResult("new" if is_new else "updated", why, photo, str(photo))


def _joined(remark, others):
    return "; ".join(filter(None, [remark, *others]))


def _field_remarks(cut, kept):
    names = {"cut": cut, "kept": kept}
    labels = {kind: ", ".join(str(Photo._meta.get_field(one).verbose_name) for one in names[kind]) for kind in names}
    if cut:
        yield _("longer than is kept: %(fields)s") % {"fields": labels["cut"]}
    if kept:
        yield _("left as the desk has it: %(fields)s") % {"fields": labels["kept"]}


def _keep_captions(photo, caption):
    """Stories that came before the photo keep their caption, as if the photo had come first."""
    if caption and caption != photo.caption:
        unchanged = Story.objects.filter(lead_photo=photo, lead_caption="", arrival__story_version=F("version"))
        unchanged.update(lead_caption=fitting(Story, "lead_caption", caption))
        uses = StoryPhoto.objects.filter(photo=photo, caption="", story__arrival__story_version=F("story__version"))
        uses.update(caption=caption)


def _digest(picture):
    return digests.of_source(picture.source if picture.source is not None else layer_of(picture)[0])
