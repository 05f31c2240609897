"""The columns of the list of stories, and what other lists and pages show of a story in the same words."""

from django.contrib import admin
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.safestring import mark_safe
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _

from articles import photos, publishing
from articles.desk import addresses, timestamps
from articles.desk.fields.written import formatted
from articles.models.person import Role

from .changelist import StandingFilter, StoryList, TidyFilter
from .lists.filters import AuthorFilter, OrderOfFound, PlaceFilter, TagFilter
from .lists.tabs import TABS, TabFilter, counts

OFFERED_COLUMNS = {
    "words": ("words_column", _("words")),
    "reads": ("reads_column", _("reads, 24 h")),
    "age": ("age_column", _("age")),
}
NO_PICTURE = mark_safe('<span class="thumbnail"></span>')
ABSENT = mark_safe('<span class="is-absent">–</span>')  # in a row; a card on a phone leaves it out


def chip(value, label):
    """A word on a colour, because colour alone is not accessible."""
    return formatted('<span class="chip chip-{}">{}</span>', value, label)


def standing_chip(story):
    standing = story.standing(timezone.now())
    return chip(standing.value, standing.label)


def day_and_clock(at, edition):
    """The same in two lines, for a narrow column."""
    day, clock = timestamps.day(at, edition), timestamps.clock(at, edition)
    return formatted('{} <span class="secondary">{}</span>', day, clock)


def thumbnail(photo, crop="1x1"):
    address = photos.address(photo, crop, 320, "webp")
    return formatted('<img class="thumbnail" src="{}" alt="" loading="lazy">', address)


def authors_of(story):
    return [credit.person.name for credit in story.credits.all() if credit.role == Role.AUTHOR]


def lacks(story, at):
    """[(class of the chip, words)] of what somebody still has to do with a story that is not released."""
    if story.state not in publishing.UNRELEASED:
        return []
    photo = story.lead_photo
    found = [
        ("missing", _("late"), story.publish_at and story.publish_at <= at),
        ("warn", _("no photo"), not photo),
        ("warn", _("no alternative text"), photo and not (photo.alt or photo.is_decorative)),
        ("warn", _("no credit"), photo and not photo.credit),
        ("warn", _("no author"), not authors_of(story)),
        ("warn", _("no standfirst"), not story.standfirst),
    ]
    return [(value, label) for value, label, is_so in found if is_so]


class StoryColumns:
    """The columns, for StoryAdmin."""

    list_display = ["picture", "headline_column", "standing_column", "place_column", "authors", "time", "changed"]
    list_display_links = ["headline_column"]
    list_filter = [
        TabFilter,
        StandingFilter,
        TidyFilter,
        ("edition", admin.RelatedOnlyFieldListFilter),
        ("section", admin.RelatedOnlyFieldListFilter),
        "label",
        ("series", admin.RelatedOnlyFieldListFilter),
        AuthorFilter,
        TagFilter,
        PlaceFilter,
        OrderOfFound,
    ]
    list_per_page = 40
    date_hierarchy = "publish_at"  # only its name; days.py filters by the day that is shown
    search_fields = ["headline"]
    search_help_text = _("Words of headline, standfirst and text; the last may be only begun.")
    show_full_result_count = False

    def get_changelist(self, request, **kwargs):
        return StoryList

    def get_changelist_instance(self, request):
        """The columns of figures ask the list, which reads those of all rows at once."""
        changes = super().get_changelist_instance(request)
        if self.chosen_columns(request):
            for story in changes.result_list:
                story.of_list = changes
        return changes

    def get_tabs(self, request):
        return TABS.items(), counts(request)[0]

    def get_offered_columns(self, request):
        """Reads are told to those who may see them at all."""
        may_see_reads = request.user.has_perm("articles.view_readcount")
        return {name: column for name, column in OFFERED_COLUMNS.items() if name != "reads" or may_see_reads}

    @admin.display(description=_("picture"))
    def picture(self, story):
        return thumbnail(story.lead_photo) if story.lead_photo else NO_PICTURE

    @admin.display(description=_("headline"), ordering="headline")
    def headline_column(self, story):
        """In one line; the whole of it is its title and stands in the peek. Chips tell what is late or missing."""
        kicker = formatted('<span class="kicker">{}</span> ', story.shown_kicker) if story.shown_kicker else ""
        chips = mark_safe(" ".join(chip(*one) for one in lacks(story, timezone.now())))  # noqa: S308 (escaped)
        return formatted(
            '{}<span class="headline" title="{}" data-peek="{}">{}</span><span class="lacks">{}</span>',
            *(kicker, story.headline, addresses.of_row("articles_story_peek", story.pk), story.headline, chips),
        )

    @admin.display(description=_("standing"))
    def standing_column(self, story):
        return standing_chip(story)

    @admin.display(description=_("section"), ordering="section__name")
    def place_column(self, story):
        return formatted('{}<span class="secondary">{}</span>', story.section, story.edition)

    @admin.display(description=_("authors"))
    def authors(self, story):
        return ", ".join(authors_of(story)) or ABSENT

    @admin.display(description=_("time"), ordering="live_from")
    def time(self, story):
        """When readers get the story, or got it."""
        return day_and_clock(story.live_from, story.edition) if story.live_from else ABSENT

    @admin.display(description=_("changed"), ordering="changed_at")
    def changed(self, story):
        """The list begins with what was changed last."""
        if not story.changed_at:
            return "–"
        exact, ago = timestamps.absolute(story.changed_at, story.edition), timestamps.relative(story.changed_at)
        return formatted('<span title="{}">{}</span>', exact, ago)

    @admin.display(description=_("words"))
    def words_column(self, story):
        return number_format(story.of_list.figures("words").get(story.pk, 0), force_grouping=True)

    @admin.display(description=_("reads, 24 h"))
    def reads_column(self, story):
        return number_format(story.of_list.figures("reads").get(story.pk, 0), force_grouping=True)

    @admin.display(description=_("age"))
    def age_column(self, story):
        since = story.of_list.figures("age").get(story.pk) or story.changed_at
        return timesince(since, depth=1) if since else "–"
