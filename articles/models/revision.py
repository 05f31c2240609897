import hashlib
import json

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from .fields import LineField, ProseField, choice_constraint, natural_manager


class Move(models.TextChoices):
    """An act on a story that is recorded in a revision."""

    SAVED = "saved", _("saved")
    SUBMITTED = "submitted", _("submitted")
    TAKEN_BACK = "taken_back", _("taken back")
    RETURNED = "returned", _("returned")
    APPROVED = "approved", _("approved")
    RELEASED = "released", _("released")
    RESCHEDULED = "rescheduled", _("rescheduled")
    CORRECTED = "corrected", _("corrected")
    WITHDRAWN = "withdrawn", _("withdrawn")
    RESTORED = "restored", _("restored")
    PREPARED = "prepared", _("prepared")
    CALLED_OFF = "called_off", _("called off")
    WENT_OUT = "went_out", _("went out")
    TAKEN_IN = "taken_in", _("taken in")
    LOADED = "loaded", _("loaded")
    SET_ASIDE = "set_aside", _("set aside")


class Revision(models.Model):
    """A snapshot of a story when somebody saved or moved it: fields, credits, tags and photos.

    One that was set aside was never the story: it is the text that lost where two people had changed the same words.
    Revisions of releases before know no `version`.
    """

    story = models.ForeignKey("Story", models.CASCADE, related_name="revisions", verbose_name=_("story"))
    number = models.PositiveIntegerField(_("number"))
    move = LineField(_("move"), max_length=20, choices=Move, default=Move.SAVED)
    snapshot = models.JSONField(_("snapshot"), encoder=DjangoJSONEncoder)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"))
    note = ProseField(_("note"), blank=True, help_text=_("The reason, or what was overruled."))
    version = models.PositiveIntegerField(_("version of the story"), null=True, blank=True, editable=False)
    previous_hash = LineField(_("hash of the revision before"), max_length=64, blank=True)

    objects = natural_manager("story__uid", "number")()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["story", "-number"]
        indexes = [
            models.Index(fields=["-at", "-id"], name="revision_by_time"),
            models.Index(fields=["by", "story"], name="revision_begun", condition=models.Q(number=1)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["story", "number"], name="one_revision_a_number"),
            choice_constraint("move", Move, "revision_move_known", _("This move is not one of ours.")),
        ]

    def __str__(self):
        return f"{self.story} #{self.number}"

    def natural_key(self):
        return (*self.story.natural_key(), self.number)

    natural_key.dependencies = ["articles.story"]

    @property
    def hash(self):
        """SHA-256 of the revision and of the previous hash: one changed row breaks the chain after it.

        The hash includes the account's name, which is the same in another database. So renaming an account breaks it.
        """
        by = self.by and self.by.get_username()
        content = [self.number, self.move, self.note, by, self.at, self.snapshot, self.previous_hash]
        text = json.dumps(content, cls=DjangoJSONEncoder, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()
