"""Rare parts of stories: corrections, former and old addresses, links between a story and its verification."""

import datetime
import re

from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from articles.models import Address, Correction, OldAddress, Story
from articles.models.story import State
from articles.text import old_paths

from ..values.addresses import host as host_of
from ..values.fields import fitting
from ..values.item import uid_of

OURS = re.compile(r"/([0-9]{4})/([0-9]{2})/([0-9]{2})/([-\w]{1,160})/?\Z")


def store(made, options):
    """Store the rare parts of [(Story, ReadyItem)]. An address that cannot be kept adds a remark to the story."""
    made = [(story, one.item) for story, one in made if not one.item.is_plain]  # most have none of these parts
    Correction.objects.bulk_create(
        (
            Correction(uid=uid_of(one.uri), story=story, kind=one.kind, reason=one.reason, text=one.text, at=one.at)
            for story, item in made
            for one in item.corrections
        ),
        ignore_conflicts=True,
    )
    former = (
        Address(story=story, edition=story.edition, day=day, slug=fitting(Address, "slug", slug))
        for story, item in made
        for day, slug in item.former
    )
    Address.objects.bulk_create(former, ignore_conflicts=True)
    _store_old_addresses([(story, item.old_addresses) for story, item in made if item.old_addresses])
    _verify([(story, item) for story, item in made if item.verified_in or item.verifies], options)


def _store_old_addresses(pairs):
    """An address leads to one story: the first story keeps it, and the other gets a remark."""
    addresses = [(story, path, host) for story, written in pairs for path, host in _paths(story, written)]
    if not addresses:
        return
    paths = {path for _story, path, _host in addresses}
    known = OldAddress.objects.filter(path__in=paths).values_list("edition", "path", "story")
    holders = {(edition, path): story for edition, path, story in known}
    shadowed = _standing_at(paths)
    new = {}
    for story, path, host in addresses:
        place = story.edition_id, path
        other = shadowed.get((story.edition_id, old_paths.bare(path)))
        if holders.setdefault(place, story.pk) != story.pk:
            story.remarks.append(_("an old address that another story has: %(path)s") % {"path": path})
        elif other not in (None, story.pk):
            story.remarks.append(_("an old address at which another story stands here: %(path)s") % {"path": path})
        else:
            new[place] = OldAddress(edition=story.edition, path=path, host=host, story=story)
    OldAddress.objects.bulk_create(new.values(), ignore_conflicts=True)


def _paths(story, written):
    """(path, host) of the old addresses of a story, without duplicates. An unusable address adds a remark."""
    hosts = {}
    for address in written:
        hosts.setdefault(old_paths.of_address(address), host_of(address)[:253])
    for path, host in hosts.items():
        if len(path) > old_paths.LONGEST:
            story.remarks.append(_("an old address that is too long: %(path)s") % {"path": f"{path[:60]} …"})
        elif path and _is_a_page(path):
            story.remarks.append(_("an old address that is a page here: %(path)s") % {"path": path})
        elif path and path != story.get_absolute_url():
            yield path, host


def _is_a_page(path):
    """Whether a fixed page has this path, such as the search or the desk. A path with arguments may have no row."""
    path = old_paths.bare(path)
    if path == "/":
        return False  # ?p=603 is looked up as an old address
    try:
        match = resolve(path)
    except Resolver404:
        return path.startswith("/admin/")
    return not (match.args or match.kwargs) or path.startswith("/admin/")


def _standing_at(paths):
    """{(edition, path): story} for stories whose present address is one of these paths."""
    matches = {path: OURS.match(path) for path in map(old_paths.bare, paths)}
    parts = {path: match.groups() for path, match in matches.items() if match}
    if not parts:
        return {}
    places = {}
    for path, (year, month, day, slug) in parts.items():
        try:
            places[datetime.date(int(year), int(month), int(day)), slug] = path
        except ValueError:  # no day of any calendar
            continue
    days, slugs = {day for day, _slug in places}, {slug for _day, slug in places}
    rows = Story.objects.filter(day__in=days, slug__in=slugs).values_list("edition", "day", "slug", "pk")
    return {(edition, places[day, slug]): pk for edition, day, slug, pk in rows if (day, slug) in places}


def _verify(pairs, options):
    """Link stories to the stories that verify them. A story that was written here is never changed.

    A public story is linked only with `released`.
    """
    if not pairs:
        return
    reachable = options.reachable() if options.released else options.reachable().exclude(state=State.RELEASED)
    uids = {uid_of(uri) for _story, item in pairs for uri in [item.verified_in, *item.verifies] if uri}
    settling = options.reachable().filter(uid__in=uids).in_bulk(field_name="uid")
    for story, item in pairs:
        other = settling.get(uid_of(item.verified_in)) if item.verified_in else None
        if other and other.pk != story.pk:
            story.verified_in = other
            Story.objects.filter(pk=story.pk).update(verified_in=other)
        if item.verifies:
            settled = reachable.filter(uid__in=map(uid_of, item.verifies), arrival__isnull=False)
            settled.exclude(pk=story.pk).update(verified_in=story)
