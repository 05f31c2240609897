"""Which photo of the library a Picture is: its source may know it by several ids, and a file tells some of them."""

from articles.models import Photo, SourcePhoto

from ..values.addresses import are_of_two_sites
from ..values.item import uid_of


def uids(picture):
    """All that it is known by, its own first."""
    return [picture.uid, *map(uid_of, picture.other_uris)]


def known(pictures):
    """{uid: Photo} for each uid of the pictures under which the library has one."""
    wanted = {uid for picture in pictures for uid in uids(picture)}
    if not wanted:
        return {}
    aliases = SourcePhoto.objects.filter(uid__in=wanted).select_related("row__arrival")
    found = {alias.uid: alias.row for alias in aliases}
    photos = Photo.objects.filter(uid__in=wanted).select_related("arrival")
    return found | {photo.uid: photo for photo in photos}


def photo_of(picture, found):
    """Its photo among those of `known`; None if the library has none."""
    return next((found[uid] for uid in uids(picture) if uid in found), None)


def remember(pictures, found):
    """Keep by what else stored photos are known: never by an address of another site, which only that may tell.

    What a site says of its own addresses goes before what another has claimed of them.
    """
    told = [(picture, photo) for picture in pictures if (photo := photo_of(picture, found))]
    _keep([one for picture, photo in told for one in _new(picture, photo, found)])


def remember_alone(picture, photo, found):
    """The same of a picture that came by itself, and is known to be `photo`."""
    _keep(_new(picture, photo, found))


def _new(picture, photo, found):
    for uid, uri in zip(uids(picture), [picture.uri, *picture.other_uris], strict=True):
        if uid != photo.uid and not are_of_two_sites(picture.uri, uri) and _is_free(uid, uri, found):
            yield SourcePhoto(uid=uid, uri=uri[:1000], row=photo)


def _keep(rows):
    SourcePhoto.objects.bulk_create(
        {row.uid: row for row in rows}.values(),
        update_conflicts=True,
        unique_fields=["uid"],
        update_fields=["uri", "row"],
    )


def _is_free(uid, uri, found):
    """Whether no photo is known by it, or one of another site has claimed it."""
    holder = found.get(uid)
    arrival = getattr(holder, "arrival", None)
    return holder is None or (holder.uid != uid and bool(arrival) and are_of_two_sites(arrival.uri, uri))


def is_reference(picture):
    """Whether nothing is told of it but its id: the library has it, or it may come by itself."""
    return not (picture.file or picture.caption or picture.alt or picture.photographer or picture.hash)
