"""Finds the library's photo of a Picture. Its source may use several ids, and a file may have only some of them."""

from articles.models import Photo, SourcePhoto

from ..values.addresses import are_of_two_sites
from ..values.item import uid_of


def uids(picture):
    """All ids of a picture, its own first."""
    return [picture.uid, *map(uid_of, picture.other_uris)]


def known(pictures):
    """{uid: Photo} for all uids of the pictures that the library knows."""
    needed = {uid for picture in pictures for uid in uids(picture)}
    if not needed:
        return {}
    aliases = SourcePhoto.objects.filter(uid__in=needed).select_related("row__arrival")
    by_alias = {alias.uid: alias.row for alias in aliases}
    photos = Photo.objects.filter(uid__in=needed).select_related("arrival")
    return by_alias | {photo.uid: photo for photo in photos}


def photo_of(picture, known_photos):
    """The photo of a picture among those of `known`, or None."""
    return next((known_photos[uid] for uid in uids(picture) if uid in known_photos), None)


def remember(pictures, known_photos):
    """Store the other ids of photos, except addresses of another site: a site may speak only for its own addresses.

    So the claim of a site on its own address replaces the claim of any other site.
    """
    pairs = [(picture, photo) for picture in pictures if (photo := photo_of(picture, known_photos))]
    _keep([one for picture, photo in pairs for one in _new(picture, photo, known_photos)])


def remember_alone(picture, photo, known_photos):
    """Store the other ids of a picture that came alone as `photo`."""
    _keep(_new(picture, photo, known_photos))


def _new(picture, photo, known_photos):
    for uid, uri in zip(uids(picture), [picture.uri, *picture.other_uris], strict=True):
        if uid != photo.uid and not are_of_two_sites(picture.uri, uri) and _is_free(uid, uri, known_photos):
            yield SourcePhoto(uid=uid, uri=uri[:1000], row=photo)


def _keep(rows):
    SourcePhoto.objects.bulk_create(
        {row.uid: row for row in rows}.values(),
        update_conflicts=True,
        unique_fields=["uid"],
        update_fields=["uri", "row"],
    )


def _is_free(uid, uri, known_photos):
    """Whether an id has no photo yet, or only a photo that another site claimed."""
    holder = known_photos.get(uid)
    arrival = getattr(holder, "arrival", None)
    return holder is None or (holder.uid != uid and bool(arrival) and are_of_two_sites(arrival.uri, uri))


def is_reference(picture):
    """Whether a picture has nothing but its id: the photo is in the library, or may come alone."""
    return not (picture.file or picture.caption or picture.alt or picture.photographer or picture.hash)
