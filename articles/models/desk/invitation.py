from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..edition import Edition
from ..fields import EmailField, LineField, choice_constraint, public_id
from ..membership import DeskRole
from ..section import Section


class Invitation(models.Model):
    """A link by which one person makes an account of their own with this role: once, and until it ends.

    Of the secret part of the link only a hash is stored, so nobody finds the link in a table or a backup.
    """

    uid = public_id()
    secret_hash = LineField(max_length=64, unique=True, editable=False)
    name = LineField(_("for whom"), max_length=150)
    email = EmailField(_("e-mail"), blank=True)
    role = LineField(_("role"), max_length=20, choices=DeskRole)
    edition = models.ForeignKey(Edition, models.CASCADE, null=True, blank=True, verbose_name=_("edition"))
    section = models.ForeignKey(Section, models.CASCADE, null=True, blank=True, verbose_name=_("section"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by"))
    made_at = models.DateTimeField(_("made"))
    ends_at = models.DateTimeField(_("ends"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    taken_at = models.DateTimeField(_("taken up"), null=True, blank=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("account")
    )

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-made_at", "-pk"]
        default_permissions = []
        constraints = [
            choice_constraint("role", DeskRole, "invitation_role_known", _("This role is not one of ours.")),
        ]

    def __str__(self):
        return f"{self.name} · {self.get_role_display()} · {self.ends_at:%Y-%m-%d %H:%M}"
