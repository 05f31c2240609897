from django.db import models
from django.utils.translation import gettext_lazy as _

from ..edition import Edition
from ..fields import LineField, choice_constraint, natural_manager
from ..person import Person
from ..photo import Photo
from ..section import Section
from ..series import Series
from ..tag import Tag
from .shaped_fields import NoteField, PostField


class SourceId(models.Model):
    """The id of a row at its source. Later imports find the same person, tag … by it, even after a rename.

    `wire.known` makes `uid` from the source's id, so that all have one length; `uri` is for people to read.
    """

    uid = models.UUIDField(_("id at its source, as one of ours"), unique=True, editable=False)
    uri = LineField(_("id at its source"), max_length=1000)

    objects = natural_manager("uid")()

    class Meta:
        abstract = True
        verbose_name = _("id at a source")
        verbose_name_plural = _("ids at sources")
        ordering = ["pk"]

    def __str__(self):
        return self.uri

    def natural_key(self):
        return (str(self.uid),)


class SourcePerson(SourceId):
    row = models.ForeignKey(Person, models.CASCADE, related_name="source_ids", verbose_name=_("person"))
    login = LineField(_("login"), max_length=200, blank=True, help_text=_("Where its source tells no name."))


class SourceTag(SourceId):
    row = models.ForeignKey(Tag, models.CASCADE, related_name="source_ids", verbose_name=_("tag"))


class SourceSeries(SourceId):
    row = models.ForeignKey(Series, models.CASCADE, related_name="source_ids", verbose_name=_("series"))


class SourceSection(SourceId):
    """Each edition has sections of its own and may import the same source as another edition."""

    uid = models.UUIDField(_("id at its source, as one of ours"), editable=False)
    row = models.ForeignKey(Section, models.CASCADE, related_name="source_ids", verbose_name=_("section"))
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="+", verbose_name=_("edition"))

    objects = natural_manager("edition__slug", "uid")()

    class Meta(SourceId.Meta):
        constraints = [models.UniqueConstraint(fields=["edition", "uid"], name="one_source_id_of_an_edition")]

    def natural_key(self):
        return (*self.edition.natural_key(), str(self.uid))

    natural_key.dependencies = ["articles.edition"]


class SourcePhoto(SourceId):
    """A second id of a photo at its source: its number or its address."""

    row = models.ForeignKey(Photo, models.CASCADE, related_name="source_ids", verbose_name=_("photo"))


class Use(models.TextChoices):
    LEAD = "lead", _("lead photo")
    GALLERY = "gallery", _("gallery")


class AwaitedPhoto(models.Model):
    """A photo missing in an imported story: the source has it in another file, which may come later or never."""

    story = models.ForeignKey("Story", models.CASCADE, related_name="awaited_photos", verbose_name=_("story"))
    uid = models.UUIDField(_("id at its source, as one of ours"), db_index=True)
    use = LineField(_("use"), max_length=10, choices=Use)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = natural_manager("story__uid", "uid", "use")()

    class Meta:
        verbose_name = _("photo that is awaited")
        verbose_name_plural = _("photos that are awaited")
        ordering = ["story", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["story", "uid", "use"], name="one_awaited_photo_a_use"),
            choice_constraint("use", Use, "awaited_photo_use_known", _("This use is not one of ours.")),
        ]

    def __str__(self):
        return f"{self.get_use_display()}: {self.uid}"

    def natural_key(self):
        return (*self.story.natural_key(), str(self.uid), self.use)

    natural_key.dependencies = ["articles.story"]


class SourceNote(models.Model):
    """Data that one part of an export has about things its posts refer to (kinds: NOTES; `key`: "author siti"). Posts
    of other parts read it. Each edition has its own notes, so that nobody can write into stories of another edition.
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="+", verbose_name=_("edition"))
    site = LineField(_("site"), max_length=300, help_text=_("As an export names it: https://example.org"))
    key = LineField(_("what it is about"), max_length=300)
    told = NoteField(_("what was told"))

    objects = natural_manager("edition__slug", "site", "key")()

    class Meta:
        verbose_name = _("note of an export")
        verbose_name_plural = _("notes of exports")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "site", "key"], name="one_source_note")]

    def __str__(self):
        return f"{self.site} {self.key}"

    def natural_key(self):
        return (*self.edition.natural_key(), self.site, self.key)

    natural_key.dependencies = ["articles.edition"]


class IncompletePost(models.Model):
    """A post of an export that refers to data of another part. It is read again when that part arrives."""

    story = models.OneToOneField("Story", models.CASCADE, related_name="incomplete_post", verbose_name=_("story"))
    site = LineField(_("site"), max_length=300, db_index=True)
    told = PostField(_("what was told"))

    objects = natural_manager("story__uid")()

    class Meta:
        verbose_name = _("post that is incomplete")
        verbose_name_plural = _("posts that are incomplete")
        ordering = ["story"]

    def __str__(self):
        return f"{self.site}: {self.story}"

    def natural_key(self):
        return self.story.natural_key()

    natural_key.dependencies = ["articles.story"]
