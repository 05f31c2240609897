from django.db import models
from django.utils.translation import gettext_lazy as _

from .fields import natural_manager


class PhotoInText(models.Model):
    """A photo in a story's body. A trigger writes it (database/story_copies.py), so that uses can be queried."""

    story = models.ForeignKey("Story", models.CASCADE, related_name="photos_in_text", verbose_name=_("story"))
    uid = models.UUIDField(_("public id of the photo"), db_index=True)

    objects = natural_manager("story__uid", "uid")()

    class Meta:
        verbose_name = _("photo in a text")
        verbose_name_plural = _("photos in texts")
        constraints = [models.UniqueConstraint(fields=["story", "uid"], name="one_row_a_photo_in_text")]

    def __str__(self):
        return f"{self.story} · {self.uid}"

    def natural_key(self):
        return (*self.story.natural_key(), str(self.uid))

    natural_key.dependencies = ["articles.story"]
