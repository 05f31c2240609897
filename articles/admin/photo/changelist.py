"""Filters of the photo library: missing details, ending rights, use and shape."""

from django.contrib import admin
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from articles import permissions, photos
from articles.admin import tidying
from articles.desk.bounded import BoundedList
from articles.listings.at_desk import at_desk
from articles.models import Photo
from articles.models.photo import LACKING, NEWEST, SHAPES
from articles.photo_metadata import GENERATED
from articles.publishing import A_WEEK

OF_LATEST = 1_000  # photos, whose agencies are offered
LOOKED_AT = 2_000  # of the newest is asked whether readers see them


def are_days_chosen(request):
    return any(name.startswith("added_at__") for name in request.GET)


class PhotoList(BoundedList):
    """Words and what readers see are looked for among the newest photos, or among the newest of the chosen days."""

    def get_queryset(self, request, exclude_parameters=None):
        """What readers see is asked last, of so many of the newest that all else leaves: it reads the stories of each.

        The time up to which they are looked at is a bound on the index that orders them, so a page is read along it.
        """
        rows = super().get_queryset(request, exclude_parameters)
        self.is_cut = False
        if UseFilter.parameter_name not in (exclude_parameters or ()) and request.GET.get("used") == "shown":
            times = rows.order_by(*NEWEST).values_list("added_at", flat=True)[LOOKED_AT - 1 : LOOKED_AT + 1]
            self.is_cut = len(times) > 1
            if self.is_cut:
                rows = rows.filter(added_at__gte=times[0])
            rows = rows & photos.shown(timezone.now())
        return rows

    def get_results(self, request):
        super().get_results(request)
        self.paginator.has_older = self.is_cut or self.paginator.has_older


class Choice(admin.SimpleListFilter):
    """A filter whose choices are queries. `choices_of(request)`: {value: (label, query)}."""

    def __init__(self, request, *args):
        self.request = request
        super().__init__(request, *args)

    def lookups(self, request, model_admin):
        return [(value, label) for value, (label, _query) in self.choices_of(request).items()]

    def queryset(self, request, rows):
        choice = self.choices_of(request).get(self.value())
        return rows.filter(choice[1]) if choice else rows


class LackingFilter(Choice):
    title, parameter_name = _("still missing"), "lacking"

    def choices_of(self, request):
        return {
            "alt": (_("alternative text"), LACKING["alt"]),
            "credit": (_("credit"), LACKING["credit"]),
            "caption": (_("caption"), LACKING["caption"]),
        }


class TidyFilter(tidying.TidyFilter):
    def lookups(self, request, model_admin):
        return [("credit", _("without a credit")), ("alt", _("without alternative text")), ("rights", _("rights end"))]

    def queryset(self, request, rows):
        if self.value() not in tidying.PHOTOS:
            return rows
        found = tidying.photos(request.user, timezone.now(), [self.value()])
        return rows.filter(pk__in=found.ids[self.value()])


class RightsFilter(Choice):
    title, parameter_name = _("rights"), "rights"

    def choices_of(self, request):
        now = timezone.now()
        has_end, has_source = Q(rights_end_at__isnull=False), ~Q(digital_source_type="")  # as the indexes say it
        return {
            "soon": (_("end within a week"), has_end & Q(rights_end_at__gt=now, rights_end_at__lte=now + A_WEEK)),
            "ended": (_("have ended"), has_end & Q(rights_end_at__lte=now)),
            "generated": (_("made by a machine"), has_source & Q(digital_source_type__iregex=GENERATED)),
        }


class ShapeFilter(Choice):
    title, parameter_name = _("shape"), "shape"

    def choices_of(self, request):
        return {
            "wide": (_("wide"), SHAPES["wide"]),
            "tall": (_("tall"), SHAPES["tall"]),
            "square": (_("square"), SHAPES["square"]),
        }


class UseFilter(Choice):
    """By what readers see, or by the stories of an edition at the user's desk: those that changed last."""

    title, parameter_name = _("used"), "used"

    @cached_property
    def editions(self):
        return {edition.slug: edition for edition in permissions.editions(self.request.user, "view", "story")}

    def choices_of(self, request):
        return {
            "shown": (_("readers see it"), None),
            **{slug: (edition.name, None) for slug, edition in self.editions.items()},
        }

    def queryset(self, request, rows):
        if edition := self.editions.get(self.value()):
            return rows.filter(pk__in=photos.in_some(at_desk(request.user, Q(edition=edition))))
        return rows  # `PhotoList` asks what readers see


class AgencyFilter(admin.SimpleListFilter):
    """Offers the agencies of the photos that came last; an address may name any other."""

    title, parameter_name = _("agency"), "agency"

    def lookups(self, request, model_admin):
        latest = Photo.objects.order_by("-added_at", "-pk").values_list("agency", flat=True)[:OF_LATEST]
        return [(agency, agency) for agency in sorted(set(latest)) if agency]

    def queryset(self, request, rows):
        return rows.filter(agency=self.value()) if self.value() else rows
