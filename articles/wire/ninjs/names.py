"""The names in a ninjs object: credits, sections, tags, and the note of all that has no field here. Pure."""

import json
import re

from django.utils.translation import gettext as _

from articles.models.person import Role
from articles.text import letters

from ..values import bylines, normalise
from ..values.item import Party, Term
from .parts import identity, literal, named, relation, rows, word

ROLES = {
    **{role.value: role for role in Role},
    "by": Role.AUTHOR, "byline": Role.AUTHOR, "creator": Role.AUTHOR, "writer": Role.AUTHOR, "reporter": Role.AUTHOR,
    "journalist": Role.AUTHOR, "correspondent": Role.AUTHOR, "penulis": Role.AUTHOR, "penyunting": Role.EDITOR,
    "fotografer": Role.PHOTOGRAPHER, "photo": Role.PHOTOGRAPHER, "kontributor": Role.CONTRIBUTOR,
    "penerjemah": Role.TRANSLATOR,
}  # fmt: skip
MENTIONED = {"", "about", "mentions", "mention", "subject", "depicts", "shows", "quoted", "names"}
SECTIONS = {"category", "section"}
LONGEST = 1_000  # characters of a field in the note
_BY = re.compile(r"^(?:von|par|por|av)\s+", re.I)  # in other languages; bylines.py has ours
_NOTED = {  # {name in 3.1: spellings} of data without a field of Story; the first present spelling counts
    "edNote": ["ednote"], "usageTerms": ["usageterms"], "copyrightHolder": ["copyrightholder"],
    "copyrightNotice": ["copyrightnotice"], "people": [], "organisations": ["organisations", "organisation"],
    "places": ["places", "place"], "objects": ["objects", "object"], "events": [], "rightsInfo": ["rightsinfo"],
    "aiInfo": ["aiinfo"], "evolvedFrom": ["evolvedfrom"], "extra": ["extra"],
    "trustIndicators": ["trustindicators", "trustindicator"], "infoSources": ["infosources", "infosource", "source"],
    "genres": ["genres", "genre"], "attachments": ["attachments"], "annotations": ["annotations"],
}  # fmt: skip
_EXPECTED = {"copyrightHolder", "infoSources", "genres"}  # in every story of an agency: kept without a remark


def read_people(item, data, is_ours):
    """Read the credits of an item: its people with a role, or else its byline. Slugs are read only from our files."""
    for row in [*rows(data, "people", "person"), *({"rel": "author", **one} for one in rows(data, "authors"))]:
        name, rel = word(row, "name"), relation(row, "role")
        if not name or rel in MENTIONED:
            continue
        if rel not in ROLES:
            item.remarks.append(_("the unknown role “%(role)s” became contributor") % {"role": rel[:40]})
        slug = literal(row) if is_ours else ""
        item.people.append(Party(name, ROLES.get(rel, Role.CONTRIBUTOR).value, slug, uri=identity(row)))
    by = word(data, "by", "byline")
    if by and not any(party.role == Role.AUTHOR for party in item.people):
        item.people = [Party(name, role) for name, role in _by(by, data, item.remarks)] + item.people
    elif by and not is_ours:
        _remark_others(by, item, data)


def _remark_others(by, item, data):
    """Tell of a byline that names people who are not among the authors of the item."""
    known = {letters.folded(party.name) for party in item.people}
    if any(letters.folded(name) not in known for name, _role in _by(by, data, [])):
        item.remarks.append(
            _("Its byline names others than its authors, who were taken: %(byline)s") % {"byline": by[:80]}
        )


def _by(written, data, remarks):
    """The people of a byline, without an agency that follows them: "Von Christian Hollmann, dpa"."""
    people = bylines.people(_BY.sub("", written), remarks)
    agencies = {letters.folded(name) for name in (word(data, "copyrightholder"), *named(data, "infosources")) if name}
    return [pair for pair in people if letters.folded(pair[0]) not in agencies] or people


def read_subjects(item, data, is_ours):
    """Read section and tags. Slugs are read only from our files, because the literal of others is a code."""
    for row in [*({"rel": "category", **one} for one in rows(data, "service")), *rows(data, "subjects", "subject")]:
        name, rel = word(row, "name"), relation(row)
        if rel == "duty" or not name or (rel in SECTIONS and normalise.is_no_section(name)):
            continue
        slug = literal(row) if is_ours else ""
        if rel in SECTIONS and item.section is None:
            item.section = Term(name, slug, uri=identity(row))
        else:
            item.tags.append(Term(name, slug if rel == "topic" else "", uri=identity(row)))
    if keywords := rows(data, "keywords", "keyword"):
        _read_keywords(item, keywords)


def _read_keywords(item, keywords):
    known = {letters.folded(term.name) for term in item.tags}
    for row in keywords:
        for name in filter(None, (part.strip() for part in word(row, "name").split(","))):
            if letters.folded(name) not in known:
                known.add(letters.folded(name))
                item.tags.append(Term(name))


def read_note(item, data, left_out):
    """Write data without a field of Story into the note for the story's history, which only the desk sees."""
    notes = [(name, _as_text(data.get(key))) for name, keys in _NOTED.items() for key in keys if data.get(key)]
    notes += [("people", ", ".join(_mentioned(data))), ("events", ", ".join(_events(data)))]
    notes = [(name, " ".join(text.split())[:LONGEST]) for name, text in [*notes, *left_out]]
    notes = dict(pair for pair in reversed(notes) if pair[1])
    item.note = "\n".join(f"{name}: {notes[name]}" for name in reversed(notes))
    for name in reversed(notes):
        if name not in _EXPECTED:
            item.remarks.append(_("“%(field)s” has no field here: it is kept in the history") % {"field": name})


def _mentioned(data):
    people = rows(data, "people", "person")
    return [name for row in people if relation(row) in MENTIONED and (name := word(row, "name"))]


def _events(data):
    return [name for row in rows(data, "events", "event") if relation(row) != "series" and (name := word(row, "name"))]


def _as_text(value):
    """The names in a list, or the value itself, as readable text."""
    if isinstance(value, str):
        return value
    return ", ".join(named({"these": value}, "these")) or json.dumps(value, ensure_ascii=False)
