"""The blocks of a home, as the template shows them."""

from typing import Any, NamedTuple

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import permissions, photos
from articles.admin import tidying
from articles.desk import addresses
from articles.desk.telling import lines, tasks
from articles.desk.writing import working_copies
from articles.models import Photo, Story

from . import ages, assignments, day, found, looked_at, moves, reads, waiting, writing
from .roles import Home

NEW_PHOTOS = 12


class Block(NamedTuple):
    """`note`: beside the title. `news`: what is told aloud when it changes. `lead`: (label, address) of its list."""

    name: str
    title: str
    content: Any
    note: str = ""
    news: str = ""
    lead: tuple[str, str] | None = None

    @property
    def template(self):
        return f"admin/home/_{self.name}.html"


class Line(NamedTuple):
    """A story that readers have, with its reads."""

    story: Story
    reads: int
    is_corrected: bool = False
    chart: reads.Chart | None = None

    @property
    def address(self):
        return moves.change(self.story)

    @property
    def count(self):
        return number_format(self.reads, force_grouping=True)

    @property
    def reads_told(self):
        return ngettext("%(count)s read", "%(count)s reads", self.reads) % {"count": self.count}


class Picture(NamedTuple):
    photo: Photo
    lacks: list[str]

    @property
    def address(self):
        return addresses.of_row("articles_photo_change", self.photo.pk)

    @property
    def picture(self):
        return photos.address(self.photo, "4x3", 320, "webp")


class Made(NamedTuple):
    """What all blocks are made of."""

    request: Any
    home: Home
    now: Any
    found: found.Found
    known: looked_at.LookedAt
    top: list
    hours: dict
    several_editions: bool


def columns(request, home, now):
    """[[Block]]: the main column, the pairs below it, and the narrow column."""
    made = _made(request, home, now)
    makers = {name: globals()[f"_{name}"] for names in home.value for name in names}
    made_blocks = ([makers[name](made) for name in names] for names in home.value)
    return [[block for block in blocks if block] for blocks in made_blocks]


def _made(request, home, now):
    user = request.user
    its = found.find(user, home, now)
    top, hours = reads.most_read(user, now) if "most_read" in home.value[2] else ([], {})
    judged = its.shown("late", "coming", "submitted", "returned", "own") - its.shown("live")
    known = looked_at.look_at(user, its.shown() | {pk for pk, _total in top}, judged)
    several = len({story.edition_id for story in known.stories.values()}) > 1
    return Made(request, home, now, its, known, top, hours, several)


def _count(ids):
    """More than 100 are not counted."""
    return _("more than %(count)d") % {"count": found.MOST - 1} if len(ids) >= found.MOST else str(len(ids))


def _unsaved(made):
    """What the person typed and did not save."""
    copies = list(working_copies.of(made.request.user, made.now))
    return Block("unsaved", _("Unsaved texts"), copies, str(len(copies))) if copies else None


def _told(made):
    """What the person was told and has not seen."""
    rows = lines.at_home(made.request.user)
    return Block("told", _("News for you"), rows, lead=(_("All of it"), reverse("admin:told"))) if rows else None


def _waiting(made):
    kinds = waiting.kinds(made.found, made.known, made.home)
    rows = waiting.rows(kinds, made.known, made.now, made.several_editions)
    if not rows and made.home is Home.REPORTER:
        return None
    every = [pk for ids in kinds.values() for pk in ids]
    times = [row.at for row in rows if row.at] + [row.story.publish_at for row in rows if row.kind == "late"]
    count = _count(every[: found.MOST])
    oldest = ages.span(made.now - min(times)) if times else ""
    note = _("%(count)s · oldest %(age)s") % {"count": count, "age": oldest} if oldest else count
    stories = reverse("admin:articles_story_changelist")
    further = len(every) - len(rows)
    lead = (_("%(count)s further") % {"count": further}, f"{stories}?standing=submitted") if further else None
    news = _("Waiting for you: %(count)s") % {"count": count}
    return Block("waiting", _("Waiting for you"), rows, note if rows else "", news, lead)


def _assignments(made):
    user = made.request.user
    shown = assignments.found(user, made.home, made.now)
    if not shown:
        return None
    rows = assignments.rows(shown[: assignments.MOST], user, made.now, made.several_editions)
    overdue = sum(row.assignment.is_overdue(made.now) for row in rows)
    note = ngettext("%(count)d overdue", "%(count)d overdue", overdue) % {"count": overdue} if overdue else ""
    tab = "open" if made.home is Home.EDITOR else "mine"
    lead = (_("All assignments"), f"{reverse('admin:articles_assignment_changelist')}?tab={tab}")
    return Block("assignments", _("Assignments"), rows, note, lead=lead)


def _writing(made):
    rows = writing.now_writing(made.request.user, made.now)
    return Block("writing", _("Who writes what"), rows) if rows else None


def _own(made):
    rows = waiting.own_rows(made.found, made.known, made.home, made.now, made.several_editions)
    ids = [*made.found.own, *(made.found.returned if made.home is Home.REPORTER else [])]
    return Block("own", _("My stories"), rows, _count(ids) if ids else "")


def _released(made):
    user = made.request.user
    rows = [
        Line(story, story.reads or 0 if reads.may_see(user, story) else 0, story.is_corrected)
        for story in made.known.of(made.found.live)
    ]
    may_place = permissions.allows_somewhere(user, "change", "slot")
    front = (_("Arrange the front page"), reverse("admin:articles_story_front")) if may_place else None
    return Block("released", _("Just live"), rows, lead=front)


def _day(made):
    edition = made.request.edition
    here = timezone.localtime(made.now, edition.zone if edition else None)
    title = _("Today, %(day)s") % {"day": date_format(here, "l j F")}
    agenda = (_("Agenda"), reverse("admin:articles_story_agenda"))
    return Block("day", title, day.of(made.found, made.known, edition, made.now), lead=agenda)


def _most_read(made):
    rows = [
        Line(made.known.stories[pk], total, chart=reads.chart(made.hours.get(pk, {}), made.now))
        for pk, total in made.top
        if pk in made.known.stories
    ]
    zone = made.request.edition.zone if made.request.edition else None
    since = date_format(timezone.localtime(reads.since(made.now), zone), "H.i")
    return Block("most_read", _("Most read"), rows, _("since %(clock)s") % {"clock": since}) if rows else None


def _photos(made):
    new = [Picture(photo, list(_lacks(photo))) for photo in Photo.objects.order_by("-added_at", "-pk")[:NEW_PHOTOS]]
    library = (_("All photos"), reverse("admin:articles_photo_changelist"))
    return Block("photos", _("New pictures"), new, lead=library)


def _lacks(photo):
    if not photo.credit:
        yield _("no credit")
    if not (photo.alt or photo.is_decorative):
        yield _("no alternative text")


def _no_photo(made):
    ids = made.found.without_photo
    rows = list(waiting.without_photo(ids[: found.SHOWN["without_photo"]], made.known, made.now, made.several_editions))
    return Block("no_photo", _("Stories without a lead photo"), rows, _count(ids) if ids else "")


def _tidy(made):
    """[(count, words, address)] of what is not in order."""
    user, now = made.request.user, made.now
    of_photos = tidying.photos(user, now)
    library, stories = (reverse(f"admin:articles_{name}_changelist") for name in ("photo", "story"))
    lines = [
        (of_photos.ids["credit"], _("photos without a credit"), f"{library}?tidy=credit"),
        (of_photos.ids["alt"], _("photos without alternative text"), f"{library}?tidy=alt"),
        (of_photos.ids["rights"], _rights(of_photos.using), f"{library}?tidy=rights"),
        (tidying.unverified(user, now), _("stories unverified for more than two days"), f"{stories}?tidy=unverified"),
        (made.found.late, _("stories due and not released"), f"{stories}?tidy=overdue"),
    ]
    rows = [(capfirst(_count(ids)), words, address) for ids, words, address in lines if ids]
    rows += tasks.to_be_mended(user, now)
    return Block("tidy", _("To be mended"), rows)


def _rights(using):
    words = ngettext(
        "photos whose rights end within a week (used by %(count)d story)",
        "photos whose rights end within a week (used by %(count)d stories)",
        using,
    )
    return words % {"count": using}
