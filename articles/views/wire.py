"""One story as ninjs, for whoever takes it over."""

import datetime
import json

from django.http import Http404, HttpResponse
from django.utils import timezone

from articles.wire import ninjs, outgoing


def story(request, year, month, day, slug):
    """What is live is usable; what was withdrawn stays to be fetched as canceled (rules.md J3)."""
    now = timezone.now()
    try:
        date = datetime.date(int(year), int(month), int(day))
    except ValueError:
        raise Http404 from None
    found = outgoing.public(now).filter(edition=request.edition, day=date, slug=slug)[:1]
    for item in outgoing.items(list(found), now):
        text = json.dumps(ninjs.from_item(item), ensure_ascii=False, indent=1)
        return HttpResponse(text, content_type="application/json; charset=utf-8")
    raise Http404
