"""Finds or creates the people, tags, series and sections that a source names. The order of the search:

1. By the source's own id, which is remembered (models/wire/source.py) and stays valid after a change of name.
2. By the exact name (letters.folded). Never by a slug, because 王丽 and 王力 have the same slug.
3. By the name at an earlier import, if the desk has changed it since.

Otherwise a row is created, with a slug that no row has or had. A login is not a name: it is found only by its id, and
is replaced when the name comes.
"""

import functools
import hashlib
import uuid
from typing import NamedTuple

from django.db.models import Exists, F, OuterRef, Q, prefetch_related_objects

from articles.models import (
    Credit,
    FormerKey,
    FormerPersonSlug,
    FormerSectionSlug,
    FormerSeriesSlug,
    FormerTagSlug,
    Person,
    Section,
    Series,
    SourcePerson,
    SourceSection,
    SourceSeries,
    SourceTag,
    Tag,
)
from articles.models.story import State
from articles.text import letters

from ..values.fields import fitting


class Kind(NamedTuple):
    model: type
    name: str
    source: type
    former: type


PERSON = Kind(Person, "name", SourcePerson, FormerPersonSlug)
TAG = Kind(Tag, "name", SourceTag, FormerTagSlug)
SERIES = Kind(Series, "kicker", SourceSeries, FormerSeriesSlug)
SECTION = Kind(Section, "name", SourceSection, FormerSectionSlug)


_NAMES = uuid.UUID("0f9c1f3e-6f0b-4d55-9a3c-6f6f3a2b7c11")  # namespace of names; ids use NAMESPACE_URL


_NAME, _LOGIN = " name:", " login:"  # an id of a source never begins with a space


def is_too_long(kind, term):
    """Whether a name is too long for its field."""
    return len(term.name) > kind.model._meta.get_field(kind.name).max_length


def key(term):
    """The key of a Term or Party: equal keys in a batch mean the same row."""
    if term.uri:
        return term.uri
    return f"{_LOGIN if getattr(term, 'is_login', False) else _NAME}{letters.folded(term.name)}"


def is_login(party):
    """Whether a name is only a login. WordPress shows the login of a person without a name, too."""
    return getattr(party, "is_login", False) or (
        hasattr(party, "role") and bool(party.uri) and party.uri.endswith(f":{party.name}")
    )


class Names:
    """The rows of one kind for the terms of a batch. `rows`: all by key; `made`: the new ones by key.

    `within`: a filter for all rows ({"edition": edition}). `values`: further fields of a new row.
    """

    def __init__(self, kind, terms, within=None, values=lambda term: {}, shown_may_change=True):
        self.kind, self.within, self.values = kind, within or {}, values
        self.shown_may_change = shown_may_change
        self.terms = {}
        for term in terms:
            if (first := self.terms.setdefault(key(term), term)) is not term and is_login(first) > is_login(term):
                self.terms[key(term)] = term
        self.names = {at: self._name(term) for at, term in self.terms.items()}
        self.rows, self.made, self.remembered = {}, {}, {}
        if self.terms:
            self._find()

    def _name(self, term):
        return fitting(self.kind.model, self.kind.name, term.name) or slug_of(term)

    def _find(self):
        self.remembered, self.by_name = self._remembered(), self._by_name()
        self._fetch_rows()
        for at, term in self.terms.items():
            if term.uri and (source := self.remembered.get(_uid_of(at))):
                self.rows[at] = source.row
        for at, term in self.terms.items():
            if at not in self.rows and not is_login(term) and (row := self._named(at)):
                self.rows[at] = row
        self._name_logins()

    def _remembered(self):
        uids = {_uid_of(at) for at in self.terms} | {_uid_of_name(name) for name in self.names.values()}
        return {source.uid: source for source in self.kind.source.objects.filter(uid__in=uids, **self.within)}

    def _fetch_rows(self):
        """Fetch the rows of remembered ids in one query, except rows that are found by their name anyway."""
        by_id = {_uid_of(at) for at, term in self.terms.items() if term.uri}
        lost = {_uid_of_name(name) for name in self.names.values() if letters.folded(name) not in self.by_name}
        prefetch_related_objects([self.remembered[uid] for uid in by_id | lost if uid in self.remembered], "row")

    def _by_name(self):
        """{folded name: row}. The query also compares slugs, which finds most other spellings of a name."""
        model, names = self.kind.model, list(dict.fromkeys(self.names.values()))
        if model is Tag:
            asked = Q(folded__in=names)
        else:
            asked = Q(**{f"{self.kind.name}__in": names}) | Q(slug__in=[letters.slug(name) for name in names])
        rows = model.objects.filter(asked, **self.within).order_by("-pk")  # of several rows, the oldest wins
        if model is Person:
            rows = rows.exclude(source_ids__login__gt="")
        return {letters.folded(getattr(row, self.kind.name)): row for row in rows}

    def _named(self, at):
        """The row that has the name of a term now, or had it at an earlier import."""
        name = self.names[at]
        if row := self.by_name.get(letters.folded(name)):
            return row
        source = self.remembered.get(_uid_of_name(name))
        return source.row if source else None

    def make(self, may_make=lambda at: True):
        """Create the missing rows, and remember the ids of all. Returns self."""
        missing = [at for at in self.terms if at not in self.rows and may_make(at)]
        self._led_by_former_slugs(missing)
        new = []
        for at in missing:
            if at in self.rows:
                continue
            name, term = self.names[at], self.terms[at]
            if not is_login(term) and (row := self.by_name.get(letters.folded(name))):
                self.rows[at] = row  # created for another term of the batch
                continue
            row = self.kind.model(**{self.kind.name: name}, **self.within, **self.values(term))
            row.slug = slug_of(term)
            self.rows[at] = self.made[at] = row
            new.append(row)
            if not is_login(term):
                self.by_name[letters.folded(name)] = row
        self._give_slugs(new)
        self.kind.model.objects.bulk_create(new)
        self._remember()
        return self

    def _led_by_former_slugs(self, missing):
        """Find tags, series and sections by a former slug that is as exact as the name. People are never found so."""
        slugs = {letters.slug(self.names[at]): at for at in missing if _says_all(self.names[at])}
        if slugs and self.kind is not PERSON:
            rows = self.kind.model.objects.filter(former_slugs__slug__in=slugs, **self.within)
            for row in rows.annotate(was=F("former_slugs__slug")):
                if row.was in slugs:
                    self.rows[slugs[row.was]] = row

    def _give_slugs(self, rows):
        """Give each row a slug that no other row has or had, so that no address changes its meaning."""
        longest = self.kind.model._meta.get_field("slug").max_length
        for row in rows:
            row.slug = row.slug[:longest].strip("-_")
        taken = self._taken({row.slug for row in rows})
        twice = {row.slug for row in rows if row.slug in taken} | _repeated(row.slug for row in rows)
        taken |= self._taken({_numbered(slug, at, longest) for slug in twice for at in range(2, 10)})
        for row in rows:
            name = getattr(row, self.kind.name)
            others = [_numbered(row.slug, at, longest) for at in range(2, 10)]
            others.append(f"{row.slug[: longest - 9]}-{hashlib.blake2b(name.encode(), digest_size=4).hexdigest()}")
            others.append(f"{row.slug[: longest - 13]}-{row.uid.hex[:12]}")
            row.slug = next(slug for slug in [row.slug, *others] if slug not in taken)
            taken.add(row.slug)

    def _taken(self, slugs):
        if not slugs:
            return set()
        return {
            slug
            for model in (self.kind.model, self.kind.former)
            for slug in model.objects.filter(slug__in=slugs, **self.within).values_list("slug", flat=True)
        }

    def _remember(self):
        new = {}
        for at, row in self.rows.items():
            term, uid = self.terms[at], _uid_of(at)
            if uid not in self.remembered:
                login = {"login": row.name} if self.kind is PERSON and is_login(term) and at in self.made else {}
                new[uid] = self.kind.source(uid=uid, uri=at.strip()[:1000], row=row, **self.within, **login)
        self.kind.source.objects.bulk_create(new.values(), ignore_conflicts=True)

    # A name in the place of a login -------------------------------------------------------

    def _name_logins(self):
        """Replace logins whose names have come. A login that readers see stays, unless it may be changed."""
        if self.kind is not PERSON:
            return
        waiting = {
            at: source
            for at, term in self.terms.items()
            if (source := self.remembered.get(_uid_of(at))) and source.login and not is_login(term)
        }
        seen = set() if self.shown_may_change else _shown_people([source.row for source in waiting.values()])
        for at, source in waiting.items():
            if source.row_id not in seen:
                self._name_login(at, source)

    def _name_login(self, at, source):
        """Give the person the name. If another person has it already, that one gets the stories."""
        person, name = source.row, self.names[at]
        other = self.by_name.get(letters.folded(name))
        if person.name == source.login:  # otherwise the desk has named the person
            if other and other.pk != person.pk:
                if not _merge(person, other):
                    return
                self.rows[at] = source.row = other
            else:
                person.name, person.slug = name, slug_of(self.terms[at])
                if person.slug != Person.objects.filter(pk=person.pk).values_list("slug", flat=True).first():
                    self._give_slugs([person])
                person.save()
                self.by_name[letters.folded(name)] = person
        SourcePerson.objects.filter(pk=source.pk).update(login="", row=source.row)


def _shown_people(people):
    """The primary keys of people whose names readers see."""
    shown = Credit.objects.filter(person__in=people, story__state__in=[State.RELEASED, State.WITHDRAWN])
    return set(shown.values_list("person_id", flat=True)) | {
        person.pk for person in people if person.user_id or person.positions.exists() or person.answers_for.exists()
    }


def _merge(person, other):
    """Merge a person into another. Returns False if the desk has edited the first, who then stays."""
    if person.user_id or person.title or person.bio or person.portrait_id:
        return False
    if person.positions.exists() or person.answers_for.exists():
        return False
    has_too = Credit.objects.filter(person=other, story=OuterRef("story"), role=OuterRef("role"))
    Credit.objects.filter(~Exists(has_too), person=person).update(person=other)
    Credit.objects.filter(person=person).delete()
    SourcePerson.objects.filter(row=person).update(row=other)
    former = {"kind": "person", "key": str(person.uid), "uid": other.uid, "name": other.name}
    FormerKey.objects.bulk_create([FormerKey(**former)], ignore_conflicts=True)
    person.delete()
    return True


def slug_of(term):
    """The wished slug of a Term or Party: its own, or made from its name; never empty."""
    return letters.spelt(term.slug) or letters.slug(term.name)


@functools.lru_cache(10_000)
def _uid_of(at):
    """The stored form of a key. A UUID is hashed as well, so that nobody can choose the stored form of another id."""
    is_id = not at.startswith((_NAME, _LOGIN))
    return uuid.uuid5(uuid.NAMESPACE_URL if is_id else _NAMES, at.strip())


def _uid_of_name(name):
    return _uid_of(f"{_NAME}{letters.folded(name)}")


def _says_all(name):
    """Whether the slug stands for exactly one name: true for Rusia, false for C++ and 王丽."""
    return letters.folded(name).replace(" ", "-") == letters.slug(name)


def _numbered(slug, number, longest):
    return f"{slug[: longest - 2]}-{number}"


def _repeated(slugs):
    seen, twice = set(), set()
    for slug in slugs:
        (twice if slug in seen else seen).add(slug)
    return twice
