from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Greatest
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from articles.text import body, letters, sentences
from articles.tracking import TracksDependencies

from .addresses.address import address_of
from .correction import Kind
from .edition import Edition
from .fields import (
    BodyField,
    LineField,
    ProseField,
    SlugField,
    choice_constraint,
    natural_manager,
    public_id,
    slug_constraint,
)
from .label import Label
from .person import Role
from .photo import Photo
from .plausible_times import is_plausible, plausible_time
from .safeguards import EditorialSafeguards
from .section import Section
from .series import Series
from .story_queryset import KEY_EVENT, StoryQuerySet
from .story_state import Standing, State
from .story_uses import USES
from .tag import TaggedStory

WORDS_A_MINUTE = 200  # that grown-up readers read of Indonesian news


class Story(TracksDependencies, EditorialSafeguards):
    key_parts = ("s", "uid")
    field_uses = USES

    uid = public_id()
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="stories", verbose_name=_("edition"))
    section = models.ForeignKey(Section, models.PROTECT, related_name="stories", verbose_name=_("section"))
    series = models.ForeignKey(
        Series, models.PROTECT, null=True, blank=True, related_name="stories", verbose_name=_("series")
    )
    label = LineField(_("label"), max_length=20, choices=Label, default=Label.NEWS)
    sponsor = LineField(
        _("paid by"), max_length=120, blank=True, help_text=_("Who paid for an advertorial: readers are told first.")
    )

    kicker = LineField(_("kicker"), max_length=80, blank=True, help_text=_("Empty: the series' own."))
    headline = LineField(_("headline"), max_length=200)
    short_headline = LineField(_("short headline"), max_length=90, blank=True, help_text=_("For narrow lists."))
    key_event = LineField(
        _("key event"),
        max_length=120,
        blank=True,
        help_text=_("What happened, in a few words: marks the story on the timeline of its series."),
    )
    slug = SlugField(_("slug"), max_length=160, made_from="headline", help_text=_("The last part of the address."))
    standfirst = ProseField(_("standfirst"), blank=True)
    body = BodyField(_("body"), blank=True)
    source_line = LineField(
        _("source line"), max_length=200, blank=True, help_text=_("Empty: made from the outlet and the authors.")
    )
    place = LineField(_("dateline"), max_length=80, blank=True, help_text=_("Where it was written."))
    lead_photo = models.ForeignKey(
        Photo, models.PROTECT, null=True, blank=True, related_name="led_stories", verbose_name=_("lead photo")
    )
    lead_caption = ProseField(_("caption of the lead photo"), blank=True, help_text=_("Empty: the photo's own."))
    tags = TaggableManager(_("tags"), through=TaggedStory, related_name="stories", blank=True)
    urgency = models.PositiveSmallIntegerField(_("urgency"), default=5, help_text=_("1 is most urgent, 9 least."))

    state = LineField(_("state"), max_length=20, choices=State, default=State.DRAFT, editable=False)
    publish_at = models.DateTimeField(
        _("publish at"), null=True, blank=True, validators=plausible_time, help_text=_("Empty: when released.")
    )
    embargo_until = models.DateTimeField(
        _("embargo until"), null=True, blank=True, validators=plausible_time, help_text=_("Set by the source.")
    )
    expires_at = models.DateTimeField(_("expires at"), null=True, blank=True, validators=plausible_time)
    live_from = models.GeneratedField(
        expression=Greatest("publish_at", Coalesce("embargo_until", "publish_at")),
        output_field=models.DateTimeField(null=True),
        db_persist=True,
        verbose_name=_("live from"),
    )
    day = models.DateField(_("day in the address"), null=True, blank=True, editable=False)
    first_published_at = models.DateTimeField(_("first published"), null=True, blank=True, editable=False)
    changed_at = models.DateTimeField(_("changed"), null=True, blank=True, editable=False)
    updated_at = models.DateTimeField(_("updated"), null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    objects = natural_manager("uid", queryset=StoryQuerySet)()

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        ordering = ["-live_from", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "day", "slug"], name="one_story_an_address"),
            slug_constraint("story_slug_ascii"),
            choice_constraint("state", State, "story_state_known", _("This state is not one of ours.")),
            choice_constraint("label", Label, "story_label_known", _("This label is not one of ours.")),
            models.CheckConstraint(
                condition=~Q(state=State.RELEASED) | Q(publish_at__isnull=False, day__isnull=False),
                name="released_has_time_and_address",
                violation_error_message=_("A released story needs a time and an address."),
            ),
            models.CheckConstraint(
                condition=Q(expires_at__isnull=True)
                | (
                    (Q(publish_at__isnull=True) | Q(expires_at__gt=F("publish_at")))
                    & (Q(embargo_until__isnull=True) | Q(expires_at__gt=F("embargo_until")))
                ),
                name="story_ends_after_it_starts",
                violation_error_message=_("A story must expire after it is published and its embargo has ended."),
            ),
            models.CheckConstraint(
                condition=is_plausible("publish_at") & is_plausible("embargo_until") & is_plausible("expires_at"),
                name="story_times_in_our_time",
                violation_error_message=_("Times lie between the years 1900 and 2200."),
            ),
            models.CheckConstraint(
                condition=~Q(verified_in=F("id")),
                name="story_does_not_verify_itself",
                violation_error_message=_("A story does not verify itself."),
            ),
            models.CheckConstraint(
                condition=Q(urgency__gte=1, urgency__lte=9),
                name="urgency_one_to_nine",
                violation_error_message=_("Urgency runs from 1 to 9."),
            ),
        ]
        indexes = [
            models.Index(fields=["-live_from", "-id"], name="story_by_time"),
            models.Index(fields=["edition", "-live_from", "-id"], name="story_by_edition"),
            models.Index(fields=["edition", "-day", "-live_from", "-id"], name="story_by_day"),
            models.Index(fields=["section", "-live_from", "-id"], name="story_by_section"),
            models.Index(fields=["series", "-live_from", "-id"], name="story_by_series"),
            models.Index(fields=["series", "-live_from", "-id"], name="story_key_event", condition=KEY_EVENT),
            # For the lists of the desk (listings/at_desk.py).
            models.Index(fields=["state", "-changed_at", "-id"], name="story_changed"),
            models.Index(fields=["edition", "state", "-changed_at", "-id"], name="story_changed_in_edition"),
            models.Index(fields=["section", "edition", "state", "-changed_at", "-id"], name="story_changed_in_section"),
            models.Index(
                fields=["id", "edition", "section", "state", "changed_at", "live_from", "publish_at", "expires_at"],
                name="story_by_key",
            ),
            models.Index(fields=["label"], name="story_by_label"),
            models.Index(fields=["edition", "label", "-live_from", "-id"], name="story_by_kind"),
            models.Index(fields=["expires_at"], name="story_by_end", condition=Q(expires_at__isnull=False)),
            models.Index(fields=["place", "-live_from", "-id"], name="story_by_place", condition=~Q(place="")),
        ]

    def __str__(self):
        return self.headline

    def natural_key(self):
        return (str(self.uid),)

    natural_key.dependencies = ["articles.edition", "articles.section", "articles.series", "articles.photo"]

    def standing(self, at):
        """The state at the time `at`, with the clock taken into account; the same rule as `StoryQuerySet.live`."""
        if self.state != State.RELEASED:
            return Standing(self.state)
        if self.publish_at > at:
            return Standing.SCHEDULED
        if self.embargo_until and self.embargo_until > at:
            return Standing.EMBARGOED
        if self.expires_at and self.expires_at <= at:
            return Standing.EXPIRED
        return Standing.LIVE

    def get_absolute_url(self):
        """The path under the edition's host; "" if the story never had a day."""
        if not self.day:
            return ""
        return address_of(self.day, self.slug)

    @property
    def description(self):
        """A summary for search engines and feeds, never empty. It reads the body if there is no standfirst."""
        return self.standfirst or sentences.first(letters.line(body.first_paragraph(self.body))) or self.headline

    @property
    def reading_minutes(self):
        """How long its text takes a reader, at least a minute."""
        return max(1, round(body.word_count(self.body) / WORDS_A_MINUTE))

    @property
    def shown_updated_at(self):
        """The time of the last update for readers, or None if nothing changed since publication (rules.md A4)."""
        return self.updated_at if self.updated_at and self.live_from and self.updated_at > self.live_from else None

    @property
    def shown_corrections(self):
        """Corrections for the story's page, oldest first. A withdrawal is not among them: its own page shows it."""
        corrections = [correction for correction in self.corrections.all() if correction.kind != Kind.WITHDRAWAL]
        return sorted(corrections, key=lambda correction: (correction.at, correction.pk))

    @property
    def shown_label(self):
        """The word for its label, with who paid if somebody did (rules.md D7); "" if readers do not see one."""
        label = self.get_label_display() if Label(self.label).is_shown else ""
        if self.shown_sponsor:
            return gettext("%(label)s, paid by %(sponsor)s") % {"label": label, "sponsor": self.sponsor}
        return label

    @property
    def shown_sponsor(self):
        """Who paid for it; "" if readers are not told that somebody did."""
        return self.sponsor if self.label == Label.ADVERTORIAL else ""

    @property
    def announced_headline(self):
        """The headline where it stands alone, without its page: what is paid for says so (rules.md D7)."""
        return f"{capfirst(self.shown_label)}: {self.headline}" if self.label == Label.ADVERTORIAL else self.headline

    @property
    def shown_kicker(self):
        return self.kicker or (self.series.kicker if self.series else "")

    @property
    def day_number(self):
        """The day of its running story, by the edition's calendar; None if days are not counted."""
        return self.series.day_number(self.day) if self.series and self.day else None

    @property
    def byline(self):
        """Credits by role in the order of `Role`: [(Role.AUTHOR, [Person, …]), …]. No empty roles."""
        by_role = {role: [credit.person for credit in self.credits.all() if credit.role == role] for role in Role}
        return [(role, people) for role, people in by_role.items() if people]

    @property
    def first_author(self):
        """The person whose portrait may stand at the byline; None without an author."""
        return next((credit.person for credit in self.credits.all() if credit.role == Role.AUTHOR), None)

    def is_live(self, at):
        """Whether it belongs to live coverage that goes on at the time `at`; an older story of the series does not."""
        return bool(self.series and self.live_from and self.series.is_live(at) and self.series.covers(self.live_from))

    @property
    def is_key_event(self):
        """Whether timelines mark it: the desk wrote what happened, or its IPTC urgency is 1 to 3."""
        return self.urgency <= 3 or bool(self.key_event)

    @property
    def shown_event(self):
        """What happened, for a line of key events."""
        return self.key_event or self.short_headline or self.headline

    @property
    def shown_source_line(self):
        """(TribunGorontalo.com/Nina Yuniar), unless the desk wrote another source line (rules.md C5)."""
        if self.source_line:
            return self.source_line
        authors = [credit.person.name for credit in self.credits.all() if credit.role == Role.AUTHOR]
        return f"({'/'.join([self.edition.name, *authors])})"

    @property
    def lead_use(self):
        """How wide its page shows the lead photo (photos.USES)."""
        return "wide_lead" if Label(self.label).has_wide_photos else "lead"

    @property
    def shown_lead_caption(self):
        return self.lead_caption or (self.lead_photo.caption if self.lead_photo else "")
