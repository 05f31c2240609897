from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from .fields import JsonField, ProseField, natural_manager


class WaitingChange(models.Model):
    """A scheduled change to a published story. It is applied as a whole once due, without a background process."""

    story = models.OneToOneField("Story", models.CASCADE, related_name="waiting_change", verbose_name=_("story"))
    changes = JsonField(_("changes"), encoder=DjangoJSONEncoder)  # the part of a snapshot that differs
    base = JsonField(default=dict, editable=False, encoder=DjangoJSONEncoder)  # the same part before the change
    goes_out_at = models.DateTimeField(_("goes out at"), db_index=True)
    is_minor = models.BooleanField(_("only a slip of the pen"), default=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    made_at = models.DateTimeField(_("made"))
    refusal = ProseField(_("why it did not go out"), blank=True)

    objects = natural_manager("story__uid")()

    class Meta:
        verbose_name = _("waiting change")
        verbose_name_plural = _("waiting changes")
        ordering = ["goes_out_at", "pk"]

    def __str__(self):
        return f"{self.story} · {self.goes_out_at:%Y-%m-%d %H:%M}"

    def natural_key(self):
        return self.story.natural_key()

    natural_key.dependencies = ["articles.story"]
