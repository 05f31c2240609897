from django.db import models
from django.utils.translation import gettext_lazy as _

from ..fields import LineField, choice_constraint, natural_manager


class Kind(models.TextChoices):
    PERSON = "person", _("person")
    TAG = "tag", _("tag")
    SERIES = "series", _("series")
    SECTION = "section", _("section")


class FormerKey(models.Model):
    """A key by which revisions name a row and which is not its public id (publishing/references.py).

    Revisions older than the public ids name people, tags, series and sections by slug. This table says which row each
    slug meant then, even if another row has the slug now. After a merge it says which row replaced the merged one.
    """

    kind = LineField(_("kind"), max_length=10, choices=Kind)
    key = LineField(_("key"), max_length=200, help_text=_("A section's begins with that of its edition."))
    uid = models.UUIDField(_("public id"))
    name = LineField(_("name"), max_length=120)

    objects = natural_manager("kind", "key")()

    class Meta:
        verbose_name = _("former key")
        verbose_name_plural = _("former keys")
        ordering = ["kind", "key"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="one_former_key"),
            choice_constraint("kind", Kind, "former_key_kind_known", _("This kind is not one of ours.")),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.key}: {self.name}"

    def natural_key(self):
        return (self.kind, self.key)
