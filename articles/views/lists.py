"""Lists of stories, newest first: by section, tag, series, person, or all of an edition."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Person, Section, Series, Story, Tag

from .paging import page_query, wanted_page

A_PAGE = 20
MOST_PAGES = 50


def latest(request):
    return _listing(request, _live(request), title=_("Latest news"))


def section(request, slug):
    section = get_object_or_404(Section, edition=request.edition, slug=slug)
    stories = _live(request).filter(section=section)
    return _listing(request, stories, title=section.name, introduction=section.description)


def series(request, slug):
    series = get_object_or_404(Series, slug=slug)
    stories = _live(request).filter(series=series)
    return _listing(request, stories, title=series.kicker, introduction=series.introduction, note=_("Running story"))


def tag(request, slug):
    tag = get_object_or_404(Tag, slug=slug)
    stories = _live(request).filter(tag_links__tag=tag, tag_links__edition=request.edition)
    by_link = stories.order_by("-tag_links__live_from", "-tag_links__pk")
    return _listing(request, by_link, title=tag.name, note=_("Topic"))


def person(request, slug):
    person = get_object_or_404(Person.objects.select_related("portrait"), slug=slug)
    stories = _live(request).filter(pk__in=person.credits.values("story"))
    return _listing(
        request, stories, title=person.name, note=person.title, introduction=person.bio, portrait=person.portrait
    )


def _live(request):
    return Story.objects.live(timezone.now()).filter(edition=request.edition).newest()


def _listing(request, stories, **head):
    """A page of `stories`: of their newest `MOST_PAGES` pages, and counted no further than those reach."""
    count = stories.values("pk")[: A_PAGE * MOST_PAGES].count()
    pager = wanted_page(request, max(1, -(-count // A_PAGE)))
    start = (pager.number - 1) * A_PAGE
    context = {
        **head,
        "canonical": request.edition.absolute(request.path + page_query(pager)),
        "pager": pager,
        "stories": stories.for_card()[start : start + A_PAGE],
    }
    return render(request, "articles/list.html", context)
