"""Where a link leads: the one rule for what an editor types, pastes or takes in. Pure.

The dialog of the editor keeps the same rule (static/desk/links.js), so that it can say what is wrong at once.
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
    """The address as it is stored: absolute, or a path, #part or ?query of this site; "" for what is none.

    What has no scheme gets one: kompas.com/a is https, redaksi@kompas.com is mailto. No other than SCHEMES is kept.
    """
    found = re.sub(r"[\t\n\r]", "", written.strip().replace("\\", "/"))
    if found.startswith("//"):
        return _web("https", found)
    if found[:1] in ("/", "#", "?"):
        return _quoted(found)
    if (told := _SCHEME.fullmatch(found)) and not _HOST_FIRST.match(found):
        return _with_scheme(told[1].lower(), told[2].strip())
    if _MAIL.fullmatch(found):
        return f"mailto:{_quoted(found)}"
    host = _HOST_FIRST.match(found)
    return _web("https", found) if host and not _FILE.match(host[0]) else ""


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
    """An absolute address, if it has a host and no impossible port; `rest`: with or without the slashes before it."""
    found = f"{scheme}://{_quoted(rest.lstrip('/'))}"
    try:
        parts = urllib.parse.urlsplit(found)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    return found if host.strip(".") and "%" not in host else ""


def _quoted(part):
    return _UNSAFE.sub(lambda match: urllib.parse.quote(match[0]), part)
