from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase, TagBase

from articles.database.list_keys import ListQuerySet
from articles.field_uses import Use, Uses
from articles.text import letters
from articles.tracking import TracksDependencies

from .addresses.address import path_of
from .fields import FoldedField, LineField, SlugField, folded_constraint, natural_manager, public_id, slug_constraint


class TagQuerySet(models.QuerySet):
    """Writes the folding together with the name."""

    def update(self, **values):
        if "name" in values and "folded" not in values:
            values["folded"] = letters.folded(values["name"])
        return super().update(**values)

    def bulk_update(self, tags, fields, **options):
        return super().bulk_update(tags, {*fields, "folded"} if "name" in fields else fields, **options)

    def get_or_create(self, defaults=None, **known):
        """taggit calls it with the words of a form; any spelling of a name finds its tag, by `folded`."""
        if "name" in known:
            known, defaults = {**known, "folded": known["name"]}, {"name": known["name"], **(defaults or {})}
            del known["name"]
        return super().get_or_create(defaults, **known)


class Tag(TracksDependencies, TagBase):
    """A topic. Tags belong to the network, so that sister editions share them.

    Rusia, RUSIA and “Rusia” with an invisible letter are one tag (letters.folded).
    """

    key_parts = ("t", "id")
    field_uses = Uses(
        Use.SCREENED.without("it is the name again, as names are compared", "folded"),
        Use.WIRE.without("it is the name again, as names are compared", "folded"),
        Use.WIRE.without("the slug is the id that our own ninjs carries", "uid"),
    )

    uid = public_id()
    name = LineField(_("name"), max_length=100, unique=True)
    slug = SlugField(_("slug"), max_length=100, unique=True, made_from="name")
    folded = FoldedField(_("name as it is compared"), max_length=300, unique=True, of="name")

    objects = natural_manager("slug", queryset=TagQuerySet)()

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]
        constraints = [slug_constraint("tag_slug_ascii"), folded_constraint("tag_folded_as_named", "folded", "name")]

    def natural_key(self):
        return (self.slug,)

    def clean(self):
        if other := Tag.objects.filter(folded=self.name).exclude(pk=self.pk).first():
            raise ValidationError({"name": _("There is this tag already: %(name)s.") % {"name": other}})

    def slugify(self, tag, i=None):
        """taggit calls this for a tag without a slug, and again with 1, 2 … while the slug is taken."""
        return letters.slug(tag, 95) + (f"-{i}" if i else "")

    def get_absolute_url(self):
        return path_of("tag", self.slug)


class TaggedStory(ItemBase):
    """A tag on a story, in the order the editor gave."""

    field_uses = Uses(
        Use.REVISIONS.without("the revision is the story's", "content_object"),
        Use.REVISIONS.without("the list in a revision has the order", "order"),
        Use.REVISIONS.without("a trigger repeats it from the story", "edition", "live_from"),
        Use.WIRE.without("the story carries its tags in order", "content_object", "order"),
        Use.WIRE.without("a trigger repeats it from the story", "edition", "live_from"),
    )

    content_object = models.ForeignKey(
        "Story", models.CASCADE, related_name="tag_links", db_column="story_id", verbose_name=_("story")
    )
    tag = models.ForeignKey(Tag, models.PROTECT, related_name="links", verbose_name=_("tag"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    # A trigger copies these from the story (database/story_copies.py), so that a tag's page reads one index range.
    edition = models.ForeignKey(
        "Edition", models.DO_NOTHING, null=True, editable=False, serialize=False, related_name="+"
    )
    live_from = models.DateTimeField(null=True, editable=False, serialize=False)

    objects = natural_manager("content_object__uid", "tag__slug", queryset=ListQuerySet)()

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
