from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..fields import natural_manager
from ..plausible_times import is_plausible, plausible_time
from .edition import Edition


class Place(models.IntegerChoices):
    """A place of the front page that editors may hold. One that nobody holds fills itself."""

    BREAKING = (
        0,
        pgettext_lazy("place of the front page", "breaking"),
    )  # a line above the page; its story may stand below
    LEAD = 1, pgettext_lazy("place of the front page", "lead")
    SECOND_1 = 2, pgettext_lazy("place of the front page", "beside the lead, 1")
    SECOND_2 = 3, pgettext_lazy("place of the front page", "beside the lead, 2")
    SECOND_3 = 4, pgettext_lazy("place of the front page", "beside the lead, 3")
    SECOND_4 = 5, pgettext_lazy("place of the front page", "beside the lead, 4")
    SECOND_5 = 6, pgettext_lazy("place of the front page", "beside the lead, 5")


SECONDS = [place for place in Place if place > Place.LEAD]


class SlotQuerySet(models.QuerySet):
    def held(self, at):
        """Those whose time has not ended."""
        return self.filter(Q(until_at__isnull=True) | Q(until_at__gt=at))


class Slot(models.Model):
    """A story that editors put in a place of an edition's front page. `articles/placing.py` alone writes them.

    Whether readers find the story there is decided when the page is rendered: it must be live then.
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="slots", verbose_name=_("edition"))
    place = models.PositiveSmallIntegerField(_("place of the front page"), choices=Place)
    story = models.ForeignKey("Story", models.CASCADE, related_name="slots", verbose_name=_("story"))
    until_at = models.DateTimeField(_("until"), null=True, blank=True, validators=plausible_time)
    placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("placed by")
    )
    placed_at = models.DateTimeField(_("placed at"))

    objects = natural_manager("edition__slug", "place", queryset=SlotQuerySet)()

    class Meta:
        verbose_name = _("place of the front page")
        verbose_name_plural = _("places of the front page")
        ordering = ["edition", "place"]
        default_permissions = ["change"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "place"], name="one_story_a_place"),
            models.UniqueConstraint(
                fields=["edition", "story"], condition=~Q(place=Place.BREAKING), name="one_place_a_story"
            ),
            models.CheckConstraint(
                condition=Q(place__in=Place.values),
                name="slot_place_known",
                violation_error_message=_("This choice is not one of ours."),
            ),
            models.CheckConstraint(
                condition=~Q(place=Place.BREAKING) | Q(until_at__isnull=False),
                name="slot_breaking_has_end",
                violation_error_message=_("A breaking line needs the time of its end."),
            ),
            models.CheckConstraint(
                condition=Q(until_at__isnull=True) | Q(until_at__gt=F("placed_at")) & is_plausible("until_at"),
                name="slot_ends_after_it_began",
                violation_error_message=_("The end of a place lies after its beginning."),
            ),
        ]

    def __str__(self):
        return f"{self.edition} · {self.get_place_display()} · {self.story}"

    def natural_key(self):
        return (*self.edition.natural_key(), str(self.place))

    natural_key.dependencies = ["articles.edition", "articles.story"]
