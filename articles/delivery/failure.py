"""Error pages that need nothing that can be missing: no template, database, edition or collected file. The frame is
plain HTML; the site's style is added if it can be found."""

import errno
import html
import json

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http.request import split_domain_port
from django.templatetags.static import static
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from . import cors

DESK = "/admin/"
RETRY_AFTER = 2  # seconds
WORDS = {
    400: (
        gettext_noop("This request cannot be answered"),
        gettext_noop("The address or what was sent with it is not valid."),
    ),
    403: (
        gettext_noop("This is not open to you"),
        gettext_noop("Sign in with an account that may do this, or go back."),
    ),
    404: (
        gettext_noop("Page not found"),
        gettext_noop("There is no page at this address. It may have moved, or the address may hold a slip."),
    ),
    405: (gettext_noop("Nothing can be sent here"), gettext_noop("This address is only for reading.")),
    410: (gettext_noop("Withdrawn"), gettext_noop("This story was withdrawn. Its text is not shown any more.")),
    411: (
        gettext_noop("The length of what was sent is missing"),
        gettext_noop("What is sent here must say how long it is."),
    ),
    413: (
        gettext_noop("This is too large"),
        gettext_noop(
            "What was sent is larger than what is taken here, and nothing of it was kept. The browser’s Back button "
            "usually brings back the form with the words that were typed: then choose a smaller file, fewer files or "
            "less text."
        ),
    ),
    429: (gettext_noop("That was too often"), gettext_noop("Wait a moment, then ask again.")),
    500: (gettext_noop("Something broke on our side"), gettext_noop("Please try again in a moment.")),
    503: (
        gettext_noop("This cannot be shown just now"),
        gettext_noop("We will be back shortly. Please try again in a moment."),
    ),
}
DISK_FULL = (
    gettext_noop("The disk is full"),
    gettext_noop(
        "There is no room left for what was sent, and nothing of it was kept. Tell whoever looks after the server; the "
        "browser’s Back button usually brings back the form with the words that were typed."
    ),
)
PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<title>{headline}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
{style}</head>
<body>
<main class="page notice">
<h1>{headline}</h1>
<p>{text}</p>
{again}<ul>
  <li><a href="{home}">{where}</a></li>
</ul>
</main>
</body>
</html>
"""


KEPT = gettext_noop("What you typed stands in this page. It is sent again, as it was, when you press this button.")
AGAIN = """<form method="post" action="{address}">
{fields}
<p>{kept}</p>
<p><button type="submit">{button}</button></p>
</form>
"""


def page(status, language, is_desk=False, words=None, sent=None):
    """(bytes, headers) in that language. `words`: headline and text, instead of those of the status. `sent`: (address,
    [(name, value)]) of a form that the page keeps, to be sent again."""
    with translation.override(language):
        headline, text = map(_, words or WORDS[status])
        home, where = (DESK, _("To the desk")) if is_desk else ("/", _("To the front page"))
        again = _again(*sent) if sent else ""
    values = {"language": language, "headline": headline, "text": text, "home": home, "where": where}
    body = PAGE.format(style=_style(), again=again, **{name: html.escape(value) for name, value in values.items()})
    headers = [("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "no-store, private")]
    return body.encode(), [*headers, *_retry(status)]


def problem(status, language, detail=""):
    """(bytes, headers) of an error of the API (RFC 9457), in that language. `detail`: a sentence instead of ours."""
    with translation.override(language):
        title, text = map(_, WORDS[status])
    told = {"type": "about:blank", "title": title, "status": status, "detail": str(detail) or text}
    headers = [("Content-Type", "application/problem+json"), ("Cache-Control", "no-store"), *cors.EVERYBODY]
    return json.dumps(told, ensure_ascii=False).encode(), [*headers, *_retry(status)]


def _retry(status):
    return [("Retry-After", str(RETRY_AFTER))] if status == 503 else []


def _again(address, pairs):
    one = '<input type="hidden" name="{}" value="{}">'
    fields = "\n".join(one.format(html.escape(name), html.escape(value)) for name, value in pairs)
    told = {"address": html.escape(address), "kept": html.escape(_(KEPT)), "button": html.escape(_("Send it again"))}
    return AGAIN.format(fields=fields, **told)


_languages = {}  # {host: language} of editions, noted while the database answers


def note_language(host, language):
    _languages[host] = language


def language(request):
    """At the desk the language of who is signed in, elsewhere that of the edition. The database is not asked."""
    if is_desk(request.path):
        return request.preference.language if hasattr(request, "preference") else settings.LANGUAGE_CODE
    host, _port = split_domain_port(request.META.get("HTTP_HOST", ""))
    return _languages.get(host, settings.LANGUAGE_CODE)


def at(environ, status):
    """(bytes, headers) for a request that does not reach Django."""
    request = WSGIRequest(environ)
    if cors.is_api(request.path):
        return problem(status, language(request))
    return page(status, language(request), is_desk(request.path))


def is_full_disk(error):
    """Whether a file could not be written because no room is left, or none for this account."""
    return isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)


def is_desk(path):
    return path.startswith(DESK)


def _style():
    """The links to the style sheets; "" if the static files were not collected."""
    try:
        sheets = [html.escape(static(name)) for name in ("shared.css", "site/site.css")]
        return "".join(f'<link rel="stylesheet" href="{sheet}">\n' for sheet in sheets)
    except ValueError:
        return ""
