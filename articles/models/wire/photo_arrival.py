from django.db import models
from django.utils.translation import gettext_lazy as _

from ..fields import LineField, natural_manager
from .shaped_fields import LayerField


class PhotoArrival(models.Model):
    """The import record of a photo: its metadata by source, so that the order of arrival does not matter.

    Metadata of the photo's own item goes before that in a story, and that before metadata in the picture file.
    `written` is what ingest last wrote to the photo: a field with another value was changed at the desk.
    """

    photo = models.OneToOneField("Photo", models.CASCADE, related_name="arrival", verbose_name=_("photo"))
    uri = LineField(_("id at its source"), max_length=1000)
    version = models.PositiveIntegerField(_("version"), default=1)
    version_at = models.DateTimeField(_("time of the version"), null=True, blank=True)
    digest = LineField(_("hash of what came"), max_length=40, blank=True, help_text=_("Empty: only with a story."))
    by_itself = LayerField(_("what its own item says"), default=dict, blank=True)
    with_story = LayerField(_("what a story says of it"), default=dict, blank=True)
    written = LayerField(_("what the wire wrote last"), default=dict, blank=True)
    taken_at = models.DateTimeField(_("taken in"))

    objects = natural_manager("photo__uid")()

    class Meta:
        verbose_name = _("arrival of a photo")
        verbose_name_plural = _("arrivals of photos")
        ordering = ["-taken_at", "-pk"]

    def __str__(self):
        return self.uri

    def natural_key(self):
        return self.photo.natural_key()

    natural_key.dependencies = ["articles.photo"]
