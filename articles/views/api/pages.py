"""The description of the API for programs, and the page that explains it to people."""

import json

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.listings import rails
from articles.tracking import cacheable

from ..showing import said, shown
from .answering import JSON, answers
from .description import OPERATIONS, PARAMETERS, openapi


@cacheable()
@answers
def described(request):
    edition = request.edition
    told = openapi(edition.name, edition.absolute(""), edition.absolute(reverse("api")))
    return json.dumps(told, ensure_ascii=False), JSON, ""


@cacheable("view")
def explained(request):
    edition, now = request.edition, timezone.now()
    newest = rails.offered(edition, now)[:1]
    operations = [
        {
            "path": one.path,
            "told": one.told,
            "parameters": [(name, PARAMETERS[name][0]) for name in one.parameters],
            "examples": _examples(one, newest),
        }
        for one in OPERATIONS
    ]
    title = _("For programs: the API")
    context = {
        **said(request, title),
        "title": title,
        "operations": operations,
        "described": edition.absolute(reverse("api_description")),
    }
    return shown(request, "api", context)


def _examples(one, newest):
    """Addresses to try: of the newest story where one is asked for, and as each format that there is."""
    if "{uid}" in one.path:
        path = one.path.format(uid=newest[0].uid) if newest else ""
    else:
        path = f"{one.path}?{one.example}" if one.example else one.path
    if not path or "format" not in one.parameters:
        return [path] if path else []
    return [path, f"{path}{'&' if '?' in path else '?'}format=jsonfeed"]
