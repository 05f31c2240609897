"""What a snapshot points at: people, tags, photos … by their public ids, which nobody renames.

In revisions from before there were public ids, people, tags, series and sections stand by slug. Such a slug means whom
it meant then (FormerKey), never who has it now. What is not there any more is told by its name, and nothing is made of
the rest: a byline without its author is worse than none.
"""

import uuid

from django.utils.translation import gettext_lazy as _

from articles.field_uses import Use
from articles.models import FormerKey, Person, Photo, Section, Series, Story, Tag
from articles.text import body, letters

POINTING = {
    **{
        field.name: field.related_model
        for field in Story.field_uses.fields(Use.REVISIONS)
        if field.is_relation and field.name != "edition"  # which stays as it is
    },
    "credits": Person,
    "tags": Tag,
    "gallery": Photo,
}
LISTED = ("credits", "tags", "gallery")
ALONE = [name for name in POINTING if name not in LISTED]
GONE = {
    Person: _("The person “%(name)s” is not there any more."),
    Tag: _("The tag “%(name)s” is not there any more."),
    Series: _("The series “%(name)s” is not there any more."),
    Section: _("The section “%(name)s” is not there any more."),
    Photo: _("The photo “%(name)s” is not there any more."),
    Story: _("The story that verifies it is not there any more."),
}
BY_SLUG = {Person: "person", Tag: "tag", Series: "series", Section: "section"}  # until there were public ids


def names_of(story, people, tags, photos):
    """{public id: name} of what the snapshot of a story points at, so that it can be told when it is gone.

    But not the headline of the story that verifies this one: it may be another desk's.
    """
    alone = [getattr(story, name) for name in ALONE if POINTING[name] is not Story]
    return {str(row.uid): str(row) for row in [*alone, *photos, *people, *tags] if row}


def public_id(row):
    """By which a snapshot points at a row; an edition has only its slug."""
    return getattr(row, "uid", None) or row.slug


def keys_in(name, value):
    """The keys by which a part of a snapshot points at rows, in order."""
    if name in ("credits", "gallery"):
        return [str(key) for key, _told in value]
    return [str(key) for key in (value if name == "tags" else [value] if value else [])]


class References:
    """The rows that `told`, a snapshot or a part of one, points at; `missing`: sentences about those that are gone.

    `told` tells them by public id then, each tag once. `edition`: the slug of its edition, where it does not tell it.
    """

    def __init__(self, told, edition=""):
        self.names = dict(told.get("names", {}))  # by the keys of what `told` was, and by public ids
        self.edition = told.get("edition", edition)
        self.rows, self.missing = {}, []
        wanted = {}
        for name in POINTING.keys() & told.keys():
            wanted.setdefault(POINTING[name], set()).update(keys_in(name, told[name]))
        for model, keys in wanted.items():
            self._find(model, keys)
        self.told = {name: self._settled(name, value) if name in POINTING else value for name, value in told.items()}
        self._look_into(told.get("body"))

    def row(self, name, key):
        """The row at which the part `name` points by `key`; None for no key, or where it is gone."""
        return self.rows.get((POINTING[name], str(key))) if key else None

    def name(self, key):
        """What the row was called that `key` points at, or is called; the key itself where nobody knows."""
        return self.names.get(str(key), str(key))

    def _find(self, model, keys):
        former = self._former(model, keys)
        uids = {key: former[key].uid if key in former else _uid(key) for key in keys}
        found = model.objects.in_bulk([uid for uid in uids.values() if uid], field_name="uid")
        for key in sorted(keys):
            if key in former:
                self.names.setdefault(key, former[key].name)
            if row := found.get(uids[key]):
                self.rows[model, key] = self.rows[model, str(row.uid)] = row
                if model is not Story:
                    self.names.setdefault(str(row.uid), self.names.get(key, str(row)))
            else:
                self.missing.append(str(GONE[model] % {"name": self.name(key)}))

    def _former(self, model, keys):
        """{key: FormerKey} of those keys that are no public ids of rows, as far as they are known."""
        if model not in BY_SLUG:
            return {}
        known = {former_key(model, key, self.edition): key for key in keys}
        found = FormerKey.objects.filter(kind=BY_SLUG[model], key__in=known)
        return {known[former.key]: former for former in found}

    def _settled(self, name, value):
        if name in ("credits", "gallery"):
            return [[self._key(name, key), other] for key, other in value]
        if name == "tags":
            return list(dict.fromkeys(self._key(name, key) for key in value))
        return self._key(name, value) if value else value

    def _key(self, name, key):
        row = self.row(name, key)
        return str(row.uid if row else key)

    def _look_into(self, html):
        """The photos of the text itself. A story that it leads to is left out of a page by itself when it is gone."""
        held = {block.uid: block.caption for block in body.blocks(html or "") if block.kind == "figure"}
        if held:
            there = {str(uid) for uid in Photo.objects.filter(uid__in=held).values_list("uid", flat=True)}
            self.missing += [
                str(GONE[Photo] % {"name": caption or uid}) for uid, caption in held.items() if uid not in there
            ]


def _uid(key):
    try:
        return uuid.UUID(key)
    except ValueError:
        return None


def former_key(model, key, edition):
    """As FormerKey has it: a slug, which for a section is one of its edition's; or a public id."""
    return f"{edition}/{key}" if model is Section and not _uid(key) else key


def keep_keys(snapshots):
    """Keep whom the slugs of snapshots from before public ids mean today, if nothing else is kept of them.

    For whoever stores such snapshots: from then on no slug of theirs is asked of the rows again.
    """
    wanted = {}
    for told in snapshots:
        for name in POINTING.keys() & told.keys():
            keys = {key for key in keys_in(name, told[name]) if not _uid(key)}
            if keys and (model := POINTING[name]) in BY_SLUG:
                wanted.setdefault((model, model is Section and told.get("edition")), set()).update(keys)
    for (model, edition), keys in wanted.items():
        of_edition = {"edition__slug": edition} if model is Section else {}
        rows = {row.slug: row for row in model.objects.filter(slug__in=keys, **of_edition)}
        by_key = {key: row for key in keys if (row := rows.get(letters.slug(key)))}  # slugs were more than ASCII once
        kept = [
            FormerKey(kind=BY_SLUG[model], key=former_key(model, key, edition), uid=row.uid, name=str(row)[:120])
            for key, row in by_key.items()
        ]
        FormerKey.objects.bulk_create(kept, ignore_conflicts=True)
