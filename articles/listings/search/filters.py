"""Filters of a question: section, person, tag, running story and days, as words in it or as fields beside it."""

import datetime
import re

from django.db.models import Q
from django.utils import dateparse
from django.utils.translation import gettext as _

from articles.models import Credit, Person, Series, Tag, TaggedStory
from articles.models.section import family
from articles.text import letters

from . import engines, question
from .refused import Refused

DAYS = ("since", "until")
KINDS = ("section", "person", "tag", "series", *DAYS)
MOST_ROWS = 50  # people or tags that one filter may mean
FIRST_YEAR, LAST_YEAR = 1900, 2200  # no story has a time outside (models/plausible_times.py)
A_DAY = datetime.timedelta(days=1)
_DAY = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")


def conditions(filters, editions):
    """The condition of all of these (kind, value). Raises Refused for one that names nothing."""
    every = Q()
    for kind, value in filters:
        every &= _OF[kind](value, editions)
    return every


def latest(filters, at):
    """The time after which no story that these filters allow went live; `at` if they name no day before."""
    days = [_day(value) for kind, value in filters if kind == "until"]
    ends = [_end(day) for day in days if day < at.date()]
    return min([at, *ends])


def _end(day):
    """When the day is over in every zone of ours, all of which are ahead of UTC."""
    return datetime.datetime.combine(day + A_DAY, datetime.time(), datetime.UTC)


def _section(value, editions):
    slug, name = letters.slug(value), letters.folded(value)
    ids = [
        member.pk
        for edition in editions
        for section in edition.shown_sections
        if section.slug == slug or letters.folded(section.name) == name
        for member in family(section, edition.shown_sections)
    ]
    if not ids:
        raise Refused(_("There is no section “%(name)s”.") % {"name": value})
    return Q(section__in=ids)


def _person(value, _editions):
    people = _rows(Person, value, _("Nobody here has the name “%(name)s”."))
    return Q(pk__in=Credit.objects.filter(person__in=people).values("story"))


def _tag(value, _editions):
    tags = _rows(Tag, value, _("There is no topic “%(name)s”."))
    return Q(pk__in=TaggedStory.objects.filter(tag__in=tags).values("content_object"))


def _series(value, _editions):
    return Q(series__in=_rows(Series, value, _("There is no running story “%(name)s”.")))


def _rows(model, value, refusal):
    """Keys of the rows with this slug, else of those whose names hold all the words."""
    ids = list(model.objects.filter(slug=letters.slug(value)).values_list("pk", flat=True))
    terms = question.read(value, has_filters=False).terms
    if not ids and terms:
        ids = engines.first(*engines.named(model._meta.db_table, terms), MOST_ROWS)
    if not ids:
        raise Refused(refusal % {"name": value})
    return ids


def _since(value, _editions):
    """With the time, so that the database reads no story of before, of which it would have to look at the day."""
    return Q(day__gte=_day(value), live_from__gte=_end(_day(value) - 2 * A_DAY))


def _until(value, _editions):
    return Q(day__lte=_day(value), live_from__lte=_end(_day(value)))


def _day(value):
    iso = "{2}-{1:0>2}-{0:0>2}".format(*match.groups()) if (match := _DAY.fullmatch(value)) else value
    try:
        day = dateparse.parse_date(iso)
    except ValueError:
        day = None
    if not day or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Refused(_("“%(day)s” is no day. Write it as 2026-11-23 or 23/11/2026.") % {"day": value})
    return day


_OF = dict(zip(KINDS, (_section, _person, _tag, _series, _since, _until), strict=True))
