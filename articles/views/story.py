import datetime

from django.db.models import Q
from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils import timezone

from articles import body, rails
from articles.models import Address, Photo, Story

from .paging import page_query, wanted_page


def story(request, year, month, day, slug):
    try:
        date = datetime.date(int(year), int(month), int(day))
    except ValueError:
        raise Http404 from None
    now = timezone.now()
    stories = Story.objects.live(now).filter(edition=request.edition)
    found = stories.filter(day=date, slug=slug).for_page().first()
    if found is None:
        return _moved(stories, request.edition, date, slug)
    return show(request, found, now)


def show(request, story, now, **extra):
    """The page of one story: what a reader sees, and what a preview shows of a draft."""
    story.edition = request.edition  # the same row, with all that the frame shows already read
    pages = body.pages(story.body)
    pager = wanted_page(request, len(pages), all_allowed=True)
    blocks = pages[pager.number - 1] if pager.number else [block for page in pages for block in page]

    references = body.references(story.body)
    recommended = rails.recommended(story, now)
    latest = list(rails.latest(story.edition, now))
    cards = list(Story.objects.live(now).for_card().filter(Q(uid__in=references.stories) | Q(pk__in=recommended)))
    related = {str(card.uid): card for card in cards if card.pk != story.pk}
    photos = {str(photo.uid): photo for photo in Photo.objects.filter(uid__in=references.photos)}
    context = {
        "story": story,
        "canonical": story.edition.absolute(story.get_absolute_url() + page_query(pager)),
        "pager": pager,
        "is_last_page": pager.next is None,
        "blocks": [(block, related.get(block.uid), photos.get(block.uid)) for block in blocks],
        "recommended": _recommended(story, cards, recommended, latest),
        "latest": latest,
        "popular": rails.popular(story.edition, now),
        **extra,
    }
    return render(request, "articles/story.html", context)


def _recommended(story, cards, wanted, latest):
    """The wanted cards in their order, filled up with the newest."""
    by_id = {card.pk: card for card in [*latest, *cards]}
    by_id.pop(story.pk, None)
    order = [*wanted, *(card.pk for card in latest)]
    return [by_id[pk] for pk in dict.fromkeys(order) if pk in by_id][: rails.RAIL]


def _moved(stories, edition, date, slug):
    former = Address.objects.filter(edition=edition, day=date, slug=slug, story__in=stories)
    address = former.select_related("story").first()
    if address is None:
        raise Http404
    return HttpResponsePermanentRedirect(address.story.get_absolute_url())
