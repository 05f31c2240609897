from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..fields import JsonField, LineField, natural_manager, public_id


class WorkingCopy(models.Model):
    """What somebody has typed into the form of a story and not saved. It is theirs alone: no revision, and no reader's.

    Each opened form has a row of its own, named by the uid that the form carries, so that two windows of one person
    never overwrite each other.
    """

    uid = public_id()
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="working_copies", verbose_name=_("sign-in")
    )
    # None: a story that was never saved
    story = models.ForeignKey(
        "Story", models.CASCADE, null=True, blank=True, related_name="working_copies", verbose_name=_("story")
    )
    headline = LineField(_("headline"), max_length=200, blank=True)
    typed = JsonField(_("typed"), default=list)  # [[name, value], …], as the form would send it
    base_version = models.PositiveIntegerField(_("version that was opened"), null=True, blank=True)
    changed_at = models.DateTimeField(_("changed"), db_index=True)
    dropped_at = models.DateTimeField(_("dropped"), null=True, blank=True)  # for a day it can be taken back
    taken_over_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("taken over by"),
    )

    objects = natural_manager("uid")()

    class Meta:
        verbose_name = _("working copy")
        verbose_name_plural = _("working copies")
        ordering = ["-changed_at", "-pk"]
        default_permissions = []
        indexes = [models.Index(fields=["owner", "-changed_at"], name="working_copy_of_owner")]

    def __str__(self):
        return self.headline or str(self.uid)

    def natural_key(self):
        return (str(self.uid),)
