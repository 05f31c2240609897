from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..edition import Edition
from ..fields import LineField, choice_constraint, natural_manager, public_id
from ..section import Section


class Listed(models.TextChoices):
    """The lists of which somebody may keep a view. The values are names of models."""

    STORY = "story", _("stories")
    PHOTO = "photo", _("photos")


class SavedView(models.Model):
    """A list with words, filters and columns, kept by its owner under a name.

    It may be shared with a desk: an edition, or one of its sections. It is only an address: whoever opens it sees the
    rows that they may see anyway.
    """

    uid = public_id()
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views", verbose_name=_("sign-in")
    )
    listed = LineField(_("list"), max_length=20, choices=Listed)
    title = LineField(_("name of the view"), max_length=40)
    query = LineField(_("words and filters"), max_length=1000, blank=True)
    edition = models.ForeignKey(
        Edition, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("edition")
    )
    section = models.ForeignKey(
        Section, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("section")
    )

    objects = natural_manager("uid")()

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["title", "pk"]
        constraints = [
            choice_constraint("listed", Listed, "saved_view_list_known", _("This list is not one of ours.")),
            models.UniqueConstraint(
                fields=["owner", "listed", "title"],
                name="one_saved_view_a_name",
                violation_error_message=_("You have a view of this name already."),
            ),
            models.CheckConstraint(
                condition=Q(section__isnull=True) | Q(edition__isnull=False),
                name="saved_view_section_has_edition",
                violation_error_message=_("Choose a section of this edition."),
            ),
        ]

    def __str__(self):
        return self.title

    def natural_key(self):
        return (str(self.uid),)
