from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.database.list_keys import ListQuerySet
from articles.field_uses import Use, Uses

from .fields import LineField, ProseField, choice_constraint, natural_manager, public_id


class Kind(models.TextChoices):
    ERRATUM = "erratum", _("erratum")
    CORRECTION = "correction", _("correction")
    REPLY = "reply", _("right of reply")
    WITHDRAWAL = "withdrawal", _("withdrawal")


class Reason(models.TextChoices):
    """Reasons for withdrawing a story (rules.md D4). Pressure from outside the newsroom is not a reason."""

    HATRED = "hatred", _("it sets groups of people against each other")
    DECENCY = "decency", _("it offends decency")
    CHILD = "child", _("it harms the future of a child")
    TRAUMA = "trauma", _("it hurts victims once more")
    OTHER = "other", _("another reason, told below")


class Correction(models.Model):
    """A public note linked to its story: a correction, a right of reply or a withdrawal (rules.md D3)."""

    field_uses = Uses(
        Use.WIRE.without("the story carries its corrections", "story"),
        Use.WIRE.without("accounts never leave the newsroom", "by"),
    )

    uid = public_id()
    story = models.ForeignKey("Story", models.CASCADE, related_name="corrections", verbose_name=_("story"))
    kind = LineField(_("kind"), max_length=20, choices=Kind, default=Kind.CORRECTION)
    reason = LineField(_("reason"), max_length=20, choices=Reason, blank=True)
    text = ProseField(_("text"), blank=True)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )

    objects = natural_manager("uid", queryset=ListQuerySet)()

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-at", "-pk"]
        constraints = [
            choice_constraint("kind", Kind, "correction_kind_known", _("This kind is not one of ours.")),
            models.CheckConstraint(
                condition=Q(kind=Kind.WITHDRAWAL, reason__in=Reason.values) | ~Q(kind=Kind.WITHDRAWAL) & Q(reason=""),
                name="withdrawal_has_a_reason",
                violation_error_message=_("A withdrawal has one of our reasons, a correction has none."),
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.WITHDRAWAL) & ~Q(reason=Reason.OTHER) | ~Q(text=""),
                name="correction_has_a_text",
                violation_error_message=_("Write what was wrong and what is right."),
            ),
        ]
        indexes = [models.Index(fields=["-at", "-id"], name="correction_by_time")]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.story}"

    def natural_key(self):
        return (str(self.uid),)

    natural_key.dependencies = ["articles.story"]
