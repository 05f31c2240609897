"""Stories from an export of WordPress (WXR). Pure: see item.py for what a reader gives.

Posts are taken; pages, attachments, menus, revisions and types of one's own are passed over, as are posts in the
trash, comments and stickiness. What WordPress keeps from the public (drafts, private posts, those behind a password)
comes as a draft. A post without an excerpt has no standfirst; one without a title has its first words as headline.
"""

import contextlib
import datetime
import re
import urllib.parse

from django.utils.translation import gettext as _

from articles import body, letters

from . import markup, wxr, xml_stream
from .addresses import address
from .item import LARGEST, Item, Party, Picture, Refusal, Term
from .scratch import rewindable
from .times import moment

RELEASED, DRAFTS = {"publish", "future"}, {"draft", "pending", "auto-draft"}
NO_SECTION = {"uncategorized", "uncategorised", "tak-berkategori", "tanpa-kategori"}
MOST_TAGS, MOST_AUTHORS, MOST_PHOTOS = 100, 20, 200
HEADLINE_WORDS = 12

_BLOCKS = "<!-- wp:"  # the block editor's: line ends in such a text mean nothing
_PHOTO_CLASS = re.compile(r"\bwp-image-(\d+)\b")
_GALLERY = re.compile(r"""\[gallery\b[^\[\]]{0,500}?\bids\s*=\s*["']?([\d,\s]+)""")
_MARKUP = re.compile(r"[<&\[]")
_ADDRESS = re.compile(r"https?://[^\s/]+", re.I)


def read(file, zone):
    """Yields (position, Item or Refusal) for each post. The file is read twice: first for what posts refer to."""
    with contextlib.closing(wxr.Known()) as known, rewindable(file) as again:
        start = again.tell()
        known.read(again)
        again.seek(start)
        yield from _entries(wxr.items(again), known, zone)


def _entries(items, known, zone):
    for found in items:
        if found.field("wp:post_type") not in ("post", "") or found.field("wp:status") == "trash":
            continue
        if found.is_too_large:
            yield _position(found), Refusal(_("It is larger than %(size)s bytes.") % {"size": f"{LARGEST:,}"})
        else:
            try:
                yield _position(found), _Post(found, known, zone).item()
            except Refusal as refusal:
                yield _position(found), refusal


def _position(found):
    return _("item %(number)s (post %(id)s)") % {"number": found.number, "id": found.field("wp:post_id") or "?"}


class _Post:
    """One post on its way to be an Item; `remarks` tell what had to be mended or guessed."""

    def __init__(self, found, known, zone):
        self.found, self.known, self.zone = found, known, zone
        self.remarks = []
        if found.is_mended:
            self.remark(xml_stream.mended())

    def remark(self, sentence):
        if sentence not in self.remarks:
            self.remarks.append(sentence)

    def item(self):
        text = self.found.fields.get("content:encoded", "")
        html, pictures = markup.story_html(text, self.picture, lines=_BLOCKS not in text)
        headline = self.headline(html)
        state, publish_at = self.state()
        section, tags = self.terms()
        return Item(
            uri=self.uri(),
            headline=headline,
            body=html,
            state=state,
            standfirst=_plain(self.found.fields.get("excerpt:encoded", "")),
            slug=_slug(self.found.field("wp:post_name")),
            section=section,
            tags=tags,
            people=self.authors(),
            lead=self.lead(),
            gallery=self.gallery(text),
            pictures=pictures,
            version_at=self.time("wp:post_modified_gmt", datetime.UTC) or self.time("wp:post_modified", self.zone),
            publish_at=publish_at,
            first_published_at=publish_at if self.found.field("wp:status") == "publish" else None,
            old_addresses=self.old_addresses(),
            remarks=self.remarks,
        )

    def uri(self):
        for name in ("guid", "link"):
            if found := self.found.field(name):
                return found
        raise Refusal(_("It has no id: neither a guid nor a link."))

    def headline(self, html):
        if found := _plain(self.found.fields.get("title", "")):
            return found
        words = body.text(html).split()
        if not words:
            raise Refusal(_("It has neither a title nor a text."))
        self.remark(_("It has no title; its first words are the headline."))
        return " ".join(words[:HEADLINE_WORDS]) + (" …" if len(words) > HEADLINE_WORDS else "")

    def state(self):
        """(state, when it is or was to be public): a draft, whatever may not be shown or tells no time."""
        status = self.found.field("wp:status")
        if self.found.field("wp:post_password"):
            self.remark(_("It lies behind a password: taken as a draft."))
        elif status == "private":
            self.remark(_("It is private: taken as a draft."))
        elif status in RELEASED:
            if at := self.published_at():
                return "released", at
            self.remark(_("It has no date that can be read: taken as a draft."))
        elif status not in DRAFTS:
            self.remark(_("Its status “%(status)s” is unknown: taken as a draft.") % {"status": status[:40]})
        return "draft", None

    def published_at(self):
        if at := self.time("wp:post_date_gmt", datetime.UTC):
            return at
        if at := self.time("wp:post_date", self.zone):
            self.remark(_("Its date has no time zone: taken to be in %(zone)s.") % {"zone": self.zone})
            return at
        return self.time("pubDate", datetime.UTC)

    def time(self, name, zone):
        """None where WordPress knows none: it writes the year 0, which as RFC 822 becomes -0001."""
        written = self.found.field(name)
        try:
            return None if "-0001" in written else moment(written, zone)[0]
        except (ValueError, OverflowError):
            return None

    def authors(self):
        """Those of Co-Authors Plus, which writes them as categories, or else the one who created the post."""
        found = [(name, slug) for domain, slug, name in self.found.categories if domain == "author" and name]
        if not found and (login := self.found.field("dc:creator")):
            found = [(self.known.author(login) or login, login)]
        found = [(_plain(name), _slug(slug.removeprefix("cap-"))) for name, slug in found]
        parties = {name: Party(name, "author", slug) for name, slug in found if name}
        return list(parties.values())[:MOST_AUTHORS]

    def terms(self):
        """(section, tags): the first category, or the one that the desk marked as primary; all others are tags."""
        every = self.found.categories
        categories = [found for found in every if found[0] == "category"] or [found for found in every if not found[0]]
        sections = [term for term in _terms(categories) if term.slug not in NO_SECTION]
        meta = self.found.value("_yoast_wpseo_primary_category") or self.found.value("rank_math_primary_category")
        if primary := _slug(self.known.term(meta)):
            sections.sort(key=lambda term: term.slug != primary)
        tags = _terms(found for found in every if found[0] in ("post_tag", "tag"))
        names = {term.name.lower() for term in sections[1:]}
        tags = sections[1:] + [term for term in tags if term.name.lower() not in names]
        if len(tags) > MOST_TAGS:
            told = {"count": len(tags), "most": MOST_TAGS}
            self.remark(_("Of its %(count)s tags, the first %(most)s were taken.") % told)
        return (sections[0] if sections else None), tags[:MOST_TAGS]

    def old_addresses(self):
        """Its address and its short address, and the address as it was before its slug was changed."""
        link, name = self.found.field("link"), self.found.field("wp:post_name")
        found = [given for given in (link, self.found.field("guid")) if _ADDRESS.match(given) and address(given)]
        start, slash, last = link.rstrip("/").rpartition("/")
        for old in self.found.meta.get("_wp_old_slug", []):
            if link in found and slash and name and old and name in last and "?" not in last:
                found.append(f"{start}/{last.replace(name, old, 1)}{'/' if link.endswith('/') else ''}")
        return list(dict.fromkeys(found))

    # Pictures

    def lead(self):
        number = self.found.value("_thumbnail_id")
        if not number or number == "0":
            return None
        if photo := self.known.photo(number):
            return _picture(*photo)
        self.remark(_("Its lead photo (attachment %(id)s) is not in the file.") % {"id": number[:20]})
        return None

    def gallery(self, text):
        numbers = [number.strip() for ids in _GALLERY.findall(text) for number in ids.split(",") if number.strip()]
        numbers = list(dict.fromkeys(numbers))[:MOST_PHOTOS]
        photos = [self.known.photo(number) for number in numbers]
        if None in photos:
            missing = {"count": photos.count(None)}
            self.remark(_("Photos of its gallery that are not in the file: %(count)s.") % missing)
        return [_picture(*photo) for photo in photos if photo]

    def picture(self, given, caption):
        """For markup: an attachment of the file, by its address or number, or what the address alone tells."""
        source = markup.source_of(given)
        if not source:
            return None
        number = _PHOTO_CLASS.search(given.get("class", ""))
        photo = self.known.photo_at(source) or (self.known.photo(number[1]) if number else None)
        alt = given.get("alt", "").strip()
        if photo:
            return _picture(*photo, use_caption=caption, use_alt=alt)
        with contextlib.suppress(ValueError):  # the link is no address
            source = urllib.parse.urljoin(self.found.field("link"), source)
        original = wxr.without_size(source)
        return Picture(uri=original, file=wxr.uploaded(original), caption=caption, alt=alt)


def _picture(uri, file, caption, alt, use_caption="", use_alt=""):
    caption = _plain(caption)
    return Picture(
        uri=uri,
        file=file,
        caption=caption or use_caption,
        use_caption=use_caption if caption and use_caption != caption else "",
        alt=alt or use_alt,
    )


def _terms(found):
    """Each name once, in order."""
    terms = {}
    for _domain, nicename, written in found:
        if name := _plain(written):
            terms.setdefault(name.lower(), Term(name, _slug(nicename)))
    return list(terms.values())


def _plain(text):
    """One line without markup or shortcodes."""
    if _MARKUP.search(text):
        text = body.text(markup.story_html(text)[0])
    return letters.line(text)


def _slug(written):
    return letters.spelt(urllib.parse.unquote(written))
