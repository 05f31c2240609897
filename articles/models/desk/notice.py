from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..fields import LineField, choice_constraint, natural_manager


class Told(models.TextChoices):
    """What somebody is told of."""

    SUBMITTED = "submitted", _("submitted")
    RETURNED = "returned", _("returned")
    APPROVED = "approved", _("approved")
    NOTED = "noted", _("a note")
    MENTIONED = "mentioned", _("named in a note")
    ASSIGNED = "assigned", _("assigned")
    CALLED_OFF = "called_off", _("an assignment called off")
    PROPOSED = "proposed", _("an idea proposed")
    TAKEN_UP = "taken_up", _("an idea taken up")
    DECLINED = "declined", _("an idea declined")
    BLOCKED = "blocked", _("blocked")
    CONFLICT = "conflict", _("two wrote the same words")


class Mail(models.TextChoices):
    """When somebody is told by e-mail."""

    AT_ONCE = "at_once", _("at once")
    DIGEST = "digest", _("once a day")
    NEVER = "never", _("never")


class Notice(models.Model):
    """A word to one person: what happened, to which story or assignment, by whom.

    It holds no text of a story and none of a note, so it can tell nobody more than they may see when they read it.
    """

    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("to"))
    kind = LineField(_("kind"), max_length=20, choices=Told)
    story = models.ForeignKey("Story", models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("story"))
    assignment = models.ForeignKey(
        "Assignment", models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("assignment")
    )
    # None: the newsroom itself, or an outsider
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"))
    seen_at = models.DateTimeField(_("seen"), null=True, blank=True)
    mail = LineField(_("by e-mail"), max_length=10, choices=Mail, default=Mail.NEVER)  # as was wanted when it was told
    mailed_at = models.DateTimeField(_("sent by e-mail"), null=True, blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-at", "-pk"]
        default_permissions = []
        indexes = [
            models.Index(fields=["to", "-at", "-id"], name="notice_to"),
            models.Index(fields=["to", "-id"], name="notice_unseen", condition=Q(seen_at__isnull=True)),
            models.Index(
                fields=["mail", "to"],
                name="notice_unmailed",
                condition=Q(mailed_at__isnull=True, seen_at__isnull=True),
            ),
        ]
        constraints = [
            choice_constraint("kind", Told, "notice_kind_known", _("This kind is not one of ours.")),
            models.CheckConstraint(
                condition=Q(story__isnull=True) ^ Q(assignment__isnull=True),
                name="notice_is_about_one",
                violation_error_message=_("A notice is about a story or about an assignment."),
            ),
            choice_constraint("mail", Mail, "notice_mail_known", _("Choose when you are told by e-mail.")),
        ]

    def __str__(self):
        return f"{self.to_id} · {self.kind} · {self.at:%Y-%m-%d %H:%M}"


class MailChoice(models.Model):
    """When one person is told of one kind of thing by e-mail. Without a row, it waits for the digest."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="mail_choices", verbose_name=_("sign-in")
    )
    kind = LineField(_("kind"), max_length=20, choices=Told)
    mail = LineField(_("by e-mail"), max_length=10, choices=Mail)

    objects = natural_manager("user__username", "kind")()

    class Meta:
        verbose_name = _("choice of e-mail")
        verbose_name_plural = _("choices of e-mail")
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="one_mail_choice_a_kind"),
            choice_constraint("kind", Told, "mail_choice_kind_known", _("This kind is not one of ours.")),
            choice_constraint("mail", Mail, "mail_choice_known", _("Choose when you are told by e-mail.")),
        ]

    def __str__(self):
        return f"{self.user} · {self.kind} · {self.mail}"

    def natural_key(self):
        return (self.user.username, self.kind)
