"""The places of the desk: those of the top bar, and groups on the page of settings, which lists all other tables."""

from typing import NamedTuple

from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from articles.desk import labels


class Place(NamedTuple):
    name: str  # of its address in the admin
    label: str
    permission: str = ""
    within: tuple[str, ...] = ()  # beginnings of the names of addresses that belong to it
    query: str = ""  # the view with which it opens

    @property
    def address(self):
        return reverse(f"admin:{self.name}")

    @property
    def link(self):
        return f"{self.address}{self.query}"


STORIES = Place("articles_story_changelist", _("Stories"), "articles.view_story", ("articles_story_",))
SETTINGS = Place("settings", _("Settings"), within=("articles_", "auth_"))
PLACES = [
    Place("index", _("Today")),
    STORIES,
    Place("articles_story_agenda", _("Agenda"), "articles.view_story", ("articles_story_agenda",)),
    Place(
        "articles_assignment_changelist",
        _("Assignments"),
        "articles.view_assignment",
        ("articles_assignment_",),
        "?tab=open",
    ),
    Place("articles_photo_changelist", _("Photos"), "articles.view_photo", ("articles_photo_",)),
    SETTINGS,
]
AT_TOP = {"story", "photo", "assignment"}  # models with a place of their own
GROUPS = [
    (_("People and rights"), ["person", "membership", "user", "group"]),
    (_("Editions and sections"), ["edition", "section", "policy", "network", "owner"]),
    (_("Topics"), ["tag", "series"]),
    (_("Records"), ["revision", "correction", "auditentry", "readcount"]),
]
OTHERS = _("Addresses and others")
OF_STORY = "story__id__exact"  # in the address of a list: the rows of one story


def of(request):
    """The place of the top bar to which the page of this request belongs; None if to none."""
    match = request.resolver_match
    name = match.url_name if match and "admin" in match.namespaces else None
    if not name:
        return None
    if OF_STORY in request.GET:  # the history of one story
        return STORIES
    if exact := next((place for place in PLACES if place.name == name), None):
        return exact
    begun = [(len(beginning), place) for place in PLACES for beginning in place.within if name.startswith(beginning)]
    return max(begun, key=lambda one: one[0])[1] if begun else None


def open_to(user):
    """The places that a user may open."""
    return [place for place in PLACES if not place.permission or user.has_perm(place.permission)]


def settings(apps):
    """[(group, models)] of `apps` as AdminSite.get_app_list gives them. What no group names is a group, too."""
    models = {model["model"]._meta.model_name: model for app in apps for model in app["models"]}
    models = {name: model for name, model in models.items() if name not in AT_TOP}
    groups = [(label, [models.pop(name) for name in names if name in models]) for label, names in GROUPS]
    return [(label, found) for label, found in [*groups, (OTHERS, [*models.values()])] if found]


def way_up(context):
    """[(label, address)] of the pages above the one with this context: the settings, its list, its row.

    The way to a list keeps the list's filters. `up` in the context: the way to the row, where it is not the usual one.
    """
    opts, place = context.get("opts"), of(context["request"])
    if not opts:
        return []
    if "cl" in context and "up" in context:  # the rows of one story
        return [(STORIES.label, STORIES.address), context["up"]]
    steps = [(place.label, place.address)] if place is SETTINGS else []
    if "cl" in context or (place and place.name == "articles_story_agenda"):
        return steps
    steps.append((capfirst(opts.verbose_name_plural), _address(context, "changelist")))
    row = context.get("object") or context.get("original")
    if up := context.get("up"):
        steps.append(up)
    elif row and "adminform" not in context:
        steps.append((labels.label(row), _address(context, "change", row.pk)))
    return steps


def _address(context, page, *args):
    opts = context["opts"]
    return add_preserved_filters(context, reverse(f"admin:{opts.app_label}_{opts.model_name}_{page}", args=args))
