"""Films, sounds, frames and embedded posts in a foreign text become links, tables stay. Pure; see blocks.py."""

from articles.text import html_in, letters

from .figures import Figures
from .words import ADDRESS, SPACE

MEDIA = {
    "amp-audio", "amp-iframe", "amp-video", "audio", "embed", "media-reference", "object", "source", "video",
}  # fmt: skip
DROPPED = (html_in.DROPPED - {"object"}) | {
    "applet", "button", "datalist", "head", "noembed", "noframes", "select",
}  # fmt: skip
EMBEDDED = ("data-instgrm-permalink", "data-href", "cite")  # attributes that hold the address of an embedded post
EMBED_CLASSES = {"fb-post", "fb-video", "instagram-media", "tiktok-embed"}


def _is_in_no_cell(name):
    """Whether a table that holds the element is read by rows."""
    return html_in.is_in_no_cell(name) or name in MEDIA or name in DROPPED or ":" in name


class Media(Figures):
    """Figures, and links to content of third parties. `unaddressed` counts the media without an address."""

    def __init__(self, tokens, lines, addresses):
        super().__init__(lines, addresses)
        self.tokens, self.wants_source, self.unaddressed = tokens, False, 0

    def media(self, name, attrs):
        self.widen(SPACE)
        written = attrs.get("src") or attrs.get("data") or attrs.get("source") or ""
        if name == "source" and not self.wants_source:
            return
        if name == "media-reference" and attrs.get("mime-type", "image/").startswith("image/"):
            self.picture({"src": written, "alt": attrs.get("alternate-text", "")}, set())
            return
        self.wants_source = name in ("amp-audio", "amp-video", "audio", "video") and not written
        if written:
            self.linked(written)
        if written and name == "object":
            self.tokens.skip(name)

    def embedded(self, attrs, classes):
        """Link to an embedded post of a social network, before the words of the post."""
        if classes & EMBED_CLASSES:
            self.linked(next(filter(None, map(attrs.get, EMBEDDED)), ""))

    def linked(self, written):
        """Write a paragraph that links to the embedded media."""
        if not written:
            self.unaddressed += 1
            return
        address = self.addresses.link(written)
        if not ADDRESS.match(address) or self.caption is not None:
            self.addresses.lost += [written] if address else []
            return
        self.boundary()
        self.link, outer = address, self.link
        self.write(address)
        self.link = outer
        self.boundary()

    def start_table(self):
        """A plain table is one block; the rows of any other come one by one."""
        super().start_table()
        lost = len(self.addresses.lost)
        if not self.is_outermost:
            return
        if table := html_in.tables.read(self.tokens, _is_in_no_cell, self.addresses.link):
            self.latest = None
            self.out.append(letters.sound(table))
        else:
            del self.addresses.lost[lost:]
