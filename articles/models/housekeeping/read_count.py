from django.db import models
from django.utils.translation import gettext_lazy as _

from ..fields import natural_manager


class ReadCount(models.Model):
    """The number of reads of a story within an hour. It is written in batches, never during a reader's request."""

    story = models.ForeignKey("Story", models.CASCADE, related_name="read_counts", verbose_name=_("story"))
    hour = models.DateTimeField(_("hour"))
    reads = models.PositiveIntegerField(_("reads"), default=0)

    objects = natural_manager("story__uid", "hour")()

    class Meta:
        verbose_name = _("read count")
        verbose_name_plural = _("read counts")
        ordering = ["-hour"]
        constraints = [models.UniqueConstraint(fields=["story", "hour"], name="one_count_an_hour")]
        indexes = [models.Index(fields=["hour", "story", "reads"], name="reads_by_hour")]

    def __str__(self):
        return f"{self.story} · {self.hour:%Y-%m-%d %H} · {self.reads}"

    def natural_key(self):
        return (*self.story.natural_key(), self.hour.isoformat())

    natural_key.dependencies = ["articles.story"]
