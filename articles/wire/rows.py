"""Items as rows: the story, and all that belongs to it. intake.py says which of them, and when."""

import itertools
import urllib.parse

from django.db import connections, router
from django.db.models import F, Max, Q
from django.utils.translation import gettext as _

from articles import body, letters, publishing
from articles.models import (
    Address,
    Arrival,
    Correction,
    Credit,
    OldAddress,
    Person,
    Photo,
    Revision,
    Section,
    Series,
    Story,
    StoryPhoto,
    Tag,
    TaggedStory,
)
from articles.models.correction import Kind, Reason
from articles.models.revision import Move
from articles.models.story import State

from . import markup
from .item import Term, uid_of
from .library import fitting

NO_SECTION = Term("Berita", "berita")  # where the source tells none
WORDS = ["kicker", "short_headline", "standfirst", "source_line", "place", "ai_note"]
PLAIN = ["label", "urgency", "is_made_with_ai", "is_about_suicide", "involves_child"]


def pictures(item):
    """Every Picture of an item."""
    return [*filter(None, [item.lead]), *item.gallery, *item.pictures]


def create(prepared, wanted):
    """Store new stories with all that belongs to them. Returns {uid: Story}, each with its `remarks`."""
    around = Around([one.item for one in prepared], wanted)
    made = [(_story(one, around, wanted), one) for one in prepared]
    _find_free_addresses([story for story, _one in made])
    _insert(Story, [story for story, _one in made])
    parts = [around.parts(one.item) for _story, one in made]
    _attach([story for story, _one in made], parts)
    _insert(
        Revision,
        [
            Revision(
                story=story,
                number=1,
                move=Move.TAKEN_IN,
                snapshot=publishing.told(story, *part),
                by=wanted.by,
                at=wanted.at,
                note=one.item.note,
            )
            for (story, one), part in zip(made, parts, strict=True)
        ],
    )
    _insert(Arrival, [_arrival(story, one, wanted.at) for story, one in made])
    for story, one in made:
        if not one.item.is_plain:  # hardly one has any of it, and each would cost a query
            _beside(story, one.item, wanted)
    return {story.uid: story for story, _one in made}


def overwrite(story, one, wanted):
    """Give a story that nobody changed here the words and parts of a newer version; the caller has locked it."""
    around = Around([one.item], wanted)
    had_been_live = publishing.was_live(story, wanted.at)
    _write(story, one, around)
    if had_been_live:
        story.updated_at = one.item.version_at or wanted.at
    elif story.state == State.RELEASED:
        story.publish_at, story.embargo_until = _start(one.item) or wanted.at, one.item.embargo_until
        publishing.set_day(story, wanted.at)
    story.expires_at = one.item.expires_at
    story.changed_at = wanted.at
    story.version = max(story.version + 1, one.item.version)
    story.save()
    for rows in (story.credits, story.tag_links, story.gallery):
        rows.all().delete()
    _attach([story], [around.parts(one.item)])
    _beside(story, one.item, wanted)
    arrived(story, one, wanted.at)


def take_back(story, one, wanted):
    """Withdraw a released story as its source has done; what its source does not tell is told as that."""
    at = wanted.at
    publishing.begin(story, at)
    _beside(story, one.item, wanted)
    if not story.corrections.filter(kind=Kind.WITHDRAWAL).exists():
        told = {"kind": Kind.WITHDRAWAL, "reason": Reason.OTHER, "text": _("Its source has withdrawn this story.")}
        story.corrections.create(at=at, **told)
    story.state, story.changed_at, story.version = State.WITHDRAWN, at, story.version + 1
    story.save()
    arrived(story, one, at)
    publishing.record(story, wanted.by, at, Move.WITHDRAWN)


def arrived(story, one, at):
    """Note which version of it came last."""
    new = _arrival(story, one, at)
    values = {field.name: getattr(new, field.name) for field in Arrival._meta.concrete_fields if not field.primary_key}
    Arrival.objects.update_or_create(story=story, defaults=values)


def _arrival(story, one, at):
    item = one.item
    return Arrival(
        story=story,
        uri=fitting(Arrival, "uri", item.uri),
        version=item.version,
        version_at=item.version_at,
        digest=one.digest,
        story_version=story.version,
        has_old_links=has_old_links(one.body),
        taken_at=at,
    )


def has_old_links(clean):
    """Whether a body leads to related stories by their addresses elsewhere, as "Baca juga: …" does."""
    return "<a " in clean and any(markup.related_link(block.html) for block in body.blocks(clean))


def _story(one, around, wanted):
    """A new story, unsaved."""
    item = one.item
    edition = around.editions[item.uid]
    story = Story(uid=item.uid, edition=edition, version=max(1, item.version), changed_at=wanted.at)
    story.remarks = _of_language(item, edition)
    _write(story, one, around)
    start = _start(item)
    story.embargo_until, story.expires_at = item.embargo_until, item.expires_at
    if not wanted.released or item.state == "draft":
        story.publish_at = start if start and start > wanted.at else None
        return story
    story.state = State(item.state)
    story.publish_at = start or wanted.at
    live_from = max(story.publish_at, story.embargo_until or story.publish_at)
    story.first_published_at = item.first_published_at or live_from
    story.day = item.day or edition.day(story.first_published_at)
    story.updated_at = item.version_at if item.version_at and item.version_at > live_from else None
    return story


def _of_language(item, edition):
    """A remark where it is written in another language than its edition: "en-GB" is English."""
    told, ours = (language.partition("-")[0].lower() for language in (item.language, edition.language))
    return (
        [_("its language is “%(language)s”, not that of the edition") % {"language": told[:20]}]
        if told and told != ours
        else []
    )


def _start(item):
    return item.publish_at or item.first_published_at or item.version_at


def _write(story, one, around):
    """The words of an item, cut where a field ends."""
    item = one.item
    story.headline = fitting(Story, "headline", item.headline)
    if len(story.headline) < len(item.headline):
        one.remarks.append(_("a headline that was too long"))
    if not story.day:
        longest = Story._meta.get_field("slug").max_length
        story.slug = letters.spelt(item.slug, longest) or letters.spelt(item.headline, longest) or str(item.uid)
    for name in WORDS:
        setattr(story, name, fitting(Story, name, getattr(item, name)))
    for name in PLAIN:
        setattr(story, name, getattr(item, name))
    story.body = one.body
    story.section = around.section(item)
    story.series = around.series.get(slug_of(item.series)) if item.series else None
    story.lead_photo = around.photos.get(item.lead.uid) if item.lead else None
    story.lead_caption = _caption(item.lead, story.lead_photo) if item.lead else ""


def _caption(picture, photo):
    """The caption of this use, where it is not the photo's own."""
    caption = fitting(Story, "lead_caption", picture.use_caption or picture.caption)
    return "" if photo and caption == photo.caption else caption


def _attach(stories, parts):
    """Credits, tags and galleries of stored stories; `parts` are those of `Around.parts`.

    The first two are most of the rows that a story has, and half of the time is saved where they are no instances.
    """
    both = list(zip(stories, parts, strict=True))
    _insert_links(
        Credit,
        ["story", "person", "role", "order"],
        [
            (story.pk, person.pk, role, at)
            for story, (credited, _tags, _gallery) in both
            for at, (person, role) in enumerate(credited)
        ],
    )
    _insert_links(
        TaggedStory,
        ["content_object", "tag", "order"],
        [(story.pk, tag.pk, at) for story, (_credited, tags, _gallery) in both for at, tag in enumerate(tags)],
    )
    StoryPhoto.objects.bulk_create(
        StoryPhoto(story=story, photo=photo, caption=caption, order=at)
        for story, (_credited, _tags, gallery) in both
        for at, (photo, caption) in enumerate(gallery)
    )


def _insert(model, rows):
    """Store new instances, which get their keys. Django's own compiler would take longer for it than the database."""
    here = connections[router.db_for_write(model)]  # not its proxy, which is asked for each value
    fields = [field for field in model._meta.concrete_fields if not (field.primary_key or field.generated)]
    columns = _columns(here, fields)
    with here.cursor() as cursor:
        for batch in itertools.batched(rows, here.ops.bulk_batch_size(fields, rows)):
            values = [field.get_db_prep_save(getattr(row, field.attname), here) for row in batch for field in fields]
            marks = _marks(len(fields), len(batch))
            cursor.execute(f"INSERT INTO {model._meta.db_table} ({columns}) VALUES {marks} RETURNING id", values)
            for row, (key,) in zip(batch, cursor.fetchall(), strict=True):
                row.pk = key


def _insert_links(model, names, rows):
    """Credits or tag links as plain values of the fields `names`, the first of which is the key of their story.

    They come with what they repeat of it, so that the trigger which sees to that has nothing to do.
    """
    here = connections[router.db_for_write(model)]
    fields = [model._meta.get_field(name) for name in names]
    columns = _columns(here, fields)
    with here.cursor() as cursor:
        for batch in itertools.batched(rows, here.ops.bulk_batch_size(fields, rows) or 1):
            cursor.execute(
                f"WITH given ({columns}) AS (VALUES {_marks(len(fields), len(batch))}) "
                f"INSERT INTO {model._meta.db_table} ({columns}, edition_id, live_from) "
                "SELECT given.*, edition_id, live_from FROM given JOIN articles_story ON articles_story.id = story_id",
                list(itertools.chain.from_iterable(batch)),
            )


def _columns(here, fields):
    return ", ".join(here.ops.quote_name(field.column) for field in fields)


def _marks(width, height):
    """(%s, %s), (%s, %s), …"""
    return ", ".join([f"({', '.join(['%s'] * width)})"] * height)


def _beside(story, item, wanted):
    """What few stories have: corrections, former and old addresses, what verifies what."""
    Correction.objects.bulk_create(
        (
            Correction(uid=uid_of(one.uri), story=story, kind=one.kind, reason=one.reason, text=one.text, at=one.at)
            for one in item.corrections
        ),
        ignore_conflicts=True,
    )
    former = (
        Address(story=story, edition=story.edition, day=day, slug=fitting(Address, "slug", slug))
        for day, slug in item.former
    )
    Address.objects.bulk_create(former, ignore_conflicts=True)
    paths = (path for address in item.old_addresses if (path := old_path(address)) and path != story.get_absolute_url())
    OldAddress.objects.bulk_create(
        (OldAddress(edition=story.edition, path=path, story=story) for path in paths), ignore_conflicts=True
    )
    if item.verified_in:
        story.verified_in = wanted.reachable().filter(uid=uid_of(item.verified_in)).exclude(pk=story.pk).first()
        Story.objects.filter(pk=story.pk).update(verified_in=story.verified_in)
    if item.verifies:
        wanted.reachable().filter(uid__in=map(uid_of, item.verifies)).exclude(pk=story.pk).update(verified_in=story)


def old_path(address):
    """The path of an address on another site, with its query; "" for a front page and for what is too long."""
    parts = urllib.parse.urlsplit(address)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    return path if path not in ("", "/") and len(path) <= 500 and path.startswith("/") else ""


def _find_free_addresses(stories):
    """A slug that is free on the story's day, for each; what had it before keeps it."""
    placed = [story for story in stories if story.day]
    wanted = {"slug__in": [story.slug for story in placed], "day__in": {story.day for story in placed}}
    taken = {
        row
        for model in (Story, Address)
        for row in model.objects.filter(**wanted).values_list("edition", "day", "slug")
    }
    for story in placed:
        if (story.edition_id, story.day, story.slug) in taken:
            story.remarks.append(_("an address that was taken: %(slug)s") % {"slug": story.slug})
            story.slug = f"{story.slug[:150]}-{story.uid.hex[:8]}"
        taken.add((story.edition_id, story.day, story.slug))


def slug_of(term):
    """The slug of a Term or Party: its own, or made from its name; never empty."""
    return letters.spelt(term.slug) or letters.slug(term.name)


class Around:
    """What a batch of items points at, found by slug or made: people, tags, sections, series; photos by uid."""

    def __init__(self, items, wanted):
        self.editions = {item.uid: wanted.edition_of(item) for item in items}
        self.people = _found_or_made(Person, "name", [party for item in items for party in item.people])
        self.tags = _found_or_made(Tag, "name", [tag for item in items for tag in item.tags], by_name=True)
        running = [item.series for item in items if item.series]
        self.series = _found_or_made(
            Series, "kicker", running, values=lambda term: {"day_one": getattr(term, "day_one", None)}
        )
        self.sections = {}
        for edition in set(self.editions.values()):
            named = [item.section or NO_SECTION for item in items if self.editions[item.uid] == edition]
            last = edition.sections.aggregate(last=Max("order"))["last"] or 0
            values = {"edition": edition}
            self.sections[edition.pk] = _found_or_made(
                Section,
                "name",
                named,
                rows=edition.sections.all(),
                values=lambda _term, v=values, o=last: {**v, "order": o + 1},
            )
        uids = {picture.uid for item in items for picture in pictures(item)}
        self.photos = {photo.uid: photo for photo in Photo.objects.filter(uid__in=uids)} if uids else {}

    def section(self, item):
        return self.sections[self.editions[item.uid].pk][slug_of(item.section or NO_SECTION)]

    def parts(self, item):
        """[(Person, role)], [Tag], [(Photo, caption)]: the credits, tags and gallery of an item, each once."""
        gallery = {}
        for one in item.gallery:
            if photo := self.photos.get(one.uid):
                gallery.setdefault(photo, _caption(one, photo))
        return (
            list(dict.fromkeys((self.people[slug_of(party)], party.role) for party in item.people)),
            list(dict.fromkeys(self.tags[slug_of(tag)] for tag in item.tags)),
            list(gallery.items()),
        )


def _found_or_made(model, name, terms, rows=None, by_name=False, values=lambda term: {}):
    """{slug_of(term): row} for each of `terms`; a row that is not there yet is made, under its first term's name.

    A slug that was another's leads to it here, too. `by_name`: names are unique, too, so that any spelling of a known
    name under another slug is the same row.
    """
    longest = model._meta.get_field("slug").max_length
    terms = {slug_of(term): term for term in reversed(terms)}
    names = {slug: fitting(model, name, term.name) or slug for slug, term in terms.items()}
    asked = Q(slug__in=[slug[:longest] for slug in terms])
    if by_name:
        asked |= Q(folded__in=names.values())
    rows = model.objects.all() if rows is None else rows
    found = list(rows.filter(asked)) if terms else []
    by_slug = {row.slug: row for row in found}
    named = {row.folded: row for row in found} if by_name else {}
    if unknown := [slug for slug in terms if slug[:longest] not in by_slug]:
        moved = rows.annotate(former_slug=F("former_slugs__slug")).filter(former_slug__in=unknown)
        by_slug |= {row.former_slug: row for row in moved}
    missing, wanted = [], {}
    for slug, term in terms.items():
        row = by_slug.get(slug[:longest]) or named.get(letters.folded(names[slug]))
        if row is None:
            row = model(slug=slug[:longest], **{name: names[slug]}, **values(term))
            missing.append(row)
            by_slug[row.slug] = row
            named |= {row.folded: row} if by_name else {}
        wanted[slug] = row
    model.objects.bulk_create(missing)
    return wanted
