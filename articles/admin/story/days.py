"""Date filter of the story list: a story belongs to the day in its row, in the zone of its own edition."""

import datetime

from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import Case, DateField, When
from django.db.models.functions import TruncDate
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _

from articles.database.union import together
from articles.desk.dates import ByDates, title
from articles.listings.at_desk import first_ids
from articles.models import Story
from articles.models.edition import Zone

A_DAY = datetime.timedelta(days=1)  # more than the difference between any two zones


def shown_on():
    """The day on which a story goes live, in its edition's zone."""
    zones = (When(edition__time_zone=zone.value, then=TruncDate("live_from", tzinfo=zone.info)) for zone in Zone)
    return Case(*zones, output_field=DateField())


class ByDays(ByDates):
    """A ChangeList whose date hierarchy uses `shown_on`. Django's would use one zone for all rows."""

    def get_filters_params(self, params=None):
        """The parameters without those of the date, which this class handles."""
        names = self._names()
        return {name: value for name, value in super().get_filters_params(params).items() if name not in names}

    def get_queryset(self, request, exclude_parameters=None):
        stories, span = super().get_queryset(request, exclude_parameters), self._span()
        return self._nearby(stories).alias(shown_on=shown_on()).filter(shown_on__range=span) if span[0] else stories

    def _nearby(self, stories):
        """Those of the chosen days and of one day more at each end: indexed, unlike the day in each edition's zone."""
        first, last = self._span()
        if first is None:
            return stories
        ends = [datetime.datetime.combine(day, datetime.time()) for day in (first - A_DAY, last + 2 * A_DAY)]
        return stories.filter(live_from__range=tuple(map(make_aware, ends)))

    def _chosen(self):
        """The same, and no day of a month that is not told: IncorrectLookupParameters."""
        chosen = super()._chosen()
        if any(self.params.get(name) for name in self._names()[len(chosen) :]):
            raise IncorrectLookupParameters
        return chosen

    @property
    def chosen_day(self):
        """The chosen year, month or day in words; "" without one."""
        chosen = self._chosen()
        return title(*chosen) if chosen else ""

    @property
    def without_day(self):
        return self._link()

    # The choices -----------------------------------------------------------------------

    @property
    def name_of_days(self):
        return _("day")

    def _ends(self):
        """The days of the first and the last listed story; of a list that was cut off, those of the desk."""
        if not self.multi_page:  # the rows are read already
            dated = sorted((story for story in self.result_list if story.live_from), key=lambda story: story.live_from)
            return [story.edition.day(story.live_from) for story in (dated[0], dated[-1])] if dated else []
        orders = [("live_from", "pk"), ("-live_from", "-pk")]
        if not self.is_cut:
            dated = Story.objects.filter(pk__in=self.ids, live_from__isnull=False)
            ends = together({order: dated.order_by(*order).values("pk")[:1] for order in orders}).values()
        else:
            near = self._nearby(Story.objects.filter(live_from__isnull=False))
            ends = [first_ids(self.request.user, near, None, order, most=1) for order in orders]
        found = (
            Story.objects.select_related("edition")
            .only("live_from", "edition")
            .in_bulk([pk for each in ends for pk in each])
        )
        return [found[pk].edition.day(found[pk].live_from) for each in ends for pk in each]

    def _days_of_month(self, year, month, first, last):
        """The days with listed stories; of a month with more than the list holds, all days between the ends."""
        if self.is_cut:
            return super()._days_of_month(year, month, first, last)
        listed = Story.objects.filter(pk__in=self.ids).order_by().annotate(on=shown_on())
        return sorted(day.day for day in listed.values_list("on", flat=True).distinct())
