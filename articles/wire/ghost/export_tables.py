"""The tables of a Ghost export that its posts refer to, kept on disk while the posts are read. Pure.

An export does not contain the address of its site. People and tags are identified by their ids if these are globally
unique; else people by a hash of their e-mail address; else by an id within the site, which is named by its settings.
"""

import contextlib
import re
import uuid

from articles.text import letters

from ..streams.json_parts import scalar
from ..streams.scratch import Scratch
from ..values import normalise
from ..values.item import Party, Term

_SCHEMA = """
    CREATE TABLE tags (id PRIMARY KEY, name, slug, uri);
    CREATE TABLE users (id PRIMARY KEY, name, is_login, uri);
    CREATE TABLE settings (id PRIMARY KEY, value);
    CREATE TABLE posts_tags (post, tag, place);
    CREATE TABLE posts_authors (post, author, place);
    CREATE TABLE posts_meta (id PRIMARY KEY, description, caption, alt, is_email);
"""
_INDEXES = "CREATE INDEX tags_of ON posts_tags (post); CREATE INDEX authors_of ON posts_authors (post);"
_INSERT = {
    "tags": "INSERT OR REPLACE INTO tags VALUES (?, ?, ?, ?)",
    "users": "INSERT OR REPLACE INTO users VALUES (?, ?, ?, ?)",
    "settings": "INSERT OR REPLACE INTO settings VALUES (?, ?)",
    "posts_tags": "INSERT INTO posts_tags VALUES (?, ?, ?)",
    "posts_authors": "INSERT INTO posts_authors VALUES (?, ?, ?)",
    "posts_meta": "INSERT OR REPLACE INTO posts_meta VALUES (?, ?, ?, ?, ?)",
}
_TAGS = """SELECT name, slug, uri FROM posts_tags LEFT JOIN tags ON id = tag
    WHERE post = ? ORDER BY place, posts_tags.rowid"""
_AUTHORS = """SELECT name, is_login, uri FROM posts_authors LEFT JOIN users ON id = author
    WHERE post = ? ORDER BY place, posts_authors.rowid"""
_OF_NO_OTHER_SITE = re.compile(r"[0-9a-f]{24}")
_META = (
    "meta_description",
    "feature_image_caption",
    "feature_image_alt",
    "email_only",
)  # in old exports these belong to the post


class ExportTables(Scratch):
    """The rows that posts refer to: tags, authors, and the meta data of posts."""

    def __init__(self):
        super().__init__(_SCHEMA)

    def keep(self, table, row):
        values = KEPT[table](row)
        if values:
            self.execute(_INSERT[table], values)

    def ready(self):
        self.executescript(_INDEXES)
        settings = dict(self.execute("SELECT id, value FROM settings").fetchall())
        title = settings.get("title")
        self.site = settings.get("site_uuid") or (letters.slug(title) if title else "")

    def tags(self, post):
        """(public tags, the primary one first; how many tags are not in the file)."""
        rows = self.execute(_TAGS, [post]).fetchall()
        seen = [Term(name, slug, uri=self.absolute(uri)) for name, slug, uri in rows if name]
        return seen, sum(name is None for name, _slug, _uri in rows)

    def authors(self, post, only):
        """A Party for each author, None for an unknown one. `only`: the author in exports with one author per post."""
        rows = self.execute(_AUTHORS, [post]).fetchall()
        if not rows and only:
            rows = self.execute("SELECT name, is_login, uri FROM users WHERE id = ?", [only]).fetchall()
            rows = rows or [(None, None, None)]
        return [
            Party(name, "author", uri=self.absolute(uri), is_login=bool(is_login)) if name else None
            for name, is_login, uri in rows
        ]

    def absolute(self, uri):
        """A globally unique id: an id that is unique only within its site gets the site's name. "" without one."""
        if uri.startswith("urn:"):
            return uri
        return f"urn:ghost:{self.site}:{uri}" if self.site else ""

    def meta(self, post):
        """The meta data of a post, by the names that older exports use in the post itself."""
        row = self.execute("SELECT * FROM posts_meta WHERE id = ?", [post]).fetchone()
        return dict(zip(_META, row[1:], strict=True)) if row else {}


def own_uri(kind, row):
    """The id of a row. Only a globally unique id begins with "urn:"."""
    key = scalar(row.get("id"))
    if _OF_NO_OTHER_SITE.fullmatch(key):
        return f"urn:ghost:{kind}:{key}"
    with contextlib.suppress(ValueError):
        return uuid.UUID(scalar(row.get("uuid"))).urn
    if kind == "user" and (mail := normalise.plain(row.get("email")).lower()):
        return uuid.uuid5(uuid.NAMESPACE_URL, f"mailto:{mail}").urn
    return f"{kind}:{key}"


def _tag(row):
    name, slug = normalise.plain(row.get("name")), normalise.plain(row.get("slug"))
    is_internal = row.get("visibility") == "internal" or name.startswith("#")
    return scalar(row.get("id")), "" if is_internal else name or slug, slug, own_uri("tag", row)


def _user(row):
    name, slug = normalise.plain(row.get("name")), normalise.plain(row.get("slug"))
    return scalar(row.get("id")), name or slug, not name, own_uri("user", row)


def _setting(row):
    key = row.get("key")
    return (key, normalise.plain(row.get("value"))) if key in ("site_uuid", "title") else None


def _link(row, other):
    place = row.get("sort_order")
    is_place = isinstance(place, int) and abs(place) < 1 << 32
    return scalar(row.get("post_id")), scalar(row.get(other)), place if is_place else 0


def _meta(row):
    *texts, is_email = _META
    return scalar(row.get("post_id")), *(normalise.plain(row.get(name)) for name in texts), bool(row.get(is_email))


KEPT = {
    "tags": _tag,
    "users": _user,
    "settings": _setting,
    "posts_tags": lambda row: _link(row, "tag_id"),
    "posts_authors": lambda row: _link(row, "author_id"),
    "posts_meta": _meta,
}
