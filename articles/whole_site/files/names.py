"""The file of an address, and the links of a page as they lead to files. Pure.

    https://gorontalo.example/2026/11/30/slug/            gorontalo.example/2026/11/30/slug/index.html
    https://gorontalo.example/2026/11/30/slug/?page=2     gorontalo.example/2026/11/30/slug/page=2/index.html
    https://gorontalo.example/feed/                       gorontalo.example/feed/index.rss, in a bucket index.html
    https://gorontalo.example/robots.txt                  gorontalo.example/robots.txt

Servers of files look at no query, so links to further pages lead to a folder. Only links of elements <a> are changed:
canonical addresses and what is told to machines stay those of the newsroom.
"""

import html
import re
from urllib.parse import unquote, urljoin, urlsplit

ENDINGS = {
    "text/html": "html",
    "application/rss+xml": "rss",
    "application/atom+xml": "atom",
    "application/feed+json": "json",
    "application/json": "json",
    "text/plain": "txt",
}
QUERY = re.compile(r"(?:page|view)=[\w.-]+(?:&(?:page|view)=[\w.-]+)*")  # of pages that stand as files
LINK = re.compile(rb'(<a\b[^>]*?\shref=")([^"]*\?[^"]*)(")')


def is_file(address):
    """Whether it can be a file: without a query, or with one that names a page of a page."""
    parts = urlsplit(address)
    return not parts.query or (parts.path.endswith("/") and bool(QUERY.fullmatch(parts.query)))


def file_of(address, kind, by_kind=True):
    """The name of the file. `by_kind`: its ending is that of its media type, for servers that tell the type by it."""
    parts = urlsplit(address)
    path = unquote(parts.path) or "/"
    host = parts.netloc.partition(":")[0]
    if not path.endswith("/"):
        return host + path
    folder = f"{path}{parts.query}/" if parts.query else path
    return f"{host}{folder}index.{ENDINGS.get(kind, 'html') if by_kind else 'html'}"


def with_links_to_files(address, body, hosts):
    """The HTML of a page, whose links to addresses with a query lead to their files."""

    def changed(match):
        there = urljoin(address, html.unescape(match[2].decode()))
        parts = urlsplit(there)
        if parts.netloc not in hosts or not is_file(there):
            return match[0]
        own = "" if parts.netloc == urlsplit(address).netloc else f"{parts.scheme}://{parts.netloc}"
        fragment = f"#{parts.fragment}" if parts.fragment else ""
        return match[1] + html.escape(f"{own}{parts.path}{parts.query}/{fragment}").encode() + match[3]

    return LINK.sub(changed, body)
