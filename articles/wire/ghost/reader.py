"""Ghost's JSON export, of Ghost 0.4 to 6: the tables of its database. Pure.

The file is read twice: first the tables that posts refer to, which may come before or after them, then the posts. The
tables are kept in a temporary file on disk, so that memory holds only one post at a time.
"""

import contextlib
import re
import urllib.parse
import uuid

from django.utils.translation import gettext as _

from ..html import convert
from ..streams import json_parts
from ..streams.json_parts import scalar
from ..streams.scratch import rewindable
from ..values import normalise
from ..values.item import Item, Passed, Picture, Refusal
from . import export_tables, text

_ROOTS = [], ["data"], ["db", None, "data"]
_HERE = re.compile("__GHOST_URL__/?")  # stands for the address of the site
_GATED = re.compile(r"<!--\s*kg-gated-block:begin(.{0,300}?)-->(.*?)(?:<!--\s*kg-gated-block:end\s*-->|\Z)", re.S)
_LEFT_OUT = "<!--left out-->"
_OPEN = re.compile(r"""\bnonMember:["']?true""")
_FILE = re.compile(r"""\b(?:href|src)=["'](/content/(?:files|media)/[^"'<>\s]{1,500})["']""")
_RECORDING = re.compile(
    r"""<(?:audio|video)\s[^<>]{0,2000}?\bsrc=["'](/content/media/[^"'<>\s]{1,500})["'][^<>]{0,2000}>"""
)
_SOURCE = "title", "slug", "status", "visibility", "published_at", "updated_at", "custom_excerpt", "type", "email_only"
_SIZED = re.compile(r"(/content/images/)(?:size/w\d+(?:h\d+)?/)?(?:format/\w+/)?")


def read(file, zone):
    """(position, Item, Passed or Refusal) for every post of an export (wire/values/item.py). Pages are passed over."""
    tables = set()
    with rewindable(file) as export, contextlib.closing(export_tables.ExportTables()) as referred:
        start = export.tell()
        flaw = _fill(referred, export)
        export.seek(start)
        for number, (_table, post) in enumerate(_rows(export, {"posts"}, tables), 1):
            if _is_page(post):
                yield _position(number, post), Passed(_("page"), normalise.plain(post.get("title"))[:200])
            else:
                yield _position(number, post), _entry(post, referred, zone, flaw)
    if "posts" not in tables:
        raise Refusal(_("This is no export of Ghost: it has no table of posts."))


def _fill(referred, export):
    """Store the rows that posts refer to. Returns whether the file is broken; the second reading reports the place."""
    try:
        for table, row in _rows(export, export_tables.KEPT, set()):
            if isinstance(row, dict):
                referred.keep(table, row)
    except Refusal:
        return True
    finally:
        referred.ready()
    return False


def _rows(export, names, seen):
    """(table, row) for each row of the tables with these names; `seen` collects the names of all tables."""

    def matches(path):
        if path and path[:-1] in _ROOTS:
            seen.add(path[-1])
        return len(path) > 1 and path[-1] is None and path[-2] in names and path[:-2] in _ROOTS

    return ((path[-2], row) for path, row in json_parts.parts(export, matches))


def _is_page(post):
    return isinstance(post, dict) and (post.get("type", "post") == "page" or post.get("page") in (1, "1"))


def _position(number, post):
    known = post.id if isinstance(post, json_parts.Unfit) else isinstance(post, dict) and scalar(post.get("id"))
    return _("post %(id)s") % {"id": known} if known else _("post number %(number)s") % {"number": number}


def _entry(post, referred, zone, flaw):
    if isinstance(post, json_parts.Unfit):
        return post.refusal
    if not isinstance(post, dict):
        return Refusal(_("It is no post, as Ghost writes them."))
    try:
        item = _item(post, referred, zone)
    except Refusal as refusal:
        return refusal
    if flaw:  # rows that the post refers to may come after the break
        item.missing += 1
        if post.get("status") == "scheduled":  # maybe as a newsletter only
            item.state = "draft"
        item.remarks.append(_("The file is broken: authors and tags of the story may be missing."))
    return item


def _item(post, referred, zone):
    key, remarks = scalar(post.get("id")), []
    meta = referred.meta(key)
    fields = post | {name: value for name, value in meta.items() if value}
    html, pictures = _text(post, remarks)
    headline = normalise.headline(post.get("title"), html, remarks)
    state = _state(fields, remarks)
    published_at, version_at, state = _times(post, state, zone, remarks)
    (tags, missing_tags), people = referred.tags(key), referred.authors(key, scalar(post.get("author_id")))
    if None in people:
        remarks.append(_("An author of it is not in the file."))
    filed = [tag for tag in tags if not normalise.is_no_section(tag.name)]
    if missing_tags:
        remarks.append(_("Tags of it that are not in the file: %(count)s.") % {"count": missing_tags})
    uri, other_uris = _uris(post, referred)
    return Item(
        uri=uri,
        other_uris=other_uris,
        headline=headline,
        body=html,
        state=state,
        standfirst=_standfirst(fields, remarks),
        slug=normalise.plain(post.get("slug")),
        section=filed[0] if filed else None,
        tags=filed[1:],
        people=[person for person in people if person],
        lead=_lead(fields),
        pictures=pictures,
        version_at=version_at,
        publish_at=published_at,
        first_published_at=published_at if state == "released" and post.get("status") == "published" else None,
        old_addresses=_old_addresses(post),
        remarks=remarks,
        source={name: post[name] for name in _SOURCE if post.get(name)} | _written(post),
        beside=_beside(post, meta, tags, people),
        missing=people.count(None) + missing_tags,
    )


def _written(post):
    """The text as its editor stores it, because Ghost's next release may render other HTML from it."""
    kept = (name for name in ("lexical", "mobiledoc", "markdown", "html", "plaintext") if _is_text(post.get(name)))
    return {name: post[name] for name in [next(kept, "")] if name}


def _beside(post, meta, tags, people):
    return {
        "meta": meta,
        "tags": [[tag.name, tag.uri] for tag in tags],
        "authors": [[person.name, person.uri] if person else None for person in people],
        "pictures": {name: post[name] for name in ("feature_image", "image") if post.get(name)},
        "canonical_url": post.get("canonical_url"),
    }


def _uris(post, referred):
    """(uri, other uris): the post's UUID, which stays the same on every site. Files made by hand may have none."""
    with contextlib.suppress(ValueError):
        return f"urn:uuid:{uuid.UUID(scalar(post.get('uuid')))}", []
    key, slug = scalar(post.get("id")), normalise.plain(post.get("slug"))
    if not (key or slug):
        raise Refusal(_("It has no id, so it could not be known again."))
    former = f"ghost:{key}:{slug}"
    found = referred.absolute(export_tables.own_uri("post", {"id": key or slug}))
    return (found, [former]) if found else (former, [])


def _state(fields, remarks):
    """The state. A post that was not public there must not become public here."""
    status, visibility = fields.get("status"), fields.get("visibility") or "public"
    if visibility != "public":
        remarks.append(
            _("Only members could read it (%(who)s): it stays a draft.") % {"who": normalise.plain(visibility)}
        )
    elif status == "sent" or fields.get("email_only"):
        remarks.append(_("It was a newsletter only, never a page: it stays a draft."))
    elif status in ("published", "scheduled"):
        return "released"
    elif status != "draft":
        remarks.append(_("Its state is unknown (%(state)s): it stays a draft.") % {"state": normalise.plain(status)})
    return "draft"


def _times(post, state, zone, remarks):
    """(published at, version at, state). A post without valid dates is not released."""
    written = [post.get("published_at"), post.get("updated_at")]
    if state == "released" and not written[0] and post.get("status") == "published" and post.get("created_at"):
        written[0] = post["created_at"]
        remarks.append(_("It has no date of publication: that of its creation stands in."))
    published_at, version_at = (normalise.parse_datetime(date, zone, remarks) for date in written)
    if (written[0] and not published_at) or (written[1] and not version_at):
        return published_at, version_at, "draft"
    if state == "released" and not published_at:
        remarks.append(_("It has no date of publication: it stays a draft."))
        return None, version_at, "draft"
    return published_at, version_at, state


def _standfirst(fields, remarks):
    """The excerpt, or else the description for search engines, which an editor wrote too."""
    standfirst = normalise.plain(fields.get("custom_excerpt")) or normalise.plain(fields.get("meta_description"))
    if not standfirst:
        remarks.append(_("It has no excerpt: the standfirst is empty."))
    return standfirst


def _old_addresses(post):
    slug, elsewhere = normalise.plain(post.get("slug")), _local(normalise.plain(post.get("canonical_url")))
    return list(dict.fromkeys(address for address in (f"/{slug}/" if slug else "", elsewhere) if address))


def _lead(fields):
    address = normalise.plain(fields.get("feature_image") or fields.get("image"))
    if not address:
        return None
    uri = _local(address)
    caption, alt = (normalise.plain(fields.get(f"feature_image_{name}")) for name in ("caption", "alt"))
    return Picture(uri, file=_file(uri), caption=caption, alt=alt)


def _text(post, remarks):
    """(html, pictures) of the published text, or of the editor's text if nothing was published yet."""
    html = _local(_for_everybody(_html(post, remarks), remarks))
    if files := dict.fromkeys(_FILE.findall(html)):
        names = ", ".join(urllib.parse.unquote(path.rpartition("/")[2]) for path in list(files)[:5])
        params = {"names": names + (" …" if len(files) > 5 else "")}
        remarks.append(
            _("Files that it plays or offers do not come, their links keep the old path: %(names)s.") % params
        )
    html, pictures = _body(_RECORDING.sub(_linked, html), normalise.plain(post.get("title")), remarks)
    for picture in pictures:
        picture.file = _file(picture.uri) or picture.file
    return html, pictures


def _linked(recording):
    """A film or sound becomes a link to its path: its site moves here, or stays online."""
    name = urllib.parse.unquote(recording[1].rpartition("/")[2])
    return f'<p><a href="{recording[1]}">{name}</a></p>'


def _body(html, headline, remarks):
    converted = convert.convert(html, keeps_paths=True, headline=headline)
    remarks += converted.remarks
    return converted.body, converted.pictures


def _for_everybody(html, remarks):
    """The text without the parts for members only, which public posts contain, too."""
    kept = _GATED.sub(lambda gated: gated[2] if _OPEN.search(gated[1]) else _LEFT_OUT, html)
    if _LEFT_OUT in kept:
        remarks.append(_("Parts of its text, for members only, are left out."))
    return kept.replace(_LEFT_OUT, "")


def _html(post, remarks):
    """The HTML that Ghost rendered, or else our own rendering of the editor's text."""
    if _is_text(html := post.get("html")):
        return html
    lost = set()
    for name, made_html in (("lexical", text.from_lexical), ("mobiledoc", text.from_mobiledoc)):
        if _is_text(written := post.get(name)):
            try:
                made = made_html(written, lost)
                if lost:
                    params = {"names": ", ".join(sorted(lost))}
                    remarks.append(
                        _("Cards of it that Ghost fills by itself or sends by mail only did not come: %(names)s.")
                        % params
                    )
                return made
            except ValueError:
                remarks.append(_("Its text (%(name)s) could not be read as Ghost writes it.") % {"name": name})
    plain = next(filter(_is_text, (post.get("plaintext"), post.get("markdown"))), "")
    return convert.paragraphs(plain)


def _is_text(written):
    return isinstance(written, str) and bool(written.strip())


def _local(html):
    """The text with the site's own addresses as paths, and pictures in full size."""
    return _SIZED.sub(r"\1", _HERE.sub("/", html))


def _file(address):
    """The path of a picture within Ghost's folder of images; "" for pictures of other sites."""
    return urllib.parse.unquote(re.split(r"[?#]", address)[0]).partition("/content/images/")[2]
