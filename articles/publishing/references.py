"""The rows to which a snapshot points: people, tags, photos …, by public ids that never change.

Older revisions point to people, tags, series and sections by slug. FormerKey says which row had that slug then; its
owner today may be another. If a row is gone, it is named and nothing is restored: a byline without its author is worse
than none.
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
        if field.is_relation and field.name != "edition"  # the edition stays as it is
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
BY_SLUG = {Person: "person", Tag: "tag", Series: "series", Section: "section"}  # used before there were public ids


def names_of(story, people, tags, photos):
    """{public id: name} of the rows to which a story's snapshot points, so that a deleted row can still be named.

    The headline of the verifying story is left out: it may belong to another desk.
    """
    alone = [getattr(story, name) for name in ALONE if POINTING[name] is not Story]
    return {str(row.uid): str(row) for row in [*alone, *photos, *people, *tags] if row}


def public_id(row):
    """The id by which a snapshot points to a row. An edition has only its slug."""
    return str(getattr(row, "uid", None) or row.slug)


def keys_in(name, value):
    """The keys by which a part of a snapshot points to rows, in order."""
    if name in ("credits", "gallery"):
        return [str(key) for key, _other in value]
    return [str(key) for key in (value if name == "tags" else [value] if value else [])]


class References:
    """The rows to which a snapshot, or a part of one, points. `missing`: sentences about rows that are gone.

    Afterwards `snapshot` has public ids, and each tag once. `edition`: the slug to use if the snapshot has none.
    """

    def __init__(self, snapshot, edition=""):
        self.names = dict(snapshot.get("names", {}))  # by the keys of the original snapshot, and by public ids
        self.edition = snapshot.get("edition", edition)
        self.rows, self.missing = {}, []
        keys_by_model = {}
        for name in POINTING.keys() & snapshot.keys():
            keys_by_model.setdefault(POINTING[name], set()).update(keys_in(name, snapshot[name]))
        for model, keys in keys_by_model.items():
            self._find(model, keys)
        self.snapshot = {
            name: self._settled(name, value) if name in POINTING else value for name, value in snapshot.items()
        }
        self._look_into(snapshot.get("body"))

    def row(self, name, key):
        """The row to which part `name` points by `key`; None for an empty key or a deleted row."""
        return self.rows.get((POINTING[name], str(key))) if key else None

    def name(self, key):
        """The name that the row of `key` has or had; the key itself if it is unknown."""
        return self.names.get(str(key), str(key))

    def _find(self, model, keys):
        former = self._former(model, keys)
        uids = {key: former[key].uid if key in former else _uid(key) for key in keys}
        rows = model.objects.in_bulk([uid for uid in uids.values() if uid], field_name="uid")
        for key in sorted(keys):
            if key in former:
                self.names.setdefault(key, former[key].name)
            if row := rows.get(uids[key]):
                self.rows[model, key] = self.rows[model, str(row.uid)] = row
                if model is not Story:
                    self.names.setdefault(str(row.uid), self.names.get(key, str(row)))
            else:
                self.missing.append(str(GONE[model] % {"name": self.name(key)}))

    def _former(self, model, keys):
        """{key: FormerKey} of the keys that are known former slugs."""
        if model not in BY_SLUG:
            return {}
        known = {former_key(model, key, self.edition): key for key in keys}
        rows = FormerKey.objects.filter(kind=BY_SLUG[model], key__in=known)
        return {known[former.key]: former for former in rows}

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
        """Photos inside the text. Links to deleted stories need no check, because a page leaves them out."""
        captions = {block.uid: block.caption for block in body.blocks(html or "") if block.kind == "figure"}
        if captions:
            existing = {str(uid) for uid in Photo.objects.filter(uid__in=captions).values_list("uid", flat=True)}
            self.missing += [
                str(GONE[Photo] % {"name": caption or uid}) for uid, caption in captions.items() if uid not in existing
            ]


def _uid(key):
    try:
        return uuid.UUID(key)
    except ValueError:
        return None


def former_key(model, key, edition):
    """The key in FormerKey: a slug, with its edition for a section; or a public id."""
    return f"{edition}/{key}" if model is Section and not _uid(key) else key


def keep_keys(snapshots):
    """Store whom the slugs in old snapshots mean today, unless that is stored already.

    Call it where such snapshots are stored: later readers of them no longer look up slugs among the rows.
    """
    keys_by_model = {}
    for snapshot in snapshots:
        for name in POINTING.keys() & snapshot.keys():
            keys = {key for key in keys_in(name, snapshot[name]) if not _uid(key)}
            if keys and (model := POINTING[name]) in BY_SLUG:
                keys_by_model.setdefault((model, model is Section and snapshot.get("edition")), set()).update(keys)
    for (model, edition), keys in keys_by_model.items():
        of_edition = {"edition__slug": edition} if model is Section else {}
        rows = {row.slug: row for row in model.objects.filter(slug__in=keys, **of_edition)}
        by_key = {key: row for key in keys if (row := rows.get(letters.slug(key)))}  # older slugs: not only ASCII
        new = [
            FormerKey(kind=BY_SLUG[model], key=former_key(model, key, edition), uid=row.uid, name=str(row)[:120])
            for key, row in by_key.items()
        ]
        FormerKey.objects.bulk_create(new, ignore_conflicts=True)
