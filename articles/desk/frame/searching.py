"""One search over stories, people and photos: the first few of each that the user may see, and the way to the rest."""

from typing import NamedTuple

from django.contrib import admin
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from articles import photos
from articles.desk import labels, timestamps
from articles.listings import desk_rows, search
from articles.listings.at_desk import at_desk
from articles.models import Person, Photo, Story

MOST = 8  # rows of each kind
LONGEST = 200  # letters of a search


class Found(NamedTuple):
    label: str
    address: str
    picture: str = ""
    standing: str = ""
    note: str = ""


def page(request):
    words = " ".join(request.GET.get("q", "")[:LONGEST].split())
    kinds = [(Story, _stories), (Person, _people), (Photo, _photos)]
    groups = [_group(request, words, model, find) for model, find in kinds] if words else []
    context = {
        **admin.site.each_context(request),
        "title": _("Search: %(words)s") % {"words": words} if words else _("Search the desk"),
        "searched": words,
        "groups": [group for group in groups if group and group["found"]],
    }
    return TemplateResponse(request, "admin/search.html", context)


def _group(request, words, model, find):
    """What is found of one model; None if the user may not see its list."""
    model_admin = admin.site.get_model_admin(model)
    if not model_admin.has_view_permission(request):
        return None
    name = model._meta.model_name
    return {
        "name": name,
        "title": capfirst(model._meta.verbose_name_plural),
        "found": find(request, model_admin, words),
        "all": reverse(f"admin:articles_{name}_changelist"),
    }


def _stories(request, _model_admin, words):
    now = timezone.now()
    ids = at_desk(request.user, search.holding(words), most=MOST)
    stories = desk_rows.rows(ids)
    return [_story(story, now) for story in stories.values()]


def _story(story, now):
    at = story.live_from or story.changed_at
    note = [story.section, story.edition, at and timestamps.absolute(at, story.edition)]
    return Found(
        story.headline,
        reverse("admin:articles_story_change", args=[story.pk]),
        _picture(story.lead_photo),
        story.standing(now),
        " · ".join(str(part) for part in note if part),
    )


def _people(request, model_admin, words):
    people = labels.with_details(_listed(request, model_admin, words).select_related("portrait"))
    return [_row(person, person.name, _picture(person.portrait)) for person in people[:MOST]]


def _photos(request, model_admin, words):
    return [_row(photo, photo.title, _picture(photo)) for photo in _listed(request, model_admin, words)[:MOST]]


def _listed(request, model_admin, words):
    """The rows that the model's own list finds with these words."""
    rows = model_admin.get_queryset(request)
    found, has_doubles = model_admin.get_search_results(request, rows, words)
    return found.distinct() if has_doubles else found


def _row(row, name, picture):
    address = reverse(f"admin:articles_{row._meta.model_name}_change", args=[row.pk])
    return Found(name, address, picture, note=labels.label(row).removeprefix(str(row)).removeprefix(" · "))


def _picture(photo):
    return photos.address(photo, "1x1", 320, "webp") if photo else ""
