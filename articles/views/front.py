from django.shortcuts import render
from django.utils import timezone

from articles import rails
from articles.models import Story

SHOWN = 14
FRESH = 5  # one of these leads


def front(request):
    now = timezone.now()
    stories = list(Story.objects.live(now).filter(edition=request.edition).for_card().newest()[:SHOWN])
    # The desk's urgency decides among the newest few; of equals the newest leads.
    lead = min(stories[:FRESH], key=lambda story: (story.label in rails.UNSETTLED, story.urgency), default=None)
    others = [story for story in stories if story != lead]
    context = {
        "canonical": request.edition.absolute("/"),
        "lead": lead,
        "seconds": others[:4],
        "others": others[4:],
        "popular": rails.popular(request.edition, now),
    }
    return render(request, "articles/front.html", context)
