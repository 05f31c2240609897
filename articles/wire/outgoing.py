"""Public stories as Items for export. They hold nothing that readers may not see (rules.md W3, I6, J3)."""

from django.db.models import Prefetch, Q
from django.utils import timezone
from django.utils.html import format_html

from articles import photos, tracking
from articles.each import each
from articles.models import Photo, Story
from articles.models.correction import Kind
from articles.models.story import State
from articles.text import body

from .store.photo_layers import TEXTS
from .values import story_fields
from .values.item import Item, Notice, Party, Picture, RunningStory, Term

BATCH = 200
TIMES = ["version_at", "first_published_at", "publish_at", "embargo_until", "expires_at"]
RENDITION = ("full", 1280, "jpg")


def public(at):
    """The stories that may be exported: live stories, and withdrawn stories that were live."""
    return whole(Story.objects.live(at) | Story.objects.withdrawn(at), at)


def whole(stories, at):
    """With all rows that an item tells of."""
    live = Story.objects.live(at).select_related("edition")
    return (
        stories.for_page()
        .select_related("edition", "section", "series", "lead_photo")
        .prefetch_related(
            "former_addresses",
            Prefetch("verified_in", live),
        )
    )


def since(stories, at):
    """The stories that were published, changed or withdrawn since `at`."""
    return stories.filter(
        Q(live_from__gte=at) | Q(updated_at__gte=at) | Q(changed_at__gte=at) | Q(corrections__at__gte=at)
    ).distinct()


def every(stories, at):
    """Items of all stories by primary key, in batches, so that memory does not grow with their number."""
    last = 0
    while batch := list(stories.filter(pk__gt=last).order_by("pk")[:BATCH]):
        yield from items(batch, at)
        last = batch[-1].pk


def items(stories, at):
    """Items of a list of stories from `public` or `whole`, with the photos of all their texts in one query."""
    texts = {story.pk: body.references(story.body) for story in stories}
    uids = {uid for references in texts.values() for uid in references.photos}
    _depend_on(stories, texts.values())
    pictures = {str(photo.uid): photo for photo in Photo.objects.usable(at).filter(uid__in=uids)} if uids else {}
    linked = {uid for references in texts.values() for uid in references.stories}
    live = Story.objects.live(at).filter(uid__in=linked).select_related("edition") if linked else ()
    others = {str(story.uid): story for story in live}
    settled = _settled(stories, at)
    return list(each(stories, lambda story: _item(story, at, pictures, others, settled.get(story.pk, ()))))


def _depend_on(stories, texts):
    """Note what they name that readers may get later, and what was not read because they have not got it now."""
    if tracking.current() is None:
        return
    tracking.depends_on(*(f"s{uid.replace('-', '')}" for references in texts for uid in references.stories))
    tracking.depends_on(*(f"f{uid.replace('-', '')}" for references in texts for uid in references.photos))
    if settling := [story.verified_in_id for story in stories if story.verified_in_id]:
        tracking.depends_on(
            *(f"s{uid.hex}" for uid in Story.objects.filter(pk__in=settling).values_list("uid", flat=True))
        )


def _settled(stories, at):
    """{id: the live stories that it settles}. Their ids are asked for first, which is one range of an index: asked at
    once for those that are live, SQLite reads every live story."""
    within = Story.objects.untracked("what a story settles touches that story's own key")
    rows = within.filter(verified_in__in=[story.pk for story in stories]).order_by()
    if not (ids := list(rows.values_list("pk", flat=True))):
        return {}
    settled = {}
    for one in Story.objects.live(at).filter(pk__in=ids):
        settled.setdefault(one.verified_in_id, []).append(one)
    return settled


def _item(story, at, pictures, others, settled):
    edition = story.edition
    item = Item(
        uri=story.uid.urn,
        headline=story.headline,
        state=story.state,
        slug=story.slug,
        version=story.version,
        version_at=_version_at(story),
        first_published_at=story.first_published_at or story.live_from,
        language=edition.language,
        edition=edition.slug,
        publisher=edition.name,
        address=edition.absolute(story.get_absolute_url()),
        corrections=_notices(story, at),
        former=[(former.day, former.slug) for former in story.former_addresses.all()],
        policies=[(policy.title, edition.absolute(policy.get_absolute_url())) for policy in edition.policies.all()],
    )
    if story.state == State.RELEASED:
        _fill_public(item, story, at, pictures, others, settled)
    for name in TIMES:
        if time := getattr(item, name):
            setattr(item, name, timezone.localtime(time, edition.zone))
    return item


def _fill_public(item, story, at, pictures, others, settled):
    """Fill in words, names and pictures. A withdrawn story is exported without them."""
    for name in story_fields.CARRIED:
        setattr(item, name, getattr(story, name))
    item.further = story_fields.further_texts(story)
    item.publish_at, item.embargo_until, item.expires_at = story.publish_at, story.embargo_until, story.expires_at
    item.copyright_holder = story.edition.company
    item.section = Term(story.section.name, story.section.slug)
    if series := story.series:
        item.series = RunningStory(series.kicker, series.slug, series.day_one)
    item.tags = [Term(link.tag.name, link.tag.slug) for link in story.tag_links.all()]
    item.people = [Party(one.person.name, one.role, one.person.slug) for one in story.credits.all()]
    item.body, in_text = _body(story, pictures, others)
    item.pictures = [_picture(photo, story) for photo in in_text]
    if story.lead_photo and story.lead_photo.is_usable(at):
        item.lead = _picture(story.lead_photo, story, story.lead_caption)
    gallery = [use for use in story.gallery.all() if use.photo.is_usable(at)]
    item.gallery = [_picture(use.photo, story, use.caption) for use in gallery]
    item.verified_in = story.verified_in.uid.urn if story.verified_in else ""
    item.verifies = [other.uid.urn for other in settled]


def _version_at(story):
    """When the public version last changed: the update, the last correction, or the publication."""
    corrected_at = [correction.at for correction in story.corrections.all()]
    return max(filter(None, [story.shown_updated_at, story.first_published_at, story.live_from, *corrected_at]))


def _body(story, pictures, others):
    """(text, photos in it), without photos whose rights have ended and without links to stories that are not live.

    Other sites get each photo as <img>, each related story and embed as a link. `body.clean` removes them on import.
    """
    parts, shown = [], []
    for block in body.blocks(story.body):
        markup = block.html
        if block.kind == "figure":
            photo = pictures.get(block.uid)
            shown += [photo] if photo else []
            markup = _figure(block, photo and format_html('<img src="{}" alt="{}">', _address(photo, story), photo.alt))
        elif block.kind == "aside":
            other = others.get(block.uid)
            link = other and format_html(
                '<a href="{}">{}</a>', other.edition.absolute(other.get_absolute_url()), other.headline
            )
            markup = markup.replace("</aside>", f"{link}</aside>") if other else ""
        elif block.kind == "hr":
            markup = '<hr class="page-break">'  # on other sites a bare <hr> does not break the page
        parts.append(markup)
    return "".join(parts), list(dict.fromkeys(shown))


def _figure(block, image):
    """A photo or an embed; "" for a photo that may not be shown. An embed without its picture is still a link."""
    if not block.embed:
        return block.html.replace("<figcaption>", f"{image}<figcaption>", 1) if image else ""
    markup = format_html(
        '<figure data-embed="{}"><figcaption><a href="{}">{}</a></figcaption></figure>',
        block.embed,
        block.embed,
        block.caption or block.embed,
    )
    if not image:
        return markup
    named = f'<figure data-photo="{block.uid}" data-embed'
    return markup.replace("<figure data-embed", named, 1).replace("<figcaption>", f"{image}<figcaption>", 1)


def _picture(photo, story, caption=""):
    width, height = photos.size(photo, *RENDITION[:2])
    return Picture(
        uri=photo.uid.urn,
        use_caption=caption,
        **{name: getattr(photo, name) for name in TEXTS},
        is_decorative=photo.is_decorative,
        taken_at=photo.taken_at,
        rights_end_at=photo.rights_end_at,
        width=width,
        height=height,
        focus=(
            round(photo.focal_x * 100) / 100,
            round(photo.focal_y * 100) / 100,
        ),  # the precision that its address has
        address=_address(photo, story),
    )


def _address(photo, story):
    return story.edition.absolute(photos.address(photo, *RENDITION))


def _notices(story, at):
    """The public corrections. A withdrawal is exported with its reason (rules.md D4)."""
    corrections = [one for one in story.corrections.all() if one.at <= at and _is_public(one, story)]
    corrections.sort(key=lambda one: (one.at, one.pk))
    return [Notice(one.uid.urn, one.kind, one.text, one.at, one.reason) for one in corrections]


def _is_public(correction, story):
    """A withdrawal is public while the story is withdrawn; other corrections while it is not."""
    return (correction.kind == Kind.WITHDRAWAL) == (story.state == State.WITHDRAWN)
