"""The columns of the list of assignments."""

from django.contrib import admin
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from articles.admin.story.columns import chip, day_and_clock
from articles.desk import addresses, labels, timestamps
from articles.models.desk.assignment import Plan, Progress

CHIPS = {  # colours of stories that are as far
    Progress.PROPOSED: "draft",
    Progress.PLANNED: "draft",
    Progress.CONFIRMED: "approved",
    Progress.STARTED: "submitted",
    Progress.DONE: "live",
    Progress.DROPPED: "withdrawn",
}
BUTTON = '<button type="submit" class="button" formaction="{}" aria-label="{}: {}">{}</button>'


def standing_chip(assignment):
    standing = assignment.standing
    return chip(CHIPS[standing], standing.label)


def overdue_chip(assignment, now):
    return chip("missing", _("overdue")) if assignment.is_overdue(now) else ""


def act(assignment, name):
    return addresses.of_row("articles_assignment_act", assignment.pk, name)


def proposer(assignment):
    """Whose idea it is; it was read with the person."""
    account = assignment.proposed_by
    return _("by %(name)s") % {"name": labels.of_account(account)} if account else ""


class AssignmentColumns:
    list_display = ["due", "headline_column", "who", "place_column", "standing_column", "next"]
    list_display_links = ["headline_column"]

    @admin.display(description=pgettext_lazy("assignment", "due"), ordering="due_at")
    def due(self, assignment):
        return day_and_clock(assignment.due_at, assignment.section.edition)

    @admin.display(description=pgettext_lazy("assignment", "what it is about"), ordering="headline")
    def headline_column(self, assignment):
        now = timezone.now()
        marks = [overdue_chip(assignment, now), chip("warn", _("photo")) if assignment.wants_photo else ""]
        kicker = format_html('<span class="kicker">{}</span> ', assignment.kicker) if assignment.kicker else ""
        return format_html(
            '{}<span class="headline">{}</span> <span class="lacks">{}</span>',
            *(kicker, assignment.headline, format_html_join(" ", "{}", ((mark,) for mark in marks if mark))),
        )

    @admin.display(description=pgettext_lazy("assignment", "who"))
    def who(self, assignment):
        if assignment.state == Plan.PROPOSED:
            return format_html('<span class="secondary">{}</span>', proposer(assignment))
        if assignment.people:
            return ", ".join(assignment.people)
        return chip("warn", _("nobody yet")) if assignment.closed_at is None else "–"

    @admin.display(description=_("section"), ordering="section__name")
    def place_column(self, assignment):
        section, place = assignment.section, assignment.place
        about = " · ".join(filter(None, [section.edition.name, place]))
        return format_html('{} <span class="secondary">{}</span>', section, about)

    @admin.display(description=_("state"))
    def standing_column(self, assignment):
        now = timezone.now()
        is_open = assignment.closed_at is None
        age = timestamps.relative(assignment.due_at, now) if is_open else ""
        return format_html('{} <span class="secondary">{}</span>', standing_chip(assignment), age)

    @admin.display(description=pgettext_lazy("assignment", "next"))
    def next(self, assignment):
        if assignment.story_is_seen:
            address = addresses.of_row("articles_story_change", assignment.story_id)
            return format_html('<a href="{}">{}</a>', address, _("Open the story"))
        if assignment.may_start:
            label = pgettext("button", "Start writing")
            return format_html(BUTTON, act(assignment, "start"), label, assignment.headline, label)
        if assignment.may_take:
            label = pgettext("button", "Take it")
            return format_html(BUTTON, act(assignment, "take"), label, assignment.headline, label)
        return ""
