import datetime
import functools
import uuid

from django.conf import settings
from django.http import Http404
from django.template.loader import render_to_string
from django.utils import timezone

from articles import structured_data, tracking
from articles.database.compiled import CompiledQuery, prefetched, rows_of
from articles.delivery import reads
from articles.listings import rails
from articles.listings.paging import Pager, page_query, wanted_page
from articles.models import Address, Photo, Story
from articles.models.story_queryset import PARTS
from articles.text import body, letters
from articles.tracking import cacheable

from . import embeds
from .errors import gone
from .moving import moved
from .showing import is_text, shown


@cacheable("page", "view")
def story(request, year, month, day, slug):
    now = timezone.now()
    story, date = find(request, year, month, day, slug, now)
    if story is None:
        return elsewhere(request, date, slug, now)
    if story.slug != slug:
        return moved(request, story.get_absolute_url())
    for name, rows in _PARTS.items():
        prefetched(story, name, rows(key=story.pk))
    return show(request, story, now)


def find(request, year, month, day, slug, now):
    """(the live story at that address in any spelling, or None; its day)."""
    try:
        date = datetime.date(int(year), int(month), int(day))
    except ValueError:
        raise Http404 from None
    found = _at_address(at=now, edition=request.edition.pk, day=date, slug=letters.slug(slug))
    return next(iter(found), None), date


def show(request, story, now, **extra):
    """The page of one story, for readers and for the preview of a draft."""
    story.edition = request.edition  # the same row, with the relations that the frame shows already read
    pages = body.pages(story.body)
    pager = wanted_page(request, len(pages), all_allowed=True)
    if is_text(request):
        pager = Pager(None, len(pages))
    blocks = pages[pager.number - 1] if pager.number else [block for page in pages for block in page]

    references = body.references(story.body)
    _depend_on(story, references)
    beside = rails.beside(story, now)
    linked = [beside.previous, beside.next, story.verified_in_id, *beside.verifies, *beside.key_events]
    cards = rails.cards(now, [*beside.recommended, *(pk for pk in linked if pk)], references.stories)
    already = {cards[name].pk for name in [*linked, *references.stories] if name in cards} - {story.pk}
    others = {name: card for name, card in cards.items() if card.pk != story.pk}
    photos = {str(photo.uid): photo for photo in _photos(uids=map(uuid.UUID, references.photos))}
    cards_of_embeds = embeds.cards(story, is_public="is_preview" not in extra)
    canonical = story.edition.absolute(story.get_absolute_url() + _whole(pager))
    context = {
        "story": story,
        **_passed_on(story, canonical),
        **({} if "is_preview" in extra else _said(story, canonical, now)),
        "pager": pager,
        "is_last_page": pager.next is None,
        "is_read_here": pager.number in (None, 1) and "is_preview" not in extra,  # pages turned are one read
        "reads": reads.ADDRESS if settings.COUNT_READS else "",
        "blocks": [
            (block, others.get(block.uid), photos.get(block.uid), cards_of_embeds.get(block.embed)) for block in blocks
        ],
        "previous": cards.get(beside.previous),
        "next": cards.get(beside.next),
        "verified_in": cards.get(story.verified_in_id),
        "verifies": rails.pick(cards, beside.verifies),
        **_recommended(story, others, beside, already),
        "shown_already": [story.pk or 0, *sorted(already)],
        "key_events": rails.pick(cards, beside.key_events),
        **extra,
    }
    return shown(request, "story", context)


def _recommended(story, others, beside, already):
    """Stories with what they are about, but those that the page shows `already`. A dozen of them is sent, without those
    of the rails beside (delivery/rail.py), and the reader's device chooses six (static/site/recommended.js)."""
    fresh = [pk for pk in beside.recommended if pk not in already]
    shown = fresh if len(fresh) >= rails.RAIL else beside.recommended  # a small paper would have none
    return {
        "recommended": [
            (one, rails.topics(one, beside.tags.get(one.pk, ())))
            for one in rails.pick(others, shown, most=rails.RECOMMENDED)
        ],
        "topics": rails.topics(story, [link.tag.name for link in story.tag_links.all()]),
    }


def _said(story, canonical, now):
    """What the page says to machines."""
    return {
        "structured": structured_data.of_story(story, canonical, now),
        "shared": structured_data.open_graph.of_story(story, canonical, now),
    }


def _passed_on(story, canonical):
    """Its address, and the links to share it, which are written once for the head and the end of the page."""
    told = {"story": story, "canonical": canonical}
    links = functools.cache(lambda: render_to_string("articles/_share_links.html", told))
    return {"canonical": canonical, "share_links": links}


def _depend_on(story, references):
    """Note the stories and photos that the page names, because they may not be live yet, and their rows not read."""
    tracking.depends_on(*(f"s{uid.replace('-', '')}" for uid in references.stories))
    tracking.depends_on(*(f"f{uid.replace('-', '')}" for uid in references.photos))
    if story.verified_in_id:
        verifying = Story.objects.filter(pk=story.verified_in_id).values_list("uid", flat=True)
        tracking.depends_on(*(f"s{uid.hex}" for uid in verifying))


def _whole(pager):
    """The query of the address of the whole text, which every page of a story names as canonical (rules.md A11)."""
    return page_query(None) if pager.total > 1 else ""


def elsewhere(request, date, slug, now):
    """The answer at an address without a live story: a redirect, 410 or 404."""
    slug = letters.slug(slug)
    stories = Story.objects.filter(edition=request.edition)
    former = Address.objects.filter(edition=request.edition, day=date, slug=slug).values("story")
    live = stories.live(now).filter(pk__in=former).first()
    if live:
        return moved(request, live.get_absolute_url())
    withdrawn = stories.withdrawn(now)
    story = withdrawn.filter(day=date, slug=slug).first() or withdrawn.filter(pk__in=former).first()
    if story:
        return gone(request, story)
    raise Http404


@CompiledQuery
def _at_address(at, edition, day, slug):
    return Story.objects.live(at).filter(edition=edition, day=day, slug=slug).for_head()


@CompiledQuery
def _photos(uids=()):
    return Photo.objects.filter(uid__in=uids)


_PARTS = {name: rows_of(Story, name, rows) for name, rows in PARTS.items()}
