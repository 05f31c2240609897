import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles.field_uses import Use, Uses
from articles.tracking import TracksDependencies

from .addresses.address import path_of
from .fields import LineField, ProseField, SlugField, natural_manager, public_id, slug_constraint
from .plausible_times import is_plausible, plausible_time

_OF_ITS_PAGE = ("introduction", "so_far", "so_far_at")
_COVERAGE = ("coverage_starts_at", "coverage_ends_at")
LIVE_WITHOUT_END = datetime.timedelta(days=1)  # database/invalidation.py tells pages of it


class Series(TracksDependencies, models.Model):
    """A running story: many stories over many days under one kicker."""

    key_parts = ("r", "id")
    field_uses = Uses(
        Use.CARDS.without("a card shows the kicker and the day alone", "uid", *_OF_ITS_PAGE),
        Use.DESK_LISTS.without("a row shows the kicker alone", *_OF_ITS_PAGE, *_COVERAGE),
        Use.WIRE.without("ninjs names the series, and its first day", *_OF_ITS_PAGE, *_COVERAGE),
        Use.WIRE.without("the slug is the id that our own ninjs carries", "uid"),
    )

    uid = public_id()
    kicker = LineField(_("kicker"), max_length=80, help_text=_("Stands above the headline of each story."))
    slug = SlugField(_("slug"), max_length=80, unique=True, made_from="kicker")
    day_one = models.DateField(
        _("day one"), null=True, blank=True, help_text=_("Empty when the days of this story are not counted.")
    )
    introduction = ProseField(_("introduction"), blank=True)
    so_far = ProseField(
        _("so far"), blank=True, help_text=_("What has happened up to now; readers see when it was written.")
    )
    so_far_at = models.DateTimeField(_("written"), null=True, blank=True, editable=False)
    coverage_starts_at = models.DateTimeField(
        _("covered live from"),
        null=True,
        blank=True,
        validators=plausible_time,
        help_text=_("Only where the desk follows an event as it happens. Search engines are told so, too."),
    )
    coverage_ends_at = models.DateTimeField(_("covered live until"), null=True, blank=True, validators=plausible_time)

    objects = natural_manager("slug")()

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")
        ordering = ["kicker"]
        indexes = [models.Index(fields=["kicker", "id"], name="series_by_kicker")]
        constraints = [
            slug_constraint("series_slug_ascii"),
            models.CheckConstraint(
                condition=Q(so_far="") | Q(so_far_at__isnull=False),
                name="series_so_far_is_dated",
                violation_error_message=_("What has happened so far needs the time when it was written."),
            ),
            models.CheckConstraint(
                condition=Q(coverage_starts_at__isnull=True)
                | Q(coverage_ends_at__isnull=True)
                | Q(coverage_ends_at__gte=F("coverage_starts_at")),
                name="series_coverage_ends_after_it_starts",
                violation_error_message=_("Live coverage ends after it starts."),
            ),
            models.CheckConstraint(
                condition=is_plausible("so_far_at")
                & is_plausible("coverage_starts_at")
                & is_plausible("coverage_ends_at"),
                name="series_times_in_our_time",
                violation_error_message=_("Times lie between the years 1900 and 2200."),
            ),
        ]

    def __str__(self):
        return self.kicker

    def natural_key(self):
        return (self.slug,)

    def get_absolute_url(self):
        return path_of("series", self.slug)

    def day_number(self, date):
        """The day number of `date`, from 1 (rules.md C1); None before day 1 or if days are not counted."""
        return (date - self.day_one).days + 1 if self.day_one and date >= self.day_one else None

    def is_live(self, at):
        """Whether readers are told at the time `at` that the desk follows it now; for a day, if nobody wrote an end."""
        start = self.coverage_starts_at
        return bool(start and start <= at < (self.coverage_ends_at or start + LIVE_WITHOUT_END))

    def is_covered_live(self, at):
        """Whether its page says at the time `at` that the desk follows it as it happens, or did so."""
        return bool(self.coverage_starts_at and self.coverage_starts_at <= at)

    def covers(self, moment):
        """Whether that moment lies within its live coverage."""
        start, end = self.coverage_starts_at, self.coverage_ends_at
        return bool(start and start <= moment and (end is None or moment <= end))
