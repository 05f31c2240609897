from django.db import models
from django.utils.translation import gettext_lazy as _

from .fields import LineField, ProseField


class EditorialSafeguards(models.Model):
    """Fields of a story that the code of ethics asks for; publishing/checks.py reads them (rules.md D5, D8–D10)."""

    in_public_interest = models.BooleanField(_("it concerns the public urgently"), default=False)
    source_is_credible = models.BooleanField(_("its first source is named, known and credible"), default=False)
    subject_not_reached = models.BooleanField(_("whoever it concerns could not be reached"), default=False)
    readers_are_told = models.BooleanField(_("the text tells readers that it is not verified yet"), default=False)
    verified_in = models.ForeignKey(
        "Story",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="verifies",
        verbose_name=_("verified in"),
        help_text=_("The later story that settles this one; each then leads to the other."),
    )
    is_made_with_ai = models.BooleanField(_("text or picture made with artificial intelligence"), default=False)
    ai_note = LineField(
        _("note on it"),
        max_length=300,
        blank=True,
        help_text=_("What was made so, and who checked it: readers see this."),
    )
    involves_child = models.BooleanField(_("a child is victim, witness or suspect"), default=False)
    child_is_unnamed = models.BooleanField(
        _("nothing tells who the child is"), default=False, help_text=_("No name, face, home, school or parents.")
    )
    protected_names = ProseField(
        _("names to protect"),
        blank=True,
        help_text=_("One a line. Only the desk sees them; none may stand in the story."),
    )
    is_about_suicide = models.BooleanField(
        _("about suicide"), default=False, help_text=_("Adds where to find help, and keeps the story from the popular.")
    )

    class Meta:
        abstract = True

    @property
    def protected(self):
        """The names to protect, as a list."""
        return [name.strip() for name in self.protected_names.splitlines() if name.strip()]
