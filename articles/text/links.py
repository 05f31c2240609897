"""Targets of links: the one rule for addresses that an editor types or pastes, or that come by wire. Pure.

The editor's dialog has the same rule (static/desk/links.js), so that it can show an error at once.
"""

import re
import urllib.parse

SCHEMES = ["http", "https", "mailto", "tel"]

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):(.*)", re.I | re.S)
_HOST = r"[^\s/?#@:.]+(?:\.[^\s/?#@:.]+)*\.(?:[^\W\d_]{2,63}|xn--[a-z0-9-]{1,59})\.?"
_HOST_FIRST = re.compile(rf"({_HOST})(?::[0-9]{{1,5}})?(?=[/?#]|\Z)")
_MAIL = re.compile(rf"[^\s/?#@:,;]+@{_HOST}(?:\?.*)?", re.S)
_PHONE = re.compile(r"\+?[0-9(][0-9 ().;=*#/-]{2,40}")
_FILE = re.compile(r"[^/?#]*\.(?:html?|php\d?|aspx?|jsp|pdf|docx?|xlsx?|txt|xml|json|jpe?g|png|gif|webp)\Z", re.I)
_UNSAFE = re.compile(r"[\s\"<>\\^`{|}]")


def address(written):
    """The address as it is stored: absolute, or a path, #part or ?query of this site; "" for an invalid one.

    Without a scheme it gets one: kompas.com/a is https, redaksi@kompas.com is mailto. Only SCHEMES are accepted.
    """
    link = re.sub(r"[\t\n\r]", "", written.strip().replace("\\", "/"))
    if link.startswith("//"):
        return _web("https", link)
    if link[:1] in ("/", "#", "?"):
        return _quoted(link)
    if (scheme := _SCHEME.fullmatch(link)) and not _HOST_FIRST.match(link):
        return _with_scheme(scheme[1].lower(), scheme[2].strip())
    if _MAIL.fullmatch(link):
        return f"mailto:{_quoted(link)}"
    host = _HOST_FIRST.match(link)
    return _web("https", link) if host and not _FILE.match(host[0]) else ""


def _with_scheme(scheme, rest):
    match scheme:
        case "http" | "https":
            return _web(scheme, rest)
        case "mailto":
            return f"mailto:{_quoted(rest)}" if _MAIL.fullmatch(rest) else ""
        case "tel":
            return f"tel:{rest.replace(' ', '')}" if _PHONE.fullmatch(rest) else ""
    return ""


def _web(scheme, rest):
    """An absolute address, if it has a host and a possible port; `rest` may begin with slashes."""
    link = f"{scheme}://{_quoted(rest.lstrip('/'))}"
    try:
        parts = urllib.parse.urlsplit(link)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    return link if host.strip(".") and "%" not in host else ""


def _quoted(part):
    return _UNSAFE.sub(lambda match: urllib.parse.quote(match[0]), part)
