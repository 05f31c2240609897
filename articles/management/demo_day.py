"""The fixture's newsroom, moved to today, as if its desk had just been at work.

Events of 2023, as in the seed story, stay there. All other dates move by whole weeks, so that the weekdays in the
texts stay true, and dates in the texts move with them. A running story, whose days are counted, moves by one number
of weeks; other stories move by one week more if that date is already past. Only stories that name no day are
published minutes ago. Months without a day ("Desember") stay.
"""

import datetime
import itertools
import re

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from articles import publishing
from articles.models import Edition, Photo, ReadCount, Series, Story
from articles.models.story import State

AS_OF = datetime.datetime(2026, 11, 23, 3, tzinfo=datetime.UTC)  # the fixture's own now
MOVES_FROM = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
WEEK, HOUR, MINUTE = datetime.timedelta(weeks=1), datetime.timedelta(hours=1), datetime.timedelta(minutes=1)
NEWEST = 8 * MINUTE  # ago; stories of other editions are a bit older
TEXTS = ["headline", "standfirst", "body", "lead_caption"]
TIMES = ["publish_at", "embargo_until", "expires_at", "first_published_at", "updated_at"]
MONTHS = [
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November",
    "Desember",
]  # fmt: skip
_MONTH = "|".join(MONTHS)
_DATE = re.compile(
    rf"\b(?P<d>\d{{1,2}})(?:/(?P<m>\d{{1,2}})/(?P<y>\d{{4}})| (?P<month>{_MONTH})(?: (?P<year>\d{{4}}))?)\b"
)
_NAMES_A_DAY = re.compile(rf"\b(?:Senin|Selasa|Rabu|Kamis|Jumat|Sabtu|Minggu|{_MONTH})\b|\d/\d")


def move(now):
    """Move the loaded fixture to `now`."""
    weeks = (now - AS_OF) // WEEK * WEEK
    moving = Story.objects.exclude(publish_at__lt=MOVES_FROM)
    stories = list(moving.select_related("series", "edition").prefetch_related("corrections"))
    for story in stories:
        shift = _shift(story, weeks, now)
        _move_story(story, shift)
        story.changed_at = min(story.changed_at + shift, now - HOUR)  # nobody has changed a story in the future
    for story, minutes in zip(_undated(stories, now), itertools.count(1, 2), strict=False):
        _put(story, now - minutes * NEWEST)
    Story.objects.bulk_update(stories, [*TEXTS, *TIMES, "day", "changed_at"])
    for series in Series.objects.filter(day_one__gte=MOVES_FROM.date()):
        series.introduction = rewritten(series.introduction, series.day_one, weeks)
        series.day_one += weeks
        series.save()
    Photo.objects.filter(taken_at__gte=MOVES_FROM).update(
        taken_at=F("taken_at") + weeks, added_at=F("added_at") + weeks
    )
    move_reads(now)
    ReadCount.objects.filter(hour__lt=F("story__live_from") - HOUR).delete()


def move_reads(now):
    """Move the hours of reads, so that the last reads are of this hour."""
    counts = list(ReadCount.objects.order_by("hour"))
    late = now.replace(minute=0, second=0, microsecond=0) - counts[-1].hour if counts else None
    if late:
        for count in counts:
            count.hour += late
        with transaction.atomic():
            ReadCount.objects.all().delete()
            ReadCount.objects.bulk_create(counts)


def work(now, reporter, chief):
    """Add today's work of the desk: a submitted story, a story scheduled for later, and a scheduled change."""
    edition = Edition.objects.get(is_default=True)
    own, evening = Story.objects.filter(edition=edition), later_today(now, edition)
    draft = own.filter(state=State.DRAFT).first()
    Story.objects.filter(pk=draft.pk).update(publish_at=evening)
    draft.refresh_from_db()
    publishing.record(draft, reporter, now - HOUR)
    publishing.submit(draft, reporter, now - HOUR / 2)

    _newest, changing, *others = own.live(now).newest()
    scheduled = next(story for story in others if not names_a_day(story))
    back = {"state": State.SUBMITTED, "publish_at": evening, "day": None, "first_published_at": None}
    Story.objects.filter(pk=scheduled.pk).update(**back)
    scheduled.refresh_from_db()
    ReadCount.objects.filter(story=scheduled).delete()
    doubts = [doubt.key for doubt in publishing.doubts(scheduled, now)]
    publishing.release(scheduled, chief, now - HOUR / 2, acknowledged=doubts)

    changed = publishing.snapshot(Story.objects.for_page().get(pk=changing.pk))
    changed["standfirst"] += " Tanggapan pihak terkait menyusul malam ini."
    publishing.schedule_change(changing, chief, now - HOUR / 2, changed, evening)


def later_today(now, edition):
    """Three hours from now, or the last minute of the day at that edition."""
    local = timezone.localtime(now, edition.zone)
    last = local.replace(hour=23, minute=59, second=0, microsecond=0)
    return min(local + 3 * HOUR, last) if last > local + MINUTE else local + 3 * HOUR


def names_a_day(story):
    return any(_NAMES_A_DAY.search(getattr(story, name)) for name in TEXTS)


def rewritten(text, day, shift):
    """A text that belongs to `day`, with its dates moved."""

    def moved(match):
        there = _date(match, day) + shift
        if match["m"]:
            return f"{there.day}/{there.month}/{there.year}"
        return f"{there.day} {MONTHS[there.month - 1]}{f' {there.year}' if match['year'] else ''}"

    return _DATE.sub(moved, text)


def _date(match, day):
    """The written date; without a year, the one nearest to `day`."""
    number = int(match["d"])
    month = int(match["m"] or MONTHS.index(match["month"]) + 1)
    if written := match["y"] or match["year"]:
        return datetime.date(int(written), month, number)
    every = [datetime.date(year, month, number) for year in (day.year - 1, day.year, day.year + 1)]
    return min(every, key=lambda date: abs(date - day))


def _shift(story, weeks, now):
    if story.live_from is None or story.series:
        return weeks
    if story.live_from > AS_OF:  # not published yet: move it to the next week
        return ((now - story.live_from) // WEEK + 1) * WEEK
    last = max([story.live_from, *(correction.at for correction in story.corrections.all())])
    return weeks + WEEK if story.live_from > AS_OF - WEEK and last + weeks + WEEK <= now else weeks


def _move_story(story, shift):
    day = story.day or AS_OF.date()
    for name in TEXTS:
        setattr(story, name, rewritten(getattr(story, name), day, shift))
    for name in TIMES:
        if at := getattr(story, name):
            setattr(story, name, at + shift)
    story.day = story.day and story.day + shift
    for correction in story.corrections.all():
        correction.at += shift
        correction.save()


def _undated(stories, now):
    """The newest story of each edition that names no day, the default edition's first."""
    plain = [s for s in stories if s.first_published_at and s.first_published_at <= now and not names_a_day(s)]
    plain.sort(
        key=lambda story: (not story.edition.is_default, story.edition_id, -story.first_published_at.timestamp())
    )
    return [next(of_edition) for _edition, of_edition in itertools.groupby(plain, lambda story: story.edition_id)]


def _put(story, at):
    story.publish_at = story.first_published_at = story.changed_at = at
    story.day = story.edition.day(at)
