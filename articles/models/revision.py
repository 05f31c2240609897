import hashlib
import json

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from .fields import natural_manager


class Revision(models.Model):
    """What a story was when somebody saved or moved it: fields, credits, tags and photos in one snapshot."""

    story = models.ForeignKey("Story", models.CASCADE, related_name="revisions", verbose_name=_("story"))
    number = models.PositiveIntegerField(_("number"))
    snapshot = models.JSONField(_("snapshot"), encoder=DjangoJSONEncoder)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"))
    note = models.CharField(_("note"), max_length=200, blank=True)
    previous_hash = models.CharField(_("hash of the revision before"), max_length=64, blank=True)

    objects = natural_manager("story__uid", "number")()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["story", "-number"]
        constraints = [models.UniqueConstraint(fields=["story", "number"], name="one_revision_a_number")]

    def __str__(self):
        return f"{self.story} #{self.number}"

    def natural_key(self):
        return (*self.story.natural_key(), self.number)

    natural_key.dependencies = ["articles.story"]

    @property
    def hash(self):
        """SHA-256 over number, time, snapshot and the hash before: one changed row breaks the chain behind it."""
        text = json.dumps(
            [self.number, self.at, self.snapshot, self.previous_hash], cls=DjangoJSONEncoder, sort_keys=True
        )
        return hashlib.sha256(text.encode()).hexdigest()
