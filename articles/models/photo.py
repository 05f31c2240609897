import operator
import pathlib
from functools import reduce

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from articles.database.list_keys import ListQuerySet
from articles.field_uses import Use, Uses
from articles.photo_metadata import Metadata
from articles.tracking import TracksDependencies

from .fields import JsonField, LineField, LinkField, ProseField, natural_manager, public_id

NEWEST = ["-added_at", "-id"]  # the order of the library; an index of it for each filter of the desk
LACKING = {
    "alt": Q(alt="", is_decorative=False),
    "credit": Q(agency="", photographer=""),
    "caption": Q(caption=""),
}
SHAPES = {"wide": Q(width__gt=F("height")), "tall": Q(width__lt=F("height")), "square": Q(width=F("height"))}
OF_STORIES = {"led_stories", "uses"}  # the relations by which stories show a photo
LONGEST_SIDES = 5  # the largest ratio of the longer side to the shorter one
ORIGINALS = "originals"  # their folder in the media storage
ENDINGS = {".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif", ".tif", ".tiff", ".heic", ".heif"}


def original_name(photo, filename):
    """The name of an upload in storage. The name is ours, and only the extension is the sender's."""
    ending = pathlib.PurePath(filename).suffix.lower()
    return f"{ORIGINALS}/{photo.uid}{ending if ending in ENDINGS else ''}"


class PhotoQuerySet(models.QuerySet):
    def usable(self, at):
        """Photos whose rights have not ended; the same rule as `Photo.is_usable`."""
        return self.filter(Q(rights_end_at__isnull=True) | Q(rights_end_at__gt=at))

    def shown_in(self, story):
        """Photos at the head of a story, in its text or in its gallery; the reverse is `StoryQuerySet.showing`."""
        in_text = story.photos_in_text.values("uid")
        return self.filter(Q(pk=story.lead_photo_id) | Q(uses__story=story) | Q(uid__in=in_text)).distinct()


def shown_beside_stories():
    """The condition that a photo is shown to readers by other rows than stories, such as portraits and logos.

    A row that shows a photo protects it from being deleted (PROTECT); one that only notes something about it does not.
    """
    uses = [one for one in Photo._meta.related_objects if one.on_delete is models.PROTECT]
    rows = (
        use.related_model.objects.filter(**{use.field.name: OuterRef("pk")})
        for use in uses
        if use.name not in OF_STORIES
    )
    return reduce(operator.or_, map(Exists, rows))


class Photo(TracksDependencies, models.Model):
    """A picture in the library. Readers get renditions of it (photos/), never the original."""

    key_parts = ("f", "uid")
    field_uses = Uses(
        Use.CARDS.without(
            "a card shows the picture alone, without caption and credit",
            "file", "file_size", "title", "caption", "is_decorative", "long_description", "people", "keywords",
            "agency", "photographer", "copyright", "usage_terms", "territory", "web_statement", "licensor_url",
            "digital_source_type", "taken_at", "place", "country", "source", "from_file", "looks", "added_at",
        ),
        Use.DESK_LISTS.without(
            "a row shows the picture, and whether it lacks a text or a credit",
            "file_size", "caption", "long_description", "people", "keywords", "copyright", "usage_terms", "territory",
            "web_statement", "licensor_url", "digital_source_type", "taken_at", "place", "country", "source",
            "from_file", "looks", "added_at",
        ),
        Use.SCREENED.without("a hash of the file or of its pixels", "hash", "looks"),
        Use.SCREENED.without("a term of IPTC", "digital_source_type"),
        Use.SCREENED.without("an address of the agency, which does not name a child", "web_statement", "licensor_url"),
        Use.WIRE.without("for the desk alone", "title", "from_file", "source", "added_at"),
        Use.WIRE.without("originals never leave, and renditions have a hash of their own", "file", "hash", "file_size"),
        Use.WIRE.without("the receiver measures the picture itself", "width", "height", "looks"),
        Use.WIRE.without("ninjs has no field for it", "territory", "licensor_url", "country"),
    )  # fmt: skip

    uid = public_id()
    file = models.ImageField(_("file"), upload_to=original_name, max_length=200)
    hash = LineField(_("hash of the file"), max_length=32, editable=False, db_index=True)
    file_size = models.PositiveBigIntegerField(_("bytes of the file"), null=True, editable=False)
    width = models.PositiveIntegerField(_("width"), editable=False)
    height = models.PositiveIntegerField(_("height"), editable=False)
    title = LineField(_("title"), max_length=250, help_text=_("For the desk only: how the picture is found."))
    caption = ProseField(_("caption"), blank=True)
    alt = LineField(
        _("alternative text"), max_length=1000, blank=True, help_text=_("What is to be seen, for those who cannot see.")
    )
    is_decorative = models.BooleanField(
        _("only decorative"),
        default=False,
        help_text=_("Tells nothing that the text does not: needs no alternative text."),
    )
    long_description = ProseField(_("extended description"), blank=True)
    people = LineField(
        _("people in the picture"), max_length=2000, blank=True, help_text=_("As they stand, from the left, by commas.")
    )
    keywords = LineField(_("keywords"), max_length=4000, blank=True, help_text=_("Things and topics, by commas."))
    agency = LineField(_("agency"), max_length=250, blank=True)
    photographer = LineField(_("photographer"), max_length=500, blank=True)
    copyright = LineField(_("copyright notice"), max_length=1000, blank=True)
    usage_terms = ProseField(_("usage terms"), blank=True)
    territory = LineField(
        _("territory"), max_length=500, blank=True, help_text=_("Where it may be used, if not everywhere.")
    )
    web_statement = LinkField(_("web statement of rights"), max_length=1000, blank=True)
    licensor_url = LinkField(_("licensor"), max_length=1000, blank=True)
    digital_source_type = LineField(
        _("how it was made"), max_length=60, blank=True, help_text=_("IPTC's name of it: trainedAlgorithmicMedia.")
    )
    rights_end_at = models.DateTimeField(_("rights end"), null=True, blank=True)
    taken_at = models.DateTimeField(_("taken"), null=True, blank=True)
    place = LineField(_("place"), max_length=400, blank=True)
    country = LineField(_("country"), max_length=200, blank=True)
    source = LineField(_("source"), max_length=250, blank=True)
    from_file = JsonField(_("from the file"), default=dict, blank=True, editable=False)
    looks = LineField(_("how it looks"), max_length=448, blank=True, editable=False)
    focal_x = models.FloatField(_("focal point, from the left"), default=0.5, help_text=_("0 to 1"))
    focal_y = models.FloatField(_("focal point, from the top"), default=0.5, help_text=_("0 to 1"))
    added_at = models.DateTimeField(_("added"), auto_now_add=True)

    objects = natural_manager("uid", queryset=PhotoQuerySet)()

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["-added_at", "-pk"]
        indexes = [
            models.Index(fields=NEWEST, name="photo_by_time"),
            models.Index(fields=["agency", *NEWEST], name="photo_by_agency"),
            models.Index(fields=["title", "id"], name="photo_by_title"),
            *(
                models.Index(fields=NEWEST, condition=condition, name=f"photo_{name}")
                for name, condition in [*((f"lacks_{what}", q) for what, q in LACKING.items()), *SHAPES.items()]
            ),
            models.Index(
                fields=[*NEWEST, "rights_end_at"], condition=Q(rights_end_at__isnull=False), name="photo_with_end"
            ),
            models.Index(
                fields=[*NEWEST, "digital_source_type"], condition=~Q(digital_source_type=""), name="photo_with_source"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(focal_x__gte=0, focal_x__lte=1, focal_y__gte=0, focal_y__lte=1),
                name="focal_point_inside",
                violation_error_message=_("The focal point lies between 0 and 1, from the left and from the top."),
            ),
            models.CheckConstraint(  # a strip one pixel wide would be scaled up to gigabytes
                condition=Q(width__lte=F("height") * LONGEST_SIDES, height__lte=F("width") * LONGEST_SIDES),
                name="photo_is_no_strip",
                violation_error_message=_("A photo is at most five times as long as it is wide."),
            ),
        ]

    def __str__(self):
        return self.title

    def natural_key(self):
        return (str(self.uid),)

    def is_usable(self, at):
        """Whether readers may still see it at the time `at`: its rights may have ended (rules.md I6)."""
        return self.rights_end_at is None or self.rights_end_at > at

    @property
    def is_generated(self):
        """Whether a machine made or composed it; readers are told so (rules.md I7)."""
        return Metadata(digital_source_type=self.digital_source_type).is_generated_or_composite

    @property
    def is_drawn(self):
        return Metadata(digital_source_type=self.digital_source_type).is_drawn

    @property
    def credit(self):
        """AFP/BAY ISMOYO: agency and photographer, or the one that is known."""
        return "/".join(filter(None, [self.agency, self.photographer]))


class FormerFile(models.Model):
    """A replaced file of a photo. It is kept for some days (photos/former.py) and then deleted.

    Until then its address serves the new picture, so that pages cached elsewhere do not show a broken image.
    """

    photo = models.ForeignKey(Photo, models.CASCADE, related_name="former_files", verbose_name=_("photo"))
    file = models.FileField(_("file"), max_length=200)
    hash = LineField(_("hash of the file"), max_length=32, db_index=True)
    replaced_at = models.DateTimeField(_("replaced"), db_index=True)

    objects = natural_manager("photo__uid", "file")()

    class Meta:
        verbose_name = _("former file of a photo")
        verbose_name_plural = _("former files of photos")
        ordering = ["-replaced_at"]
        constraints = [models.UniqueConstraint(fields=["photo", "file"], name="one_row_a_former_file")]

    def __str__(self):
        return f"{self.photo} · {self.replaced_at:%Y-%m-%d}"

    def natural_key(self):
        return (*self.photo.natural_key(), self.file.name)

    natural_key.dependencies = ["articles.photo"]


class StoryPhoto(models.Model):
    """A photo in the gallery of a story, with the caption of this use."""

    field_uses = Uses(
        Use.REVISIONS.without("the revision is the story's", "story"),
        Use.REVISIONS.without("the list in a revision has the order", "order"),
        Use.WIRE.without("the story carries its gallery in order", "story", "order"),
    )
    story = models.ForeignKey("Story", models.CASCADE, related_name="gallery", verbose_name=_("story"))
    photo = models.ForeignKey(Photo, models.PROTECT, related_name="uses", verbose_name=_("photo"))
    caption = ProseField(_("caption"), blank=True, help_text=_("Empty: the photo's own."))
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = natural_manager("story__uid", "photo__uid", queryset=ListQuerySet)()

    class Meta:
        verbose_name = _("photo of a story")
        verbose_name_plural = _("photos of a story")
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["story", "photo"], name="one_use_a_photo")]

    def __str__(self):
        return str(self.photo)

    def natural_key(self):
        return (*self.story.natural_key(), *self.photo.natural_key())

    natural_key.dependencies = ["articles.story", "articles.photo"]
