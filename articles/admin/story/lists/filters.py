"""Filters of the list of stories over a table between, and by the words of a field."""

from django.contrib import admin
from django.contrib.admin.views.main import ORDER_VAR, SEARCH_VAR
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.desk.filters import ByRow
from articles.models import Credit, Person, Tag, TaggedStory

LONGEST_PLACE = 80


class AuthorFilter(ByRow):
    """By anybody in the byline, in whatever part."""

    title, parameter_name, of = _("author"), "author", Person

    def ids(self, key):
        return Credit.objects.filter(person=key).values("story")


class TagFilter(ByRow):
    title, parameter_name, of = _("tag"), "tag", Tag

    def ids(self, key):
        return TaggedStory.objects.filter(tag=key).values("content_object")


class OrderOfFound(admin.SimpleListFilter):
    """What was found by words stands by time, like the whole list, or the best first: changelist.py sorts it."""

    parameter_name = "by"
    BEST = "best"

    def __init__(self, request, *args):
        self.is_asked = bool(request.GET.get(SEARCH_VAR)) and ORDER_VAR not in request.GET
        super().__init__(request, *args)

    @property
    def title(self):
        return _("order") if self.value() == self.BEST else _("order: by time")

    def lookups(self, request, model_admin):
        return [(self.BEST, _("best match first"))]

    def has_output(self):
        return self.is_asked

    def queryset(self, request, stories):
        return stories


class PlaceFilter(admin.SimpleListFilter):
    """By the place where stories were written, as somebody types it: GORONTALO, Gorontalo and gorontalo are one."""

    title, parameter_name = _("place"), "place"
    is_typed = True

    def lookups(self, request, model_admin):
        return []

    def has_output(self):
        return True

    def choices(self, changes):
        return []

    @property
    def chosen(self):
        return (self.value() or "").strip()[:LONGEST_PLACE]

    def queryset(self, request, stories):
        place = self.chosen
        spelled = {place, place.upper(), place.lower(), place.title()}  # each one range of the index
        return stories.filter(~Q(place=""), place__in=spelled) if place else stories  # the index leaves "" out
