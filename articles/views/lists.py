"""Lists of stories: by section, tag, series, person, or all of an edition."""

from django.db.models import Exists, OuterRef
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import structured_data, tracking
from articles.database.union import any_of, together
from articles.listings import rails
from articles.listings.paging import A_PAGE, MOST_PAGES, page_query, paged, wanted_page
from articles.models import Credit, FormerSectionSlug, Person, Series, Story, Tag
from articles.models.person import Role
from articles.models.section import family
from articles.text import letters
from articles.tracking import cacheable

from .moving import by_slug, moved
from .showing import shown

LED_FROM = 6  # stories of a list: its newest stands large, with five beside it


def live(request):
    """The stories that readers of the edition may see now, newest first."""
    return Story.objects.live(timezone.now()).filter(edition=request.edition).newest()


def live_by(links, **of):
    """The live stories of links that repeat edition and time (of tags, of credits): one range of the links' index.

    Only the links are filtered by edition; if the stories were, too, the database would read all of them.
    """
    conditions = {f"{links}__{name}": value for name, value in of.items()}
    return Story.objects.live(timezone.now()).filter(**conditions).order_by(f"-{links}__live_from", f"-{links}__pk")


@cacheable("page", "network", "view")
def latest(request):
    """The newest stories of the edition, or with `?network=1` of all editions of its network."""
    if request.GET.get("network") != "1":
        if "network" in request.GET:
            tracking.no_store()
        return listing(request, live(request), title=_("Latest news"), network=request.edition.network)
    network = request.edition.network
    stories = Story.objects.live(timezone.now()).filter(edition__network=network).newest()
    title = _("Latest from %(network)s") % {"network": network.name}
    return listing(request, stories, query="network=1", title=title, feed=reverse("feed_network"))


@cacheable("page", "view")
def section(request, slug):
    """The stories of a section and of its subsections."""
    sections = request.edition.shown_sections
    right_slug = letters.slug(slug)
    section = next((section for section in sections if section.slug == right_slug), None)
    if section is None:
        former = FormerSectionSlug.objects.filter(edition=request.edition, slug=right_slug).values_list(
            "row", flat=True
        )
        section = next((section for section in sections if section.pk in former), None)
    if section is None:
        raise Http404
    _itself, *inner = family(section, sections)
    stories = live(request).filter(section=section)
    if inner:
        ranges = [live(request).filter(section=each).values("pk")[: A_PAGE * MOST_PAGES] for each in (section, *inner)]
        stories = live(request).filter(pk__in=any_of(ranges))
    head = {"title": section.name, "introduction": section.description, "inner_sections": inner}
    head["feed"] = f"{section.get_absolute_url()}feed/"
    head["outer_section"] = next((other for other in sections if other.pk == section.parent_id), None)
    return listing(request, stories, row=section, leads=True, **head)


@cacheable("page", "view")
def series(request, slug):
    """The timeline of a running story."""
    series = by_slug(Series.objects, slug)
    stories = live(request).filter(series=series)
    head = {"title": series.kicker, "introduction": series.introduction, "note": _("Running story"), "series": series}
    head["feed"] = f"{series.get_absolute_url()}feed/"
    now = timezone.now()
    head["is_covered_live"] = series.is_covered_live(now)
    if "page" not in request.GET:
        head["key_events"] = rails.key_events(request.edition, series, now)
    return listing(request, stories, row=series, empty_is_missing=True, **head)


@cacheable("page", "view")
def tag(request, slug):
    tag = by_slug(Tag.objects, slug)
    by_link = live_by("tag_links", edition=request.edition, tag=tag)
    head = {"title": tag.name, "note": _("Topic"), "feed": f"{tag.get_absolute_url()}feed/"}
    return listing(request, by_link, row=tag, empty_is_missing=True, face="tag", **head)


@cacheable("page", "role", "view")
def person(request, slug):
    """A person and their stories in one role: that of `?role=`, or the first that they have in this edition."""
    person = by_slug(Person.objects.select_related("portrait"), slug)
    noted_by_credits = Story.objects.untracked("the list of the person's credits is noted")
    readable = noted_by_credits.live(timezone.now()).order_by().filter(pk=OuterRef("story"), edition=request.edition)
    parts = Credit.objects.filter(Exists(readable), person=person, edition=request.edition)
    newest = parts.order_by("-live_from", "-pk").values("pk")
    newest_of = together({role: newest.filter(role=role)[:1] for role in Role})
    roles = [role for role in Role if newest_of[role]]
    role = request.GET.get("role", roles[0] if roles else "")
    if role not in roles and (roles or role or not _works_for(person, request.edition)):
        raise Http404
    by_credit = live_by("credits", edition=request.edition, person=person, role=role)
    is_first = not roles or role == roles[0]
    head = {"title": person.name, "note": person.title, "introduction": person.bio}
    head |= {"person": person, "roles": roles, "role": role, "is_first_role": is_first, "face": "person"}
    head["positions"] = person.positions.filter(edition=request.edition)
    head["feed"] = f"{person.get_absolute_url()}feed/" if Role.AUTHOR in roles else ""
    return listing(request, by_credit, query="" if is_first else f"role={role}", row=person, **head)


def _works_for(person, edition):
    return edition.responsible_id == person.pk or person.positions.filter(edition=edition).exists()


@cacheable("view")
def popular(request):
    now = timezone.now()
    ids = together({"popular": rails.popular(request.edition, now)})["popular"]
    stories = rails.pick(rails.cards(now, ids), ids, most=rails.MOST_POPULAR)
    head = {"title": _("Popular news"), "note": rails.popular_note(), "face": "popular"}
    return _page(
        request, stories, wanted_page(request, 1), offers=False, **head
    )  # an offered story may be one that must never be popular


def listing(request, stories, query="", empty_is_missing=False, row=None, **head):
    """A page of `stories`, or a redirect to it if the address of `row`, to which they belong, is not the one requested.

    `query`: the parameters of its address beside the page. `head`: the context above the stories. `empty_is_missing`:
    without stories the list is 404, because its name, such as a tag's, may not be public yet (rules.md W3).
    """
    pager, page = paged(request, stories)
    ids = list(page.values_list("pk", flat=True))
    shown = rails.pick(rails.cards(timezone.now(), ids), ids, most=A_PAGE)
    if empty_is_missing and not shown:
        raise Http404
    if row and row.get_absolute_url() != request.path:
        return moved(request, row.get_absolute_url())
    return _page(request, shown, pager, query, **head)


def _page(request, stories, pager, query="", offers=True, leads=False, **head):
    """`offers`: whether an empty list shows the newest stories instead. `leads`: whether the newest may be its lead."""
    canonical = request.edition.absolute(request.path + page_query(pager.number, query))
    context = {
        "face": "",  # a name that is missing costs ten times as much, for each card
        "day": None,
        **head,
        "canonical": canonical,
        **_said(request.edition, canonical, stories, head),
        "query": query,
        "pager": pager,
        "stories": stories,
        "has_lead": leads and pager.number == 1 and len(stories) >= LED_FROM,
        "offered": [] if stories or not offers else rails.offered(request.edition, timezone.now()),
        "older": stories[-1].day if stories and not pager.next else None,
    }
    return shown(request, "list", context)


def _said(edition, canonical, stories, head):
    """What the page says to machines; nothing if it is not for search engines."""
    if head.get("search_page"):
        return {}
    title, introduction, person = head["title"], head.get("introduction", ""), head.get("person")
    if person:
        structured = structured_data.profile(edition, canonical, person, timezone.now())
    else:
        structured = structured_data.collection(
            edition, canonical, title, stories, head.get("outer_section"), introduction
        )
        if head.get("is_covered_live"):
            structured += structured_data.live_coverage(head["series"], edition, canonical, stories)
    kind, now = "profile" if person else "website", timezone.now()
    shared = structured_data.open_graph.of_page(edition, canonical, title, introduction, kind, stories=stories, at=now)
    return {"structured": structured, "shared": shared}
