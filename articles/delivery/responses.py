"""A rendered page as bytes: its parts, assembled and compressed as a client accepts it. Pure.

A page may have gaps for fragments that change more often than it does (the latest news beside a story). Each
part is compressed by itself, so that assembling the page again needs no compression: parts of a deflate stream can be
joined if each ends on a byte and does not refer back to another.
"""

import hashlib
import operator
import zlib

import brotli

GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
GZIP_LEVEL, BROTLI_QUALITY = 6, 4
BROTLI_BEST = 11  # takes 80 ms for a style sheet, a fifth less bytes: for what has one name for ever
OVERHEAD = 3_000  # bytes of a cached page beside its texts: headers, objects
KEY = 90  # bytes of a key
CODINGS = ("br", "gzip", "identity")
PACKED = (
    "text/",
    "application/json",
    "application/xml",
    "application/rss+xml",
    "application/atom+xml",
    "application/feed+json",
    "image/svg",
)


class Part:
    """Some bytes of a page, and the same compressed. Parts with equal `stamp` have equal bytes."""

    __slots__ = ("packed", "stamp", "text")

    def __init__(self, text):
        self.text = text
        self.stamp = hashlib.blake2b(text, digest_size=9).digest()
        self.packed = None

    def deflated(self):
        if self.packed is None:
            packer = zlib.compressobj(GZIP_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
            self.packed = packer.compress(self.text) + packer.flush(zlib.Z_FULL_FLUSH)
        return self.packed


class RenderedPage:
    """A rendered page: its `parts` (some are Gaps and Rails, see rail.py), its dependencies and its age.

    `names`: the fragments that it has gaps for.

    `number`, `at`, `epoch`: the FreshnessChecker's state before rendering. `version`: when it was last found fresh.
    """

    __slots__ = (
        "at", "counted", "edition", "epoch", "filled", "headers", "keys", "names", "number", "parts", "size", "until",
        "version",
    )  # fmt: skip

    def __init__(self, parts, headers, keys, until, freshness_state):
        self.parts, self.headers = parts, headers
        self.keys, self.until = tuple(keys), until
        self.number, self.version, self.epoch, self.at = freshness_state
        self.edition, self.names = None, ()
        self.filled = None, None, {}  # sources, whole parts, answers made of them: replaced in one step for threads
        self.counted = 0
        self.size = self._weight()

    def is_filled_with(self, sources):
        return self.filled[0] is not None and all(map(operator.is_, sources, self.filled[0]))

    def fill(self, sources, parts):
        """Take these Parts, which are the whole page, made of `sources`. Returns whether the page has changed."""
        _sources, last, answers = self.filled
        is_same = last is not None and [part.stamp for part in parts] == [part.stamp for part in last]
        self.filled = (sources, last, answers) if is_same else (sources, parts, {})
        return not is_same

    def answer(self, coding):
        """(headers, body, tag) in that coding: made when it is first asked for, and kept."""
        _sources, parts, answers = self.filled
        if (answer := answers.get(coding)) is None:
            answer = answers[coding] = self._answer(coding, parts or self.parts)
            self.size = self._weight()
        return answer

    def _weight(self):
        """Its bytes in memory."""
        whole = [part for part in self.filled[1] or self.parts if isinstance(part, Part)]
        texts = sum(len(part.text) + len(part.packed or b"") for part in whole)
        texts += sum(part.size for part in self.parts if hasattr(part, "size"))  # lines of a rail, seen or not
        keys = KEY * len(self.keys)
        return OVERHEAD + keys + texts + sum(len(body) for _headers, body, _tag in list(self.filled[2].values()))

    def _answer(self, coding, parts):
        if coding != "identity" and not dict(self.headers)["Content-Type"].startswith(PACKED):
            coding = "identity"
        stamp = hashlib.blake2b(b"".join(part.stamp for part in parts), digest_size=9).hexdigest()
        tag = f'"{stamp}-{coding[0]}"'
        if coding == "gzip":
            body = _gzip(parts)
        else:
            body = b"".join(part.text for part in parts)
            if coding == "br":
                is_kept = "immutable" in dict(self.headers).get("Cache-Control", "")
                body = brotli.compress(body, quality=BROTLI_BEST if is_kept else BROTLI_QUALITY)
        headers = [*self.headers, ("ETag", tag), ("Content-Length", str(len(body)))]
        if coding != "identity":
            headers.append(("Content-Encoding", coding))
        return headers, body, tag


def _gzip(parts):
    check, size = 0, 0
    for part in parts:
        check, size = zlib.crc32(part.text, check), size + len(part.text)
    tail = b"\x03\x00" + check.to_bytes(4, "little") + (size & 0xFFFFFFFF).to_bytes(4, "little")
    return b"".join([GZIP_HEAD, *(part.deflated() for part in parts), tail])


def coding_for(accepted):
    """The best coding that an Accept-Encoding header allows: "br", "gzip" or "identity" (RFC 9110, 12.5.3)."""
    allowed = {}
    for offer in accepted.lower().split(",")[:20]:
        name, _, weight = offer.partition(";")
        try:
            allowed[name.strip()] = float(weight.strip().removeprefix("q=")) if weight.strip() else 1.0
        except ValueError:
            allowed[name.strip()] = 0.0
    others = allowed.get("*", 0.0)
    best = max(CODINGS[:2], key=lambda coding: (allowed.get(coding, others), coding == "br"))
    return best if allowed.get(best, others) > 0 else "identity"


def is_known(tag, header):
    """Whether an If-None-Match header names the tag; weak and strong tags are equal here (RFC 9110, 13.1.2)."""
    return header.strip() == "*" or tag in (one.strip().removeprefix("W/") for one in header.split(","))


def is_unchanged(environ, headers, tag):
    """Whether the client has this page. A tag decides, if it sent one (RFC 9110, 13.2.2).

    A time must be equal, not only later: the newest story of a feed may go, and then its time goes back.
    """
    if etags := environ.get("HTTP_IF_NONE_MATCH"):
        return is_known(tag, etags)
    since = environ.get("HTTP_IF_MODIFIED_SINCE")
    return bool(since) and since == dict(headers).get("Last-Modified")


class Started:
    """Keeps the status and headers of Django's answer until it is certain that it will be sent."""

    def __call__(self, *args):
        self.args = args


def answered(django, environ):
    """(status, headers, body) of Django's answer."""
    answer = django(environ, started := Started())
    try:
        return *started.args[:2], b"".join(answer)
    finally:
        if hasattr(answer, "close"):
            answer.close()
