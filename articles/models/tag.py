from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase, TagBase

from articles.delivery.printing import Shown

from .fields import natural_manager, public_id


class Tag(Shown, TagBase):
    """A topic. Tags belong to the network, so that sister editions share them."""

    touched_as = ("t", "id")

    uid = public_id()
    objects = natural_manager("slug")()

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]

    def natural_key(self):
        return (self.slug,)

    def get_absolute_url(self):
        return reverse("tag", args=[self.slug])


class TaggedStory(ItemBase):
    """A tag on a story, in the order the editor gave."""

    content_object = models.ForeignKey(
        "Story", models.CASCADE, related_name="tag_links", db_column="story_id", verbose_name=_("story")
    )
    tag = models.ForeignKey(Tag, models.PROTECT, related_name="links", verbose_name=_("tag"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    # Repeated from the story by a trigger (database.py), so that a tag's page is one index range.
    edition = models.ForeignKey(
        "Edition", models.DO_NOTHING, null=True, editable=False, serialize=False, related_name="+"
    )
    live_from = models.DateTimeField(null=True, editable=False, serialize=False)

    objects = natural_manager("content_object__uid", "tag__slug")()

    class Meta:
        verbose_name = _("tag of a story")
        verbose_name_plural = _("tags of a story")
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="one_link_a_tag")]
        indexes = [models.Index(fields=["tag", "edition", "-live_from", "-id"], name="tagged_by_tag")]

    def __str__(self):
        return str(self.tag)

    def natural_key(self):
        return (*self.content_object.natural_key(), *self.tag.natural_key())

    natural_key.dependencies = ["articles.story", "articles.tag"]
