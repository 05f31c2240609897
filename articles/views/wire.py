"""One story as ninjs, for other systems."""

import datetime
import json

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone

from articles.wire import ninjs, outgoing

from .moving import moved


def story(request, year, month, day, slug):
    """A live story is "usable"; a withdrawn one can still be fetched as "canceled" (rules.md J3)."""
    now = timezone.now()
    try:
        date = datetime.date(int(year), int(month), int(day))
    except ValueError:
        raise Http404 from None
    stories = outgoing.public(now).filter(edition=request.edition)
    former = {"former_addresses__day": date, "former_addresses__slug": slug}
    story = stories.filter(day=date, slug=slug).first() or stories.filter(**former).first()
    if story is None:
        raise Http404
    address = reverse("ninjs", args=[*story.day.isoformat().split("-"), story.slug])
    if address != request.path:
        return moved(request, address)
    for item in outgoing.items([story], now):
        text = json.dumps(ninjs.from_item(item), ensure_ascii=False, indent=1)
        return HttpResponse(text, content_type="application/json; charset=utf-8")
    raise Http404
