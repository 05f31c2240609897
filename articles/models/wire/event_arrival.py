from django.db import models
from django.utils.translation import gettext_lazy as _

from ..desk.assignment import Assignment
from ..fields import LineField, natural_manager


class EventArrival(models.Model):
    """The import record of an assignment: the event of the wire that it was made of, and its version.

    `digest` covers what came, `stored` what it made of the assignment: while that is still so, nobody at the desk has
    changed it, and a later version may.
    """

    assignment = models.OneToOneField(
        Assignment, models.CASCADE, related_name="event_arrival", verbose_name=_("assignment")
    )
    uid = models.UUIDField(_("id at its source, as one of ours"), unique=True, editable=False)
    uri = LineField(_("id at its source"), max_length=1000)
    version = models.PositiveIntegerField(_("version"), default=1)
    version_at = models.DateTimeField(_("time of the version"), null=True, blank=True)
    digest = LineField(_("hash of what came"), max_length=40)
    stored = LineField(_("hash of the assignment when it came"), max_length=40)
    taken_at = models.DateTimeField(_("taken in"))

    objects = natural_manager("uid")()

    class Meta:
        verbose_name = _("event that came by wire")
        verbose_name_plural = _("events that came by wire")
        ordering = ["-taken_at", "-pk"]
        default_permissions = []

    def __str__(self):
        return self.uri

    def natural_key(self):
        return (str(self.uid),)

    natural_key.dependencies = ["articles.assignment"]
