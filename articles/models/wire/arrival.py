from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.text import old_paths

from ..edition import Edition
from ..fields import LineField, Ruled, natural_manager


class PathField(Ruled, models.CharField):
    """The path of an address on another site, with its query, in the one spelling that is compared."""

    rule = old_paths.plain


class Arrival(models.Model):
    """The import record of a story: its source and version, so that it is imported once and local edits are not lost.

    `digest` covers the source's own text (wire/values/digests.py says how it begins), `beside` other data of the file
    about it. `source_uid` is the uid made of the source's id, if the story was first imported under another one.
    """

    story = models.OneToOneField("Story", models.CASCADE, related_name="arrival", verbose_name=_("story"))
    uri = LineField(_("id at its source"), max_length=1000)
    version = models.PositiveIntegerField(_("version"), default=1)
    version_at = models.DateTimeField(_("time of the version"), null=True, blank=True)
    digest = LineField(_("hash of what came"), max_length=40)
    beside = LineField(_("hash of what came with it"), max_length=40, blank=True)
    missing = models.PositiveIntegerField(_("how much the file did not have of what it refers to"), default=0)
    source_uid = models.UUIDField(_("id at its source, as one of ours"), null=True, unique=True, editable=False)
    story_version = models.PositiveIntegerField(_("version of the story when it came"))
    has_old_links = models.BooleanField(_("leads to stories of the site it came from"), default=False)
    taken_at = models.DateTimeField(_("taken in"))

    objects = natural_manager("story__uid")()

    class Meta:
        verbose_name = _("arrival by wire")
        verbose_name_plural = _("arrivals by wire")
        ordering = ["-taken_at", "-pk"]

    def __str__(self):
        return self.uri

    def natural_key(self):
        return self.story.natural_key()

    natural_key.dependencies = ["articles.story"]


class OldAddress(models.Model):
    """The address of a story on the site that it was imported from. It redirects to the story in one hop."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="+", verbose_name=_("edition"))
    path = PathField(_("path"), max_length=old_paths.LONGEST, help_text=_("With its query, if it has one: /?p=603"))
    host = LineField(_("host"), max_length=253, blank=True, help_text=_("Of the site that it came from, if known."))
    story = models.ForeignKey("Story", models.CASCADE, related_name="old_addresses", verbose_name=_("story"))

    objects = natural_manager("edition__slug", "path")()

    class Meta:
        verbose_name = _("old address")
        verbose_name_plural = _("old addresses")
        ordering = ["path"]
        constraints = [models.UniqueConstraint(fields=["edition", "path"], name="one_old_address")]

    def __str__(self):
        return self.path

    def natural_key(self):
        return (*self.edition.natural_key(), self.path)

    natural_key.dependencies = ["articles.edition", "articles.story"]
