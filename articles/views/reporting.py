"""Where somebody who found a weakness tells it: security.txt (RFC 9116)."""

import datetime
from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse

from articles.tracking import cacheable

GOOD_FOR = datetime.timedelta(days=180)  # after the midnight until which the page is kept; RFC 9116 wants under a year


@cacheable()
def security(request):
    """404 where no contact is known."""
    edition = request.edition
    contact = settings.SECURITY_CONTACT or (edition.email and f"mailto:{quote(edition.email, safe='@+')}")
    if not contact:
        raise Http404
    expires = (edition.next_midnight() + GOOD_FOR).astimezone(datetime.UTC)
    lines = [
        f"Contact: {contact}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {_languages(edition)}",
    ]
    canonical = edition.absolute(reverse("security"))
    lines += [f"Canonical: {canonical}"] * canonical.startswith("https://")  # RFC 9116 takes no other
    lines += [f"Policy: {settings.SECURITY_POLICY}"] * bool(settings.SECURITY_POLICY)
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _languages(edition):
    return ", ".join(dict.fromkeys([edition.language, "en"]))
