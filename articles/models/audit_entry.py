from django.db import models
from django.utils.translation import gettext_lazy as _

from .fields import LineField, choice_constraint, natural_manager, public_id


class Action(models.TextChoices):
    """An act that is logged. Transitions of stories are not among them, because each one writes a Revision."""

    SIGNED_IN = "signed_in", _("signed in")
    SIGN_IN_REFUSED = "sign_in_refused", _("sign-in refused")
    SIGN_IN_BLOCKED = "sign_in_blocked", _("sign-in blocked: too many tries")
    SIGNED_OUT = "signed_out", _("signed out")
    PASSWORD_SET = "password_set", _("password set")
    PREVIEWED = "previewed", _("preview opened")
    EXPORTED = "exported", _("stories exported")
    BACKED_UP = "backed_up", _("backup written")
    RESTORED = "restored", _("backup restored")
    ADDED = "added", _("added")
    CHANGED = "changed", _("changed")
    DELETED = "deleted", _("deleted")
    MERGED = "merged", _("merged into another")
    TAKEN_OVER = "taken_over", _("unsaved text taken over")
    LINK_MADE = "link_made", _("preview link made")
    LINK_REVOKED = "link_revoked", _("preview link revoked")
    LINK_OPENED = "link_opened", _("opened by a preview link")
    COMMENTED = "commented", _("commented by a preview link")
    AGREED = "agreed", _("agreed by a preview link")
    ASSIGNED = "assigned", _("assigned")
    DROPPED = "dropped", _("assignment dropped")
    PLACED = "placed", _("placed on the front page")
    CLEARED = "cleared", _("taken from its place on the front page")
    FACTOR_ADDED = "factor_added", _("second factor added")
    FACTOR_REMOVED = "factor_removed", _("second factor removed")
    FACTORS_RESET = "factors_reset", _("second factors reset")
    CODES_MADE = "codes_made", _("recovery codes made")
    CODE_USED = "code_used", _("signed in by a recovery code")
    SESSIONS_ENDED = "sessions_ended", _("sessions ended")
    INVITED = "invited", _("invited")
    INVITATION_ENDED = "invitation_ended", _("invitation ended")
    JOINED = "joined", _("joined by an invitation")


class Kind(models.TextChoices):
    """The kind of row that the act concerned."""

    NEWSROOM = "newsroom", _("the newsroom")
    EDITION = "edition", _("edition")
    ACCOUNT = "account", _("account")
    GROUP = "group", _("group")
    MEMBERSHIP = "membership", _("membership")
    PERSON = "person", _("person")
    PHOTO = "photo", _("photo")
    STORY = "story", _("story")
    TAG = "tag", _("tag")
    SERIES = "series", _("series")
    NOTE = "note", _("note")
    ASSIGNMENT = "assignment", _("assignment")
    INVITATION = "invitation", _("invitation")


class AuditEntry(models.Model):
    """One act in the audit log. Only `audit.write` adds entries, and the database refuses to change or delete them.

    An entry has no foreign keys, so no deletion removes or changes it; accounts and editions are stored by name.
    It holds no text of a story, no note, and no name of a source or of a protected person.
    """

    uid = public_id()
    action = LineField(_("action"), max_length=30, choices=Action)
    account = LineField(_("account"), max_length=150, blank=True)  # "" for a command, and if nobody is signed in
    kind = LineField(_("kind"), max_length=20, choices=Kind)
    key = LineField(_("on what"), max_length=500, blank=True)  # public id, user name, slug, or these joined by "/"
    edition = LineField(_("edition"), max_length=50, blank=True)  # its slug; "" if the row belongs to no edition
    fields = LineField(_("changed fields"), max_length=1000, blank=True)  # their names, never their values
    network = LineField(_("from where"), max_length=50, blank=True)  # "203.0.113.0/24"; "" for a command
    written_at = models.DateTimeField(_("at"), db_index=True)

    objects = natural_manager("uid")()

    class Meta:
        verbose_name = _("entry of the audit log")
        verbose_name_plural = _("audit log")
        ordering = ["-pk"]
        default_permissions = ["view"]
        indexes = [models.Index(fields=["kind", "-id"], name="audit_by_kind")]
        constraints = [
            choice_constraint("action", Action, "audit_action_known", _("This action is not one of ours.")),
            choice_constraint("kind", Kind, "audit_kind_known", _("This kind is not one of ours.")),
        ]

    def __str__(self):
        return f"{self.written_at:%Y-%m-%d %H:%M} · {self.account} · {self.action} · {self.kind} {self.key}"

    def natural_key(self):
        return (str(self.uid),)
