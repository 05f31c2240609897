"""The tables of a Ghost export that its posts refer to, kept on disk while the posts are read. Pure."""

from . import mending
from .item import Term
from .json_parts import scalar
from .scratch import Scratch

_SCHEMA = """
    CREATE TABLE tags (id PRIMARY KEY, name, slug);
    CREATE TABLE users (id PRIMARY KEY, name, slug);
    CREATE TABLE posts_tags (post, tag, place);
    CREATE TABLE posts_authors (post, author, place);
    CREATE TABLE posts_meta (id PRIMARY KEY, description, caption, alt, is_email);
"""
_INDEXES = "CREATE INDEX tags_of ON posts_tags (post); CREATE INDEX authors_of ON posts_authors (post);"
_INSERT = {
    "tags": "INSERT OR REPLACE INTO tags VALUES (?, ?, ?)",
    "users": "INSERT OR REPLACE INTO users VALUES (?, ?, ?)",
    "posts_tags": "INSERT INTO posts_tags VALUES (?, ?, ?)",
    "posts_authors": "INSERT INTO posts_authors VALUES (?, ?, ?)",
    "posts_meta": "INSERT OR REPLACE INTO posts_meta VALUES (?, ?, ?, ?, ?)",
}
_TAGS = """SELECT name, slug FROM posts_tags JOIN tags ON id = tag
    WHERE post = ? ORDER BY place, posts_tags.rowid"""
_AUTHORS = """SELECT name, slug FROM posts_authors LEFT JOIN users ON id = author
    WHERE post = ? ORDER BY place, posts_authors.rowid"""
_META = "meta_description", "feature_image_caption", "feature_image_alt", "email_only"  # in old exports, of the post


class Referred(Scratch):
    """What posts refer to: tags, authors, and what is said of a post in a table of its own."""

    def __init__(self):
        super().__init__(_SCHEMA)

    def keep(self, table, row):
        values = KEPT[table](row)
        if values:
            self.execute(_INSERT[table], values)

    def ready(self):
        self.executescript(_INDEXES)

    def tags(self, post):
        """Those that readers see, the primary one first."""
        return [Term(name, slug) for name, slug in self.execute(_TAGS, [post]) if name]

    def authors(self, post, only):
        """[(name, slug)], with None where an author is unknown. `only`: the author in exports that know but one."""
        found = self.execute(_AUTHORS, [post]).fetchall()
        if not found and only:
            found = self.execute("SELECT name, slug FROM users WHERE id = ?", [only]).fetchall()
            return found or [(None, None)]
        return found

    def meta(self, post):
        """Texts by the names that they have in older posts themselves."""
        found = self.execute("SELECT * FROM posts_meta WHERE id = ?", [post]).fetchone()
        return dict(zip(_META, found[1:], strict=True)) if found else {}


def _tag(row):
    name, slug = mending.plain(row.get("name")), mending.plain(row.get("slug"))
    is_internal = row.get("visibility") == "internal" or name.startswith("#")
    return None if is_internal else (scalar(row.get("id")), name or slug, slug)


def _user(row):
    name, slug = mending.plain(row.get("name")), mending.plain(row.get("slug"))
    return scalar(row.get("id")), name or slug, slug


def _link(row, other):
    place = row.get("sort_order")
    is_place = isinstance(place, int) and abs(place) < 1 << 32
    return scalar(row.get("post_id")), scalar(row.get(other)), place if is_place else 0


def _meta(row):
    *texts, is_email = _META
    return scalar(row.get("post_id")), *(mending.plain(row.get(name)) for name in texts), bool(row.get(is_email))


KEPT = {
    "tags": _tag,
    "users": _user,
    "posts_tags": lambda row: _link(row, "tag_id"),
    "posts_authors": lambda row: _link(row, "author_id"),
    "posts_meta": _meta,
}
