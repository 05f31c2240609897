from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.delivery.printing import Shown

from .fields import natural_manager


class Series(Shown, models.Model):
    """A running story: many stories over many days under one kicker."""

    touched_as = ("r", "id")

    kicker = models.CharField(_("kicker"), max_length=80, help_text=_("Stands above the headline of each story."))
    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    day_one = models.DateField(
        _("day one"), null=True, blank=True, help_text=_("Empty when the days of this story are not counted.")
    )
    introduction = models.TextField(_("introduction"), blank=True)

    objects = natural_manager("slug")()

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")
        ordering = ["kicker"]

    def __str__(self):
        return self.kicker

    def natural_key(self):
        return (self.slug,)

    def get_absolute_url(self):
        return reverse("series", args=[self.slug])

    def day_number(self, date):
        """Which day of the running story `date` is, counting day one as 1 (rules.md C1).

        None where days are not counted, and before day one: no day of the story has a number below 1.
        """
        if self.day_one is None or date < self.day_one:
            return None
        return (date - self.day_one).days + 1
