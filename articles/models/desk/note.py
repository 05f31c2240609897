from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..fields import LineField, ProseField, natural_manager, public_id


class Note(models.Model):
    """What people of the desk say to each other about a story, or about a passage of it. It is never public.

    A passage is kept as its own words and those around it, so that it is found again in a text that was edited
    (articles/text/passages.py); no mark stands in the stored text. An answer hangs on a note, and no answer on an
    answer. A deleted note keeps who deleted it, and none of its words.
    """

    uid = public_id()
    story = models.ForeignKey("Story", models.CASCADE, related_name="desk_notes", verbose_name=_("story"))
    answers_to = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="answers", verbose_name=_("answer to")
    )
    # None: an outsider wrote it by a preview link, and typed a name.
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("author")
    )
    outsider = LineField(_("name that an outsider typed"), max_length=80, blank=True)
    agrees = models.BooleanField(_("the outsider agrees to the revision"), default=False)
    revision_number = models.PositiveIntegerField(_("revision"), null=True, blank=True)  # that an outsider was shown
    text = ProseField(_("text"), blank=True)
    quote = ProseField(_("passage"), blank=True)
    before = LineField(_("words before the passage"), max_length=80, blank=True)
    after = LineField(_("words after the passage"), max_length=80, blank=True)
    made_at = models.DateTimeField(_("written"))
    resolved_at = models.DateTimeField(_("resolved"), null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("resolved by")
    )
    deleted_at = models.DateTimeField(_("deleted"), null=True, blank=True)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("deleted by")
    )

    objects = natural_manager("uid")()

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["made_at", "pk"]
        default_permissions = []
        indexes = [models.Index(fields=["story", "-made_at", "-id"], name="note_of_story")]
        constraints = [
            models.CheckConstraint(
                condition=Q(author__isnull=False, outsider="", agrees=False) | Q(author__isnull=True) & ~Q(outsider=""),
                name="note_has_one_author",
                violation_error_message=_("A note has an author, or the name that an outsider typed."),
            ),
            models.CheckConstraint(
                condition=Q(deleted_at__isnull=True) & (~Q(text="") | Q(agrees=True))
                | Q(deleted_at__isnull=False, text="", quote=""),
                name="note_has_words_until_deleted",
                violation_error_message=_("Write the note."),
            ),
            models.CheckConstraint(
                condition=Q(answers_to__isnull=True) | Q(quote="", resolved_at__isnull=True),
                name="note_answer_has_no_passage",
                violation_error_message=_("An answer has no passage of its own."),
            ),
        ]

    def __str__(self):
        return self.text[:80] or str(self.uid)

    def natural_key(self):
        return (str(self.uid),)
