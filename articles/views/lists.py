"""Lists of stories: by section, tag, series, person, day, month, words, or all of an edition."""

import calendar
import datetime
from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import dateformat, timezone
from django.utils.translation import gettext as _

from articles import rails, search
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


def popular(request):
    stories = rails.popular(request.edition, timezone.now(), most=A_PAGE)
    return _listing(request, stories, title=_("Popular news"), note=_("the last 24 hours"))


def archive_month(request, year, month):
    """Every story of a month, by the days in their addresses."""
    first = _date(year, month, "01")
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    stories = _live(request).filter(day__range=(first, last))
    return _listing(request, stories, title=dateformat.format(first, "F Y"), note=_("Archive"))


def archive_day(request, year, month, day):
    date = _date(year, month, day)
    stories = _live(request).filter(day=date)
    return _listing(request, stories, title=dateformat.format(date, "l, j F Y"), note=_("Archive"))


def found(request):
    """What holds the words of `?q=`, newest first."""
    words = request.GET.get("q", "")[:200]
    title = _("Search: %(words)s") % {"words": words} if words else _("Search")
    return _listing(request, search.find(words, _live(request)), title=title, words=words, search_page=True)


def _date(year, month, day):
    try:
        return datetime.date(int(year), int(month), int(day))
    except ValueError:
        raise Http404 from None


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
        "query": f"{urlencode({'q': head['words']})}&" if head.get("words") else "",
        "pager": pager,
        "stories": stories.for_card()[start : start + A_PAGE],
    }
    return render(request, "articles/list.html", context)
