"""Films, sounds, frames and embedded posts in a foreign text become links. Pure; see blocks.py."""

from .figures import Figures
from .words import ADDRESS, SPACE

MEDIA = {
    "amp-audio", "amp-iframe", "amp-video", "audio", "embed", "media-reference", "object", "source", "video",
}  # fmt: skip
EMBEDDED = ("data-instgrm-permalink", "data-href", "cite")  # attributes that hold the address of an embedded post
EMBED_CLASSES = {"fb-post", "fb-video", "instagram-media", "tiktok-embed"}


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
