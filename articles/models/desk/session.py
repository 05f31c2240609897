import datetime

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from ..fields import LineField, ProseField


class DeskSession(AbstractBaseSession):
    """One browser that is signed in at the desk, or is about to sign in.

    Signing in notes `device`, `network`, `began_at` and `idle` in it (sign_in/sessions.py). It knows its account, so
    that all sessions of an account end at once (database/ended_sessions.py) and are listed.
    """

    session_key = LineField(max_length=40, primary_key=True)
    session_data = ProseField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    device = LineField(_("device"), max_length=60, blank=True)  # "Firefox, Android"
    network = LineField(_("from where"), max_length=50, blank=True)  # as in the audit log: "203.0.113.0/24"
    began_at = models.DateTimeField(_("signed in"))
    used_at = models.DateTimeField(_("last used"))

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        default_permissions = []

    def __str__(self):
        return f"{self.user_id} · {self.device} · {self.used_at:%Y-%m-%d %H:%M}"

    @property
    def mark(self):
        """A name for it on a page: the key itself would open it."""
        return salted_hmac("articles.models.session", self.session_key, algorithm="sha256").hexdigest()[:32]

    @classmethod
    def get_session_store_class(cls):
        return SessionStore


class SessionStore(db.SessionStore):
    """settings.SESSION_ENGINE: Django's sessions in the database, in a table that knows the account of each.

    `row`: the DeskSession from which the session was read; None for a new one.
    """

    row = None

    @classmethod
    def get_model_class(cls):
        return DeskSession

    def _get_session_from_db(self):
        self.row = super()._get_session_from_db()
        return self.row

    def create_model_instance(self, data):
        row, now = super().create_model_instance(data), timezone.now()
        row.user_id, row.used_at = data.get(SESSION_KEY), now
        row.device, row.network = data.get("device", ""), data.get("network", "")
        row.began_at = datetime.datetime.fromisoformat(data["began_at"]) if "began_at" in data else now
        if "idle" in data:
            row.expire_date = min(row.expire_date, now + datetime.timedelta(minutes=data["idle"]))
        return row
