from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from .edition import Edition
from .fields import LineField, choice_constraint, natural_manager
from .section import Section


class DeskRole(models.TextChoices):
    REPORTER = "reporter", _("reporter")
    EDITOR = "editor", _("editor")
    PHOTO = "photo", _("photo editor")
    CHIEF = "chief", _("chief editor")


class Membership(models.Model):
    """A role of an account at an edition (or all of them), limited to one section or not."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships", verbose_name=_("sign-in")
    )
    edition = models.ForeignKey(
        Edition, models.CASCADE, null=True, blank=True, related_name="memberships", verbose_name=_("edition")
    )
    section = models.ForeignKey(
        Section, models.CASCADE, null=True, blank=True, related_name="memberships", verbose_name=_("section")
    )
    role = LineField(_("role"), max_length=20, choices=DeskRole)

    objects = natural_manager("user__username", "edition__slug", "section__slug", "role")()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["user", "pk"]
        constraints = [
            models.UniqueConstraint(
                "user",
                Coalesce("edition", 0),
                Coalesce("section", 0),
                "role",
                name="one_membership_a_desk",
                violation_error_message=_("They have this role there already."),
            ),
            choice_constraint("role", DeskRole, "membership_role_known", _("This role is not one of ours.")),
        ]

    def __str__(self):
        where = self.edition or _("all editions")
        return f"{self.user} · {self.get_role_display()} · {where}"

    def natural_key(self):
        edition = self.edition.slug if self.edition else None
        section = self.section.slug if self.section else None
        return (self.user.username, edition, section, self.role)

    natural_key.dependencies = ["articles.edition", "articles.section"]
