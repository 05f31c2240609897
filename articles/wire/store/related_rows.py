"""The rows that a batch of items refers to: editions, people, tags, sections, series, photos. Found or created."""

import urllib.parse

from django.db.models import Max
from django.utils.translation import gettext as _

from ..values import normalise
from ..values.item import Term, uid_of
from . import identities, photo_ids
from .identities import Names

NO_SECTION = Term("Berita", "berita")  # if the source gives none


def pictures(item):
    """Every Picture of an item."""
    return [*filter(None, [item.lead]), *item.gallery, *item.pictures]


class RelatedRows:
    """`remarks`: {uid: further remarks on an item}."""

    def __init__(self, items, options):
        self.items, self.options, self.remarks = items, options, {}
        self.editions = {item.uid: options.edition_of(item) for item in items}
        for item in items:
            _name_logins_apart(item)
            if item.section and normalise.is_no_section(item.section.name):
                item.section = None  # "Uncategorized" of any format is not a section here
            self._remark_long_names(item)
        self.sections = {}
        for edition in set(self.editions.values()):
            self._find_sections(edition)
        self.tags = self._names(identities.TAG, [tag for item in items for tag in self._tags(item)])
        self.people = self._names(identities.PERSON, [party for item in items for party in item.people])
        series = [item.series for item in items if item.series]
        self.series = self._names(
            identities.SERIES, series, values=lambda term: {"day_one": getattr(term, "day_one", None)}
        )
        shown = [picture for item in items for picture in pictures(item)]
        self.photos = photo_ids.known(shown)

    def _names(self, kind, terms, **more):
        return Names(kind, terms, shown_may_change=self.options.released, **more).make()

    def _find_sections(self, edition):
        """Find or create sections. A new one is hidden until it has a public story. A loose category creates none."""
        items = [item for item in self.items if self.editions[item.uid] == edition]
        loose = {identities.key(term): term for item in items for term in _loose(item)}
        named = [item.section or NO_SECTION for item in items if not _loose(item)]
        last = edition.sections.aggregate(last=Max("order"))["last"] or 0
        values = {"order": last + 1, "is_provisional": True}
        rest = NO_SECTION if loose else None
        names = Names(
            identities.SECTION,
            filter(None, [*named, *loose.values(), rest]),
            {"edition": edition},
            lambda _term: values,
        )
        firm = {identities.key(term) for term in [*named, *filter(None, [rest])]}
        self.sections[edition.pk] = names.make(may_make=lambda at: at in firm)
        self._remark_new_sections(items, names)

    def _remark_long_names(self, item):
        """Add a remark for each name that is cut to fit its field. The cut name is used to find the row again."""
        named = [(identities.PERSON, party) for party in item.people] + [(identities.TAG, tag) for tag in item.tags]
        if item.section:
            named.append((identities.TAG if item.section.is_loose else identities.SECTION, item.section))
        named += [(identities.SERIES, item.series)] if item.series else []
        for kind, term in named:
            if identities.is_too_long(kind, term):
                sentence = _("a name that is too long, and cut: %(name)s") % {"name": term.name[:200]}
                self.remarks.setdefault(item.uid, []).append(sentence)

    def _remark_new_sections(self, items, names):
        reported = set()
        for item in items:
            at = identities.key(item.section or NO_SECTION)
            if at in names.made and at not in reported:
                reported.add(at)
                sentence = _("a new section, which readers see with its first story: %(name)s")
                self.remarks.setdefault(item.uid, []).append(sentence % {"name": names.made[at].name})

    def section(self, item):
        names = self.sections[self.editions[item.uid].pk]
        if term := self._section_among(item):
            return names.rows[identities.key(term)]
        return names.rows[identities.key(NO_SECTION if _loose(item) else item.section or NO_SECTION)]

    def _section_among(self, item):
        """The category of an item that is a section here, or None."""
        names = self.sections[self.editions[item.uid].pk]
        return next((term for term in _loose(item) if identities.key(term) in names.rows), None)

    def _tags(self, item):
        """The tags of an item; of loose categories, all except its section."""
        if not _loose(item):
            return item.tags
        section = self._section_among(item)
        return [term for term in _loose(item) if term is not section]

    def photo(self, picture):
        return photo_ids.photo_of(picture, self.photos)

    def body(self, one):
        """The text, with the library's ids of its photos."""
        text = one.body
        for picture in one.item.pictures:
            photo = self.photo(picture)
            if photo and photo.uid != picture.uid:
                text = text.replace(f'data-photo="{picture.uid}"', f'data-photo="{photo.uid}"')
        return type(one.body)(text)

    def parts(self, item):
        """[(Person, role)], [Tag], [(Photo, (place, Picture))]: credits, tags and gallery, without duplicates."""
        gallery = {}
        for at, one in enumerate(item.gallery):
            if photo := self.photo(one):
                gallery.setdefault(photo, (at, one))  # awaited photos keep their places, too
        return (
            list(dict.fromkeys((self.people.rows[identities.key(party)], party.role) for party in item.people)),
            list(dict.fromkeys(self.tags.rows[identities.key(tag)] for tag in self._tags(item))),
            list(gallery.items()),
        )

    def awaited(self, item):
        """[(use, order, Picture)]: the photos of an item that are not here yet."""
        used = [("lead", 0, item.lead)] if item.lead else []
        used += [("gallery", order, picture) for order, picture in enumerate(item.gallery)]
        return [row for row in used if self.photo(row[2]) is None]


def _loose(item):
    """The categories of an item whose source has categories but no sections."""
    return [item.section, *item.tags] if item.section and item.section.is_loose else []


def _name_logins_apart(item):
    """Give each login an id with its site, because two sites may use the same login."""
    for party in item.people:
        if party.is_login and not party.uri:
            site = urllib.parse.urlsplit(item.uri).netloc or item.uri.rpartition(":")[0] or str(uid_of(item.uri))
            party.uri = f"https://{site}/#author:{party.name}"
