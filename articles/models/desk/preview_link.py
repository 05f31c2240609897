from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..fields import LineField, public_id


class PreviewLink(models.Model):
    """An address by which somebody without an account reads one story before it is published, until a time.

    Of the secret part of the address only a hash is stored, so nobody finds the address in a table or a backup.
    """

    uid = public_id()
    story = models.ForeignKey("Story", models.CASCADE, related_name="preview_links", verbose_name=_("story"))
    secret_hash = LineField(max_length=64, unique=True, editable=False)
    reader = LineField(_("for whom"), max_length=80)
    revision_number = models.PositiveIntegerField(_("revision"), null=True, blank=True)  # None: always the newest
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by"))
    made_at = models.DateTimeField(_("made"))
    ends_at = models.DateTimeField(_("ends"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    views = models.PositiveIntegerField(_("views"), default=0)
    viewed_at = models.DateTimeField(_("last viewed"), null=True, blank=True)

    class Meta:
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        ordering = ["-made_at", "-pk"]
        default_permissions = []

    def __str__(self):
        return f"{self.reader} · {self.ends_at:%Y-%m-%d %H:%M}"
