"""Labels that tell rows of the same name apart: by their edition, section, title, last date or slug.

Labels show only what readers know: the label of an author or series reveals no story that the user may not see.
"""

import functools

from django.db.models import Exists, F, OuterRef, Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.database.compiled import CompiledQuery
from articles.models import Credit, Edition, Network, Owner, Person, Photo, Section, Series, Story
from articles.models.person import account_name

from . import timestamps

LONGEST = 200  # characters of a label
ALLOWED = {
    "add": gettext_lazy("may add"),
    "change": gettext_lazy("may change"),
    "delete": gettext_lazy("may delete"),
    "view": gettext_lazy("may see"),
}


def with_details(rows):
    """`rows` with the columns for their labels, in the same query."""
    details = DETAILS.get(rows.model)
    return details(rows, timezone.now()) if details else rows


def chosen(rows, ids):
    """Those of `rows` that have one of these ids, with the columns for their labels. Where every row may be chosen,
    their SQL is written once."""
    if rows.query.where or rows.query.distinct or rows.query.is_sliced:
        return with_details(rows.filter(pk__in=ids))
    return _whole(rows.model)(now=timezone.now(), ids=ids)


@functools.cache
def _whole(model):
    details = DETAILS.get(model, lambda rows, now: rows)
    return CompiledQuery(lambda now, ids=(): details(model._default_manager.filter(pk__in=ids), now).order_by())


def without_edition(section):
    """The section, for a form that knows its edition: its label need not name it."""
    section.label_edition = ""
    return section


def of_account(account):
    """The name under which colleagues know an account."""
    return _("the newsroom") if account is None else account_name(account)


def label(row):
    """The label of a row. Without `with_details` it is the name alone."""
    parts = LABELS[type(row)](row) if type(row) in LABELS else []
    words = " · ".join(filter(None, [str(row), *parts]))
    return words if len(words) <= LONGEST else Truncator(words).chars(LONGEST)


def of(row):
    """The label of a single row. That of a story needs only what was read with it."""
    if type(row) not in DETAILS or isinstance(row, Story):
        return label(row)
    return label(with_details(type(row)._default_manager.filter(pk=row.pk)).first() or row)


def of_permission(permission):
    """“stories: may change”. The database holds Django's own words for it, in English."""
    action, _separator, name = permission.codename.partition("_")
    model, allowed = permission.content_type.model_class(), ALLOWED.get(action)
    if not (model and allowed and name == model._meta.model_name):
        return str(permission)
    return _("%(rows)s: %(allowed)s") % {"rows": capfirst(model._meta.verbose_name_plural), "allowed": allowed}


def _namesakes(rows, *names):
    others = rows.model._default_manager.filter(**{name: OuterRef(name) for name in names}).exclude(pk=OuterRef("pk"))
    return rows.annotate(label_is_shared=Exists(others))


def _people(rows, now):
    is_live = Exists(Story.objects.live(now).filter(pk=OuterRef("story_id")))
    newest = Credit.objects.filter(is_live, person=OuterRef("pk")).order_by("-live_from", "-pk")
    return _namesakes(rows, "name").annotate(
        label_day=Subquery(newest.values("story__day")[:1]),
        label_edition=Subquery(newest.values("story__edition__name")[:1]),
        label_place=Subquery(
            Edition.objects.filter(positions__person=OuterRef("pk")).order_by("pk").values("name")[:1]
        ),
    )


def _series(rows, now):
    newest = Story.objects.live(now).filter(series=OuterRef("pk")).newest()
    return _namesakes(rows, "kicker").annotate(
        label_day=Subquery(newest.values("day")[:1]), label_edition=Subquery(newest.values("edition__name")[:1])
    )


def _last(row):
    day = getattr(row, "label_day", None)
    return _("last %(day)s") % {"day": date_format(day, timestamps.DAY)} if day else ""


def _own(row, name):
    """Details that tell a row apart from others of its name."""
    return str(getattr(row, name))[:60] if getattr(row, "label_is_shared", False) else ""


def _person(person):
    place = getattr(person, "label_place", None) or getattr(person, "label_edition", None)
    return [person.title, place, _last(person), _own(person, "slug")]


def _a_series(series):
    begun = _("day one %(day)s") % {"day": date_format(series.day_one, timestamps.DAY)} if series.day_one else ""
    return [begun, getattr(series, "label_edition", None), _last(series), _own(series, "slug")]


def _story(story):
    """It never tells whether another story has this headline: the user may not see that story."""
    changed = story.changed_at and timestamps.absolute(story.changed_at)
    when = date_format(story.day, timestamps.DAY) if story.day else changed
    return [_name_of(story, "section"), _name_of(story, "edition"), when]


def _name_of(row, name):
    """The name of the row to which it refers, if it was read with it: as a column, or joined."""
    is_joined = row._meta.get_field(name).is_cached(row)
    return str(getattr(row, name) or "") if is_joined else getattr(row, f"label_{name}", "")


def _section(section):
    return [getattr(section, "label_parent", None), getattr(section, "label_edition", None), _own(section, "slug")]


def _photo(photo):
    added = photo.added_at and timestamps.day(photo.added_at)
    return [photo.credit, added, _own(photo, "uid")[:8]]


DETAILS = {
    Person: _people,
    Series: _series,
    Story: lambda rows, _now: rows.annotate(label_section=F("section__name"), label_edition=F("edition__name")),
    Section: lambda rows, _now: _namesakes(rows, "name", "edition").annotate(
        label_parent=F("parent__name"), label_edition=F("edition__name")
    ),
    Photo: lambda rows, _now: _namesakes(rows, "title"),
    Edition: lambda rows, _now: _namesakes(rows, "name"),
    Network: lambda rows, _now: _namesakes(rows, "name"),
    Owner: lambda rows, _now: _namesakes(rows, "name"),
}
LABELS = {
    Person: _person,
    Series: _a_series,
    Story: _story,
    Section: _section,
    Photo: _photo,
    Edition: lambda edition: [_own(edition, "host")],
    Network: lambda network: [_own(network, "slug")],
    Owner: lambda owner: [_own(owner, "slug")],
}
