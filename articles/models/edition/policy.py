from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..fields import (
    BodyField,
    LineField,
    Ruled,
    SecureLinkField,
    SlugField,
    natural_manager,
    secure_constraint,
    slug_constraint,
)
from .edition import Edition


class Covers(models.TextChoices):
    """What readers may want to know of a newsroom's rules; each is a property of schema.org's NewsMediaOrganization."""

    ETHICS = "ethics", _("ethics")
    CORRECTIONS = "corrections", _("corrections")
    VERIFICATION = "verification", _("how facts are verified")
    SOURCES = "sources", _("sources without a name")
    OWNERSHIP = "ownership", _("ownership and funding")
    FEEDBACK = "feedback", _("complaints and replies")


def covered(written):
    """The values of Covers in a text, each once and in order, with spaces between them; others are left out."""
    return " ".join(one for one in Covers.values if one in written.split())


class CoversField(Ruled, models.CharField):
    """Values of Covers with spaces between them."""

    rule = covered


class FollowLink(models.Model):
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="follow_links", verbose_name=_("edition"))
    channel = LineField(_("channel"), max_length=40, help_text=_("Facebook, WhatsApp, YouTube …"))
    url = SecureLinkField(_("address"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = natural_manager("edition__slug", "channel")()

    class Meta:
        verbose_name = _("follow link")
        verbose_name_plural = _("follow links")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "channel"], name="one_link_a_channel"),
            secure_constraint("follow_link_secure"),
        ]

    def __str__(self):
        return self.channel

    def natural_key(self):
        return (*self.edition.natural_key(), self.channel)

    natural_key.dependencies = ["articles.edition"]


class Policy(models.Model):
    """A text that binds the newsroom: code of ethics, corrections, privacy."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="policies", verbose_name=_("edition"))
    slug = SlugField(_("slug"), made_from="title")
    title = LineField(_("title"), max_length=160)
    text = BodyField(_("text"))
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    dated_on = models.DateField(_("dated"))
    covers = CoversField(
        _("tells about"),
        max_length=100,
        blank=True,
        default="",
        help_text=_("Search engines are told that this text is about it."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = natural_manager("edition__slug", "slug")()

    class Meta:
        verbose_name = _("policy")
        verbose_name_plural = _("policies")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "slug"], name="one_policy_a_slug"),
            slug_constraint("policy_slug_ascii"),
        ]

    def __str__(self):
        return self.title

    def natural_key(self):
        return (*self.edition.natural_key(), self.slug)

    natural_key.dependencies = ["articles.edition"]

    def get_absolute_url(self):
        return reverse("policy", args=[self.slug])
