from django.db import models
from django.utils.translation import gettext_lazy as _

from ..edition import Edition
from ..fields import SlugField, natural_manager, slug_constraint
from ..person import Person
from ..section import Section
from ..series import Series
from ..tag import Tag


class FormerSlug(models.Model):
    """A slug that a row had before. The old address redirects to the row in one hop.

    Triggers write and delete these rows (database/former_slugs.py): a row is added when a slug changes, and deleted
    when another row takes that slug. So a slug is in use or was in use, never both.
    """

    slug = SlugField(_("slug"), max_length=120, unique=True)

    objects = natural_manager("slug")()

    class Meta:
        abstract = True
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")
        ordering = ["slug"]
        constraints = [slug_constraint("%(class)s_slug_ascii")]

    def __str__(self):
        return self.slug

    def natural_key(self):
        return (self.slug,)


class FormerTagSlug(FormerSlug):
    row = models.ForeignKey(Tag, models.CASCADE, related_name="former_slugs", verbose_name=_("tag"))


class FormerPersonSlug(FormerSlug):
    row = models.ForeignKey(Person, models.CASCADE, related_name="former_slugs", verbose_name=_("person"))


class FormerSeriesSlug(FormerSlug):
    row = models.ForeignKey(Series, models.CASCADE, related_name="former_slugs", verbose_name=_("series"))


class FormerSectionSlug(FormerSlug):
    """Each edition has sections of its own."""

    slug = SlugField(_("slug"), max_length=60)
    row = models.ForeignKey(Section, models.CASCADE, related_name="former_slugs", verbose_name=_("section"))
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="+", verbose_name=_("edition"))

    objects = natural_manager("edition__slug", "slug")()

    class Meta(FormerSlug.Meta):
        constraints = [
            *FormerSlug.Meta.constraints,
            models.UniqueConstraint(fields=["edition", "slug"], name="one_former_slug_of_an_edition"),
        ]

    def natural_key(self):
        return (*self.edition.natural_key(), self.slug)

    natural_key.dependencies = ["articles.edition"]
