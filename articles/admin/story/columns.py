"""The columns of the list of stories, and what other lists and pages show of a story in the same words."""

from django.contrib import admin
from django.utils import dateformat, timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from articles import photos
from articles.models.person import Role

from .changelist import StandingFilter, StoryList


def chip(value, label):
    """A word on a colour, because colour alone is not accessible."""
    return format_html('<span class="chip chip-{}">{}</span>', value, label)


def standing_chip(story):
    standing = story.standing(timezone.now())
    return chip(standing.value, standing.label)


def timestamp(at, edition):
    """21 Nov 2023, 20.00 WITA: always in the edition's zone."""
    local = timezone.localtime(at, edition.zone)
    return f"{dateformat.format(local, 'j M Y, H.i')} {edition.zone_label}"


def day_and_clock(at, edition):
    """The same in two lines, for a narrow column."""
    local = timezone.localtime(at, edition.zone)
    clock = f"{dateformat.format(local, 'H.i')} {edition.zone_label}"
    return format_html('{} <span class="secondary">{}</span>', dateformat.format(local, "j M Y"), clock)


def thumbnail(photo, crop="1x1"):
    address = photos.address(photo, crop, 320, "webp")
    return format_html('<img class="thumbnail" src="{}" alt="" loading="lazy">', address)


class StoryColumns:
    """The columns, for StoryAdmin."""

    list_display = ["picture", "headline_column", "standing_column", "place_column", "authors", "time"]
    list_display_links = ["headline_column"]
    list_filter = [
        StandingFilter,
        ("edition", admin.RelatedOnlyFieldListFilter),
        ("section", admin.RelatedOnlyFieldListFilter),
        "label",
        ("series", admin.RelatedOnlyFieldListFilter),
    ]
    list_per_page = 40
    date_hierarchy = "publish_at"  # only its name; days.py filters by the day that is shown
    search_fields = ["headline"]
    search_help_text = _("Words of headline, standfirst and text; the last may be only begun.")
    show_full_result_count = False

    def get_changelist(self, request, **kwargs):
        return StoryList

    @admin.display(description=_("picture"))
    def picture(self, story):
        return thumbnail(story.lead_photo) if story.lead_photo else "–"

    @admin.display(description=_("headline"), ordering="headline")
    def headline_column(self, story):
        kicker = format_html('<span class="kicker">{}</span> ', story.shown_kicker) if story.shown_kicker else ""
        return format_html('{}<span class="headline">{}</span>', kicker, story.headline)

    @admin.display(description=_("standing"))
    def standing_column(self, story):
        return standing_chip(story)

    @admin.display(description=_("section"), ordering="section__name")
    def place_column(self, story):
        return format_html('{}<span class="secondary">{}</span>', story.section, story.edition)

    @admin.display(description=_("authors"))
    def authors(self, story):
        names = [credit.person.name for credit in story.credits.all() if credit.role == Role.AUTHOR]
        return ", ".join(names) or "–"

    @admin.display(description=_("time"), ordering="live_from")
    def time(self, story):
        if story.live_from:
            return day_and_clock(story.live_from, story.edition)
        changed = _("changed %s") % timestamp(story.changed_at, story.edition) if story.changed_at else "–"
        return format_html('<span class="secondary">{}</span>', changed)
