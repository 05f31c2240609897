"""The rows that prevent a deletion, by name as far as the user may see them."""

from django.contrib.admin.utils import NestedObjects
from django.db import router
from django.db.models import prefetch_related_objects
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

NAMED = 20
TO_A_STORY = ["story", "content_object"]  # names of the foreign key to a story


def protecting(rows):
    """The rows of other tables that point to one of `rows` and are protected from losing it."""
    rows = list(rows)
    if not rows:
        return []
    collector = NestedObjects(using=router.db_for_write(type(rows[0])), origin=rows)
    collector.collect(rows)
    return list(collector.protected)


def descriptions(site, request, rows):
    """One line for each row, with the story instead of its credits and links; rows of other desks are only counted."""
    owners = dict.fromkeys(_owners(rows))
    seen = {model: _visible(site, request, model, owners) for model in {type(owner) for owner in owners}}
    named = [_named(owner) for owner in owners if owner.pk in seen[type(owner)]]
    hidden = len(owners) - len(named)
    lines = named[:NAMED]
    if more := len(named) - len(lines):
        lines.append(_("and %(count)s more") % {"count": more})
    if hidden:
        of_others = ngettext("%(count)s row of another desk", "%(count)s rows of other desks", hidden)
        lines.append(of_others % {"count": hidden})
    return lines


def _owners(rows):
    """The stories of credits, tags and photos, read in one query per table; other rows, and assignments without a
    story, stand for themselves."""
    for model in {type(row) for row in rows}:
        of_one = [row for row in rows if type(row) is model]
        name = next((name for name in TO_A_STORY if hasattr(model, name)), None)
        if name:
            prefetch_related_objects(of_one, name)
        yield from ((name and getattr(row, name)) or row for row in of_one)


def _visible(site, request, model, owners):
    """The ids of the owners that the user may see at the desk."""
    pks = [owner.pk for owner in owners if type(owner) is model]
    model_admin = site._registry.get(model)
    if model_admin is None or not model_admin.has_view_permission(request):
        return set()
    return set(model_admin.get_queryset(request).filter(pk__in=pks).values_list("pk", flat=True))


def _named(row):
    return format_html("{}: “{}”", row._meta.verbose_name, str(row))
