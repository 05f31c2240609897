"""Template tags of readers' pages: times, roles in bylines, addresses, pictures."""

import html
import re

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import dateformat, timezone
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe
from django.utils.translation import pgettext

from articles import photos, structured_data, tracking
from articles.cache.cached_rows import cached_render
from articles.delivery import fragments, style
from articles.feeds import FORMATS
from articles.listings import rails
from articles.listings.paging import page_query
from articles.models.person import Role
from articles.models.section import way_to
from articles.photos import markup

register = template.Library()

_JOINED = re.compile(r"\b(?:[^\W\d_]{1,8}-[0-9]{1,5}|[^\W\d_]{1,6}-[^\W\d_]{1,6})\b[.,:;?!]?")
_QUOTED = re.compile(r"\A<(p|blockquote)\b([^>]*)>(?=(?:<[^>]+>)*[“‘\"])")


register.simple_tag(rails.popular_note)
register.simple_tag(style.address, name="style")


@register.filter
def timestamp(at, edition):
    """Kamis, 19 Oktober 2023, 21.05 WITA: always in the edition's time zone and with its label."""
    local = timezone.localtime(at, edition.zone)
    return f"{dateformat.format(local, 'l, j F Y, H.i')} {edition.zone_label}"


@register.filter(expects_localtime=True)
def machine_time(at):
    """A time for programs. HTML takes at most three decimals of a second."""
    return at.isoformat(timespec="milliseconds" if at.microsecond else "seconds")


@register.filter
def clock(at, edition):
    """21.05 today, 19 Okt on another day of this year, 19 Okt 2022 before: in a column whose head names the zone."""
    local, now = timezone.localtime(at, edition.zone), timezone.localtime(timezone=edition.zone)
    if local.date() == now.date():
        return dateformat.format(local, "H.i")
    return dateformat.format(local, "j M" if local.year == now.year else "j M Y")


@register.filter
def moment(at, edition):
    """The same with the zone, where it stands alone: 21.05 WITA."""
    today = edition.day(at) == edition.day(timezone.now())
    return f"{clock(at, edition)} {edition.zone_label}" if today else clock(at, edition)


@register.filter
def hour(at, edition):
    """21.05 WITA, beside a date."""
    return f"{dateformat.format(timezone.localtime(at, edition.zone), 'H.i')} {edition.zone_label}"


@register.filter
def unbroken(headline):
    """The headline, in which short words like Ke-603 and anak-anak do not break after the hyphen."""
    escaped = conditional_escape(headline)
    return mark_safe(_JOINED.sub(r'<span class="unbroken">\g<0></span>', escaped))  # noqa: S308 - escaped above


@register.filter
def hung(block):
    """The HTML of a block; one that begins with a quotation mark says so, and its mark hangs in the margin."""
    return mark_safe(_QUOTED.sub(r'<\1 class="hung"\2>', block))  # noqa: S308 - cleaned when it was stored


@register.filter
def whole_address(story):
    return story.edition.absolute(story.get_absolute_url())


@register.simple_tag
def feed_links(name, base):
    """The feeds of a page, for programs that look for them: [(media type, title, address)]."""
    kinds = {"": "RSS", "atom": "Atom", "json": "JSON Feed"}
    return [(FORMATS[kind][0], f"{name} – {told}", f"{base}{kind}/" if kind else base) for kind, told in kinds.items()]


@register.filter
def json_ld(data):
    """A value of articles/structured_data/ within its element. The text cannot end it (structured_data/text.py)."""
    return mark_safe(structured_data.script(data))  # noqa: S308 - every < and & is written as an escape


@register.filter
def meta_tags(pairs):
    """[(name, content)] as elements of the head: X calls the name `name`, Open Graph `property`."""
    named = (("name" if name[:7] == "twitter" else "property", name, html.escape(f"{told}")) for name, told in pairs)
    lines = (f'<meta {kind}="{name}" content="{told}">' for kind, name, told in named)
    return mark_safe("\n".join(lines))  # noqa: S308 - escaped above


@register.filter
def is_usable(photo):
    """Whether readers may see the photo now."""
    return photo.is_usable(timezone.now())


@register.filter
def is_live(row):
    """Whether a story or series is part of live coverage now. At the hour the keys of the series are touched."""
    return row.is_live(timezone.now())


@register.filter
def role_label(role, people):
    """The word before the names in a byline."""
    several = len(people) > 1
    labels = {
        Role.AUTHOR: pgettext("byline", "Writers") if several else pgettext("byline", "Writer"),
        Role.EDITOR: pgettext("byline", "Editors") if several else pgettext("byline", "Editor"),
        Role.PHOTOGRAPHER: pgettext("byline", "Photo"),
        Role.CONTRIBUTOR: pgettext("byline", "Contributor"),
        Role.TRANSLATOR: pgettext("byline", "Translation"),
    }
    return labels[role]


@register.filter
def works(role):
    """The heading of a list of a person's stories in this role."""
    labels = {
        Role.AUTHOR: pgettext("stories of a person", "Written"),
        Role.EDITOR: pgettext("stories of a person", "Edited"),
        Role.PHOTOGRAPHER: pgettext("stories of a person", "Photographed"),
        Role.CONTRIBUTOR: pgettext("stories of a person", "Contributed to"),
        Role.TRANSLATOR: pgettext("stories of a person", "Translated"),
    }
    return labels[role]


@register.filter
def way(section, edition):
    """The sections above a story or a list, the main one first."""
    return way_to(section, edition.shown_sections)


@register.simple_tag
def archive(date, span):
    """The address of the archive of that "day" or "month"."""
    return reverse(f"archive_{span}", args=date.isoformat().split("-")[: 3 if span == "day" else 2])


@register.simple_tag
def rendition(photo, crop, width, kind):
    """The address of one rendition of a photo."""
    return photos.address(photo, crop, width, kind)


@register.simple_tag(takes_context=True)
def page_address(context, number):
    """The address of that page of this list or story."""
    return context["request"].path + page_query(number, context.get("query", ""))


@register.simple_tag(takes_context=True)
def fragment(context, name):
    """The place of a fragment that stands on many pages. It leads to no story that the page shows already."""
    if page := tracking.current():
        page.edition = context["request"].edition.pk
    return mark_safe(fragments.mark(name, context.get("shown_already", ())))  # noqa: S308 - a comment of our own


@register.simple_tag(takes_context=True)
def rail_mark(context, name, number=""):
    """A mark within a rail that `yields`, so that lines of it can be left out (delivery/rail.py)."""
    return mark_safe(fragments.mark(name, [number]) if context.get("yields") else "")  # noqa: S308 - as above


def _edition(context):
    """The edition of the page. A fragment is rendered without a request."""
    return context["request"].edition if "request" in context else context["edition"]


@register.simple_tag(takes_context=True)
def address(context, story):
    """The address of a story: a path within the edition, or the whole address if it belongs to another edition."""
    path = story.get_absolute_url()
    edition = _edition(context)
    return path if edition and story.edition_id == edition.pk else story.edition.absolute(path)


@register.simple_tag(takes_context=True)
def frame(context, part):
    """The "masthead" or "footer": equal on all pages of a day except for the link to the page itself."""
    edition, path = context["request"].edition, context["request"].path
    current = path if path in cached_render(edition, "addresses", lambda: _in_masthead(edition)) else ""

    def render():
        return render_to_string(f"articles/_{part}.html", {"edition": edition, "current": current})

    return cached_render(edition, (part, current), render, day=edition.day(timezone.now()))


@register.simple_tag(takes_context=True)
def part(context, name, stories=(), of="", **values):
    """articles/_<name>.html with these stories (or tuples of rows) and values, kept while none of them changes.

    `of` tells parts of the same name apart, of which an edition has few: a section, a kind of rail.
    """
    edition = _edition(context)
    rows = [row for one in stories for row in (one if isinstance(one, tuple) else [one])]

    def render():
        return render_to_string(f"articles/_{name}.html", {"edition": edition, "stories": stories, **values})

    day = edition.day(timezone.now()), *values.values()
    return cached_render(edition, (name, of), render, day, also=rows)


def _in_masthead(edition):
    own = {section.get_absolute_url() for section in edition.shown_sections}
    return own | {reverse("latest"), reverse("search")}


@register.simple_tag(takes_context=True)
def card(context, story, size, use="", first=False):
    """A story as a card of that size, with a photo for that `use` (photos.USES), or without."""
    return _of_story(context, story, "articles/_card.html", size=size, use=use, first=first)


@register.simple_tag(takes_context=True)
def rail_lines(context, stories, kind):
    """The lines of a rail of that kind: each a story, or (story, its topics) for the reader's own device."""
    lines = []
    for story in stories:
        story, about = story if isinstance(story, tuple) else (story, "")
        opened = f'<li data-topics="{html.escape(about)}">' if about else "<li>"
        line = _of_story(context, story, "articles/_rail_line.html", kind=kind)
        lines.append(f"{rail_mark(context, 'line', story.pk)}{opened}{line}</li>")
    return mark_safe("\n".join(lines))  # noqa: S308 - rendered, escaped


def _of_story(context, story, template, **options):
    edition = _edition(context)
    if story.edition_id != edition.pk:
        tracking.valid_until(story.edition.next_midnight())  # its "today" ends by its own clock

    def render():
        return render_to_string(template, {"story": story, "edition": edition, **options})

    variant = template, edition.pk, edition.language, *options.values()
    return cached_render(story, variant, render, day=story.edition.day(timezone.now()))


@register.simple_tag
def picture(photo, use, first=False):
    """A photo for that `use` (photos.USES), as photos/markup.py writes it."""
    return cached_render(photo, (use, first), lambda: markup.picture(photo, use, first, timezone.now()))
