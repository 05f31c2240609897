from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.field_uses import Use, Uses
from articles.tracking import TracksDependencies

from .fields import LineField, ProseField, SlugField, natural_manager, public_id, slug_constraint


class Series(TracksDependencies, models.Model):
    """A running story: many stories over many days under one kicker."""

    key_parts = ("r", "id")
    field_uses = Uses(
        Use.CARDS.without("a card shows the kicker and the day alone", "uid", "introduction"),
        Use.DESK_LISTS.without("a row shows the kicker alone", "introduction"),
        Use.WIRE.without("ninjs names the series, and its first day", "introduction"),
        Use.WIRE.without("the slug is the id that our own ninjs carries", "uid"),
    )

    uid = public_id()
    kicker = LineField(_("kicker"), max_length=80, help_text=_("Stands above the headline of each story."))
    slug = SlugField(_("slug"), max_length=80, unique=True, made_from="kicker")
    day_one = models.DateField(
        _("day one"), null=True, blank=True, help_text=_("Empty when the days of this story are not counted.")
    )
    introduction = ProseField(_("introduction"), blank=True)

    objects = natural_manager("slug")()

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")
        ordering = ["kicker"]
        indexes = [models.Index(fields=["kicker", "id"], name="series_by_kicker")]
        constraints = [slug_constraint("series_slug_ascii")]

    def __str__(self):
        return self.kicker

    def natural_key(self):
        return (self.slug,)

    def get_absolute_url(self):
        return reverse("series", args=[self.slug])

    def day_number(self, date):
        """The day number of `date`, from 1 (rules.md C1); None before day 1 or if days are not counted."""
        return (date - self.day_one).days + 1 if self.day_one and date >= self.day_one else None
