"""Rows that many stories share must keep the values that released stories need.

`blockers` (checks.py) runs whenever a released story is saved. If a photo lost its credit, or the masthead its company,
nobody could save a correction to such a story any more. So the change of the shared row is refused.
"""

from django.db.models import Exists, OuterRef, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import permissions
from articles.models import Credit, Edition, Photo, Section, Series, Story, Tag
from articles.models.person import Role
from articles.models.story import State
from articles.text import body

from .checks import words
from .protected import revealing

NAMED = 3
MASTHEAD = ["company", "address", "responsible"]


def breaks(row, by):
    """Why an unsaved change to a row is refused. The sentences name only stories that `by` may see."""
    check = CHECKS.get(type(row))
    before = type(row)._default_manager.filter(pk=row.pk).first() if check else None
    return list(check(row, before, by)) if before else []


def _released(**where):
    return Story.objects.filter(state=State.RELEASED, **where)


def _photo(photo, before, by):
    shown = Story.objects.showing(photo).filter(state=State.RELEASED)
    for label, has in (
        (_("alternative text"), lambda one: bool(one.alt.strip()) or one.is_decorative),
        (_("credit"), lambda one: bool(one.credit.strip(" /"))),
    ):
        if has(before) and not has(photo) and shown.exists():
            params = {"words": label, "stories": _names(shown, by)}
            yield _("Readers see this photo, so its %(words)s stays: %(stories)s.") % params
    if before.caption.strip() and not photo.caption.strip():
        captioned_by_it = _released(pk__in=_without_own_caption(photo))
        if captioned_by_it.exists():
            params = {"words": _("caption"), "stories": _names(captioned_by_it, by)}
            yield _("Readers see this photo, so its %(words)s stays: %(stories)s.") % params


def _without_own_caption(photo):
    """Ids of the stories that show the photo with its own caption."""
    plain = Q(lead_photo=photo, lead_caption="") | Q(gallery__photo=photo, gallery__caption="")
    yield from Story.objects.filter(plain).values_list("pk", flat=True)
    for pk, text in Story.objects.filter(photos_in_text__uid=photo.uid).values_list("pk", "body"):
        if any(block.uid == str(photo.uid) and not block.caption for block in body.blocks(body.clean(text))):
            yield pk


def _edition(edition, before, by):
    lost = [name for name in MASTHEAD if _filled(before, name) and not _filled(edition, name)]
    if lost and (stories := _released(edition=edition.pk)).exists():
        words = ", ".join(str(Edition._meta.get_field(name).verbose_name) for name in lost)
        params = {"words": words, "stories": _names(stories, by)}
        yield _("Readers have stories of this edition, so its masthead keeps: %(words)s (%(stories)s).") % params


def _filled(edition, name):
    value = getattr(edition, Edition._meta.get_field(name).attname)
    return bool(value.strip() if isinstance(value, str) else value)


def _section(section, before, by):
    if section.edition_id != before.edition_id and (stories := Story.objects.filter(section=section.pk)).exists():
        params = {"stories": _names(stories, by)}
        yield _("Stories stand in this section, so it stays in its edition: %(stories)s.") % params


def _series(series, before, by):
    yield from _revealed(_released(series=series.pk), series)
    if series.day_one != before.day_one:
        yield from too_early(series, by)


def too_early(series, by):
    """A sentence if a series has had stories before its day one, else nothing. A tag has no day one."""
    day_one = getattr(series, "day_one", None)
    early = _released(series=series.pk, day__lt=day_one) if day_one else Story.objects.none()
    if first := early.order_by("day", "pk").first():
        params = {"day": date_format(first.day, "j F Y"), "stories": _names(early.order_by("day", "pk"), by)}
        yield _("Day one is at the latest %(day)s, since the series has had stories since then: %(stories)s.") % params


def edited_alone(one, other, by):
    """A sentence if two people, were they one, would be the only author and the only editor of a released story."""
    both, made_it = [one.pk, other.pk], Credit.objects.filter(story=OuterRef("pk"))
    author, editor = (Exists(made_it.filter(role=role, person__in=both)) for role in (Role.AUTHOR, Role.EDITOR))
    others = made_it.filter(role__in=[Role.AUTHOR, Role.EDITOR]).exclude(person__in=both)
    stories = _released(credits__person=one.pk).filter(author, editor, ~Exists(others)).distinct()
    if stories.exists():
        text = _("The only author cannot be the only editor, as this person would be of: %(stories)s.")
        yield text % {"stories": _names(stories, by)}


def _tag(tag, before, by):
    yield from _revealed(_released(tag_links__tag=tag.pk), tag)


def _revealed(stories, row):
    """Words of a shared row must not name somebody whom a story protects."""
    for story in stories.exclude(protected_names=""):
        yield from revealing(story, *words(row).values())


def _names(stories, by):
    """“A”, “B”, “C” and 12 more."""
    seen = permissions.stories(by).filter(pk__in=stories.order_by().values("pk"))
    ordered = list(stories.values_list("pk", flat=True)[:NAMED])
    named = {story.pk: f"“{story}”" for story in [*seen.filter(pk__in=ordered), *seen[:NAMED]]}
    names = list(named.values())[:NAMED]
    more = stories.order_by().values("pk").distinct().count() - len(names)
    if not names:
        return ngettext("%(count)s story of another desk", "%(count)s stories of other desks", more) % {"count": more}
    rest = _("and %(count)s more") % {"count": more} if more else ""
    return " ".join(filter(None, [", ".join(names), rest]))


CHECKS = {Photo: _photo, Edition: _edition, Section: _section, Series: _series, Tag: _tag}
