"""Filters of the list of stories over a table between, and by the words of a field."""

from django.contrib import admin
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
