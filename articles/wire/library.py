"""Photos that come by wire, with stories or by themselves: found in their folder, measured, put into the library once.

In whichever order the parts of one photo come, it is the same in the end (photo_layers.py), and what the desk has
written stays. No rendition is made. Files are read before anything is written, so that no transaction waits for one.
"""

import hashlib
import json
import pathlib
from typing import NamedTuple

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import DataError, IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from articles import photos, publishing
from articles.models import Photo, PhotoArrival, Story, StoryPhoto
from articles.models.photo import LONGEST_SIDES, original_name
from articles.models.story import State

from .photo_layers import TEXTS, fitting, settle, told

__all__ = ["TEXTS", "Taken", "fitting", "store", "take_in", "take_in_alone"]

MEASURED = ("hash", "file_size", "width", "height", "looks", "from_file")


class Taken(NamedTuple):
    """What came of a photo that came by itself. `outcome`: a value of `Outcome`; `title` is for people."""

    outcome: str
    why: list[str]
    photo: Photo | None = None
    title: str = ""


class Found(NamedTuple):
    """Photos of stories, not yet stored. `remarks`: what is to be told of each, by uid. `filled`: which got a file."""

    new: list[Photo]
    changed: list[Photo]
    arrivals: list[PhotoArrival]
    remarks: dict
    filled: set


def take_in(pictures, wanted):
    """The photos of stories, as a Found for `store`: what is in the library stays as it is, but for what it lacks."""
    asked = {}
    for picture in pictures:
        asked.setdefault(picture.uid, picture)
    known = _known(asked.values())
    wanted.files.expect(asked.values())
    found = Found([], [], [], {}, set())
    for uid, picture in asked.items():
        photo = known.get(uid)
        if remark := _new(picture, found, wanted) if photo is None else _again(photo, picture, found, wanted):
            found.remarks[uid] = remark
    return found


def _known(pictures):
    """{uid of a picture: its photo}, of those that the library has."""
    uids = [picture.uid for picture in pictures]
    return {photo.uid: photo for photo in Photo.objects.select_related("arrival").filter(uid__in=uids)}


def store(found):
    """Write what `take_in` found."""
    Photo.objects.bulk_create(found.new, ignore_conflicts=True)
    for photo in found.changed:
        photo.save()
    new = {photo.uid for photo in found.new}
    keys = dict(Photo.objects.filter(uid__in=new).values_list("uid", "pk")) if new else {}
    for arrival in found.arrivals:
        arrival.photo_id = keys.get(arrival.photo.uid, arrival.photo_id)
    PhotoArrival.objects.bulk_create([one for one in found.arrivals if not one.pk], ignore_conflicts=True)
    for arrival in (one for one in found.arrivals if one.pk):
        arrival.save()


def _new(picture, found, wanted):
    photo = _photo(picture)
    arrival = PhotoArrival(photo=photo, uri=fitting(PhotoArrival, "uri", picture.uri), taken_at=wanted.at)
    arrival.with_story, _cut = told(picture)
    remark = _put(photo, *wanted.files.find(picture))
    settle(photo, arrival)
    arrival.written["hash"] = photo.hash
    found.new.append(photo)
    found.arrivals.append(arrival)
    return remark


def _again(photo, picture, found, wanted):
    """What a photo lacks: its file, and what a story says of it, if it came by itself."""
    arrival, remark = getattr(photo, "arrival", None), ""
    layer = told(picture)[0] if arrival and not arrival.with_story else {}
    is_changed = bool(layer) and not _reasons(photo, layer, wanted)
    if is_changed:
        arrival.with_story = layer
    if _is_waiting(photo, picture):
        remark = _put(photo, *wanted.files.find(picture))
        if not _is_waiting(photo, picture):
            is_changed = True
            found.filled.add(photo.uid)
    if is_changed and arrival:
        settle(photo, arrival)
        if photo.uid in found.filled:
            arrival.written["hash"] = photo.hash
        found.arrivals.append(arrival)
    elif is_changed:
        photos.fill(photo)
    if is_changed:
        found.changed.append(photo)
    return remark


# By themselves -------------------------------------------------------------------------


def take_in_alone(picture, wanted):
    """Store a photo that came by itself, or what is new of it: a Taken."""
    photo = _known([picture]).get(picture.uid)
    arrival = getattr(photo, "arrival", None)
    digest = _digest(picture)
    if left := _left(picture, photo, arrival, digest, wanted):
        return left
    is_new = photo is None
    photo = photo or _photo(picture)
    file, remark, before = *wanted.files.find(picture), Photo(file=photo.file.name, hash=photo.hash, pk=photo.pk)
    if file and not _takes_file(photo, picture, arrival):
        file = None
    remark = _put(photo, file, remark, is_replaced=not is_new)
    arrival = arrival or PhotoArrival(photo=photo)
    try:
        with transaction.atomic():
            return _stored(picture, photo, arrival, digest, wanted, before, is_new=is_new, remark=remark)
    except (IntegrityError, DataError, ValueError, OverflowError) as error:
        if photo.hash != before.hash:
            default_storage.delete(photo.file.name)
        return Taken("refused", [str(error)], title=picture.title or picture.caption)


def _left(picture, photo, arrival, digest, wanted):
    """A Taken where nothing of it is to be stored; None where something is."""
    title = str(photo) if photo else picture.title or picture.caption
    if picture.state == "draft":
        return Taken("kept", [_("Its source holds it back: it is not taken in.")], photo, title)
    if arrival and arrival.digest == digest:
        lacks_file = _is_waiting(photo, picture) and wanted.files.find(picture)[0]
        return None if lacks_file else Taken("unchanged", [], photo, title)
    if arrival and arrival.digest and picture.version_at and arrival.version_at:
        newer, here = (picture.version_at, picture.version), (arrival.version_at, arrival.version)
        if newer == here:
            return Taken("refused", [_("It has other words than before under the same version.")], photo, title)
        if newer < here:
            return Taken("older", [], photo, title)
    reasons = _reasons(photo, told(picture)[0], wanted) if photo and picture.state != "withdrawn" else []
    return Taken("kept", reasons, photo, title) if reasons else None


def _reasons(photo, layer, wanted):
    """Why what is said of a photo may not be shown: sentences. What readers see changes only where that was asked for,
    and names nobody whom a story protects."""
    if not wanted.released and Story.objects.showing(photo).filter(state=State.RELEASED).exists():
        return [_("Readers see it in a story: only with “published” does what comes change it.")]
    return list(publishing.revealed_by(photo, *(text for text in layer.values() if isinstance(text, str))))


def _takes_file(photo, picture, arrival):
    """Whether a file may take the place of the one that is there: not of one that the desk has chosen."""
    return _is_waiting(photo, picture) or bool(arrival and arrival.written.get("hash") == photo.hash)


def _stored(picture, photo, arrival, digest, wanted, before, *, is_new, remark):
    photo = photo if is_new else _locked(photo)
    came_before = bool(arrival.digest)
    layer, cut = told(picture)
    if picture.state == "withdrawn":
        layer = {**arrival.by_itself, "rights_end_at": wanted.at.isoformat()}
    caption = photo.caption
    arrival.uri = fitting(PhotoArrival, "uri", picture.uri)
    arrival.version, arrival.version_at, arrival.digest = picture.version, picture.version_at, digest
    arrival.by_itself, arrival.taken_at = layer, wanted.at
    kept = settle(photo, arrival)
    if picture.state == "withdrawn":
        photo.rights_end_at = min(photo.rights_end_at or wanted.at, wanted.at)  # whatever the desk has set
    photo.save()
    if is_new or photo.hash != before.hash:
        arrival.written["hash"] = photo.hash
    if not is_new and before.hash not in (photo.hash, _stand_in(picture)):
        photos.keep(before, wanted.at)
    arrival.photo = photo
    arrival.save()
    if not is_new and not came_before:
        _keep_captions(photo, caption)
    why = [*picture.remarks, *_told_of(cut, kept), *filter(None, [remark])]
    if picture.state == "withdrawn":
        return Taken("withdrawn", [_("Its source has withdrawn it: its rights have ended."), *why], photo, str(photo))
    return Taken("new" if is_new else "updated", why, photo, str(photo))


def _locked(photo):
    """The photo as it stands now, with what was measured of its new file."""
    fresh = Photo.objects.select_for_update().get(pk=photo.pk)
    for name in (*MEASURED, "file"):
        setattr(fresh, name, getattr(photo, name))
    return fresh


def _told_of(cut, kept):
    names = {"cut": cut, "kept": kept}
    labels = {kind: ", ".join(str(Photo._meta.get_field(one).verbose_name) for one in names[kind]) for kind in names}
    if cut:
        yield _("longer than is kept: %(fields)s") % {"fields": labels["cut"]}
    if kept:
        yield _("left as the desk has it: %(fields)s") % {"fields": labels["kept"]}


def _keep_captions(photo, caption):
    """Stories that came before it have the caption that they came with, as they would if it had come first."""
    if caption and caption != photo.caption:
        untouched = Story.objects.filter(lead_photo=photo, lead_caption="", arrival__story_version=F("version"))
        untouched.update(lead_caption=fitting(Story, "lead_caption", caption))
        uses = StoryPhoto.objects.filter(photo=photo, caption="", story__arrival__story_version=F("story__version"))
        uses.update(caption=caption)


def _digest(picture):
    source = picture.source if picture.source is not None else told(picture)[0]
    text = json.dumps(source, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return "s1:" + hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


# Rows and files ------------------------------------------------------------------------


def _photo(picture):
    """A row for the library, without the words that its layers have."""
    known = photos.Rendition.parse(pathlib.PurePosixPath(picture.file).name)  # an address of ours tells the hash
    width, height = picture.width or 1600, picture.height or 1067
    photo = Photo(
        uid=picture.uid,
        hash=known.hash if known else _stand_in(picture),
        width=max(width, -(-height // LONGEST_SIDES)),
        height=max(height, -(-width // LONGEST_SIDES)),
    )
    photo.file.name = original_name(photo, pathlib.PurePosixPath(picture.file).name)
    return photo


def _stand_in(picture):
    """What stands for the hash of a file that is not there, so that the picture has an address already."""
    return hashlib.blake2b(picture.uri.encode(), digest_size=16).hexdigest()


def _is_waiting(photo, picture):
    return photo.hash == _stand_in(picture)


def _put(photo, path, remark="", *, is_replaced=False):
    """Measure and store a picture's file, if there is one; a remark where it is none that we take."""
    if path is None:
        return remark
    before = {name: getattr(photo, name) for name in MEASURED}
    try:
        with path.open("rb") as file:
            told_of_file = photos.describe(photo, file)
            if photo.hash == before["hash"]:
                return remark
            name = original_name(photo, path.name)
            if not is_replaced:
                default_storage.delete(name)  # of a run that was broken off before its row was written
            photo.file.name = default_storage.save(name, File(file))
    except OSError as error:
        for name, value in before.items():
            setattr(photo, name, value)
        return _("a photo that we cannot use: %(error)s") % {"error": error}
    same = Photo.objects.filter(hash=photo.hash).exclude(uid=photo.uid).first()
    twice = _("a photo whose file is also that of “%(photo)s”") % {"photo": same} if same else ""
    return "; ".join(filter(None, [remark, twice, *told_of_file]))
