import functools

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..edition import Edition
from ..fields import SlugField, natural_manager, slug_constraint


@functools.lru_cache(4096)
def address_of(day, slug):
    """The path of a story under its edition's host."""
    return reverse("story", args=[*day.isoformat().split("-"), slug])


@functools.lru_cache(4096)
def path_of(name, slug):
    """The path of a page that a slug names, such as a tag's. It is cached, because a page has dozens of them."""
    return reverse(name, args=[slug])


class Address(models.Model):
    """A former address of a story. It redirects to the story in one hop."""

    story = models.ForeignKey("Story", models.CASCADE, related_name="former_addresses", verbose_name=_("story"))
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="+", verbose_name=_("edition"))
    day = models.DateField(_("day"))
    slug = SlugField(_("slug"), max_length=160)

    objects = natural_manager("edition__slug", "day", "slug")()

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")
        ordering = ["day", "slug"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "day", "slug"], name="one_former_address"),
            slug_constraint("former_address_slug_ascii"),
        ]

    def __str__(self):
        return f"/{self.day:%Y/%m/%d}/{self.slug}/"

    def natural_key(self):
        return (*self.edition.natural_key(), self.day.isoformat(), self.slug)

    natural_key.dependencies = ["articles.edition"]
