"""Checks before readers may have a story: blockers and doubts.

`blockers` stop a transition. A person may overrule a doubt, which is logged. Both read the story as it is stored.
"""

import datetime
import re
from urllib.parse import unquote

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles import permissions
from articles.field_uses import Use
from articles.models import Photo, Story
from articles.models.fields import BodyField
from articles.models.label import Label
from articles.models.person import Role
from articles.models.story import State
from articles.text import body, facts, letters

from . import standing_in
from .parts import parts_as_read, parts_of
from .protected import revealing
from .reasons import Reason

# Methods of suicide, which a headline on suicide must not name (rules.md D10), by the language of editions.
METHODS = {
    "id": "gantung menggantung tergantung racun meracuni melompat loncat terjun menembak menyayat mengiris overdosis",
    "en": "hanged hanging poison poisoned jumped overdose shot",
}
_METHODS = {word for words in METHODS.values() for word in words.split()}


A_WEEK = datetime.timedelta(days=7)  # the desk warns so long before the rights to a photo end (rules.md I6)
A_FEW = 2  # photos beside the lead photo, without which a text is no photo story
TIME_FORMAT = "j F Y, H.i"


def blockers(story, by=None):
    """Sentences that tell the desk what must be done first; none if the story is ready. `by`: as in `blockers_of`."""
    return blockers_of([story], by=by)[story.pk]


def blockers_as_read(story, parts=None, by=None):
    """The same of a story whose rows were just read with it (`for_record`), or of one as it is typed, with `parts`."""
    return list(_blockers(story, _with_stand_in(story, parts or parts_as_read(story), by)))


def blockers_of(stories, parts_by_story=None, by=None):
    """{id: blockers} of many stories, with as many queries as for one; each has its edition, section, series and lead
    photo joined. `parts_by_story`: what `parts_of` these stories gave, if it is known. `by`: who would approve them,
    and so would stand in as the editor of those that have none."""
    parts_by_story = parts_by_story or parts_of(stories)
    return {story.pk: list(_blockers(story, _with_stand_in(story, parts_by_story[story.pk], by))) for story in stories}


def _with_stand_in(story, parts, by):
    credit = standing_in.editor(story, parts.credits, by)
    return parts._replace(credits=[*parts.credits, credit]) if credit else parts


def _blockers(story, parts):
    yield from _unwritten(story)
    yield from _uncredited(parts)
    yield from _pictures(story, parts)
    yield from _masthead(story)
    yield from _duties(story, parts)


def is_headline_alone(story, has_gallery):
    """Whether the story's page would show only its headline; even an import refuses such a story.

    The story need not be stored yet. `has_gallery`: whether it has photos besides the lead photo.
    """
    has_words = not (letters.is_blank(story.standfirst) and letters.is_blank(story.body))
    return not (has_words or story.lead_photo_id or has_gallery)


def begins(story, at):
    """The time from which readers have the story if it is released at `at`."""
    return max(filter(None, [at, story.publish_at, story.embargo_until]))


def doubts(story, at, photos=None):
    """Doubts about the facts, the photos and the links if the story is released at `at`: [facts.Doubt].

    `photos`: those of a story that is not stored as it is typed.
    """
    start = begins(story, at)
    day = story.day or story.edition.day(start)
    results = facts.doubts(words(story, Use.FACTS), day=day, day_one=story.series.day_one if story.series else None)
    if not story.lead_photo_id:
        results.append(facts.Doubt("photo", "", _("The story has no lead photo.")))
    ending = ending_rights(story, start) if photos is None else _ending(story, photos, start)
    return [*results, *gone(story, start, photos), *ending]


def gone(story, at, photos=None):
    """Photos and stories that the text refers to but readers will not find: deleted or withdrawn. `photos`: those of
    the text that are in the library, if they have been read."""
    named = body.references(body.clean(story.body))
    existing = {str(photo.uid) for photo in photos} if photos is not None else _photos_there(named.photos)
    for uid in named.photos:
        if uid not in existing:
            yield facts.Doubt("photo_gone", uid, _("The text holds a photo that is not in the library any more."))
    if not named.stories:
        return
    stories = {str(row.uid): row for row in Story.objects.filter(uid__in=named.stories).only("uid", "state")}
    withdrawn = {str(row.uid): row for row in Story.objects.withdrawn(at).filter(uid__in=named.stories)}
    for uid in named.stories:
        if uid not in stories:
            yield facts.Doubt(
                "story_gone", uid, _("“Read also” leads to a story that is not in the newsroom any more.")
            )
        elif stories[uid].state == State.WITHDRAWN:
            params = {"story": withdrawn[uid].headline if uid in withdrawn else "…"}
            yield facts.Doubt(
                "story_withdrawn", uid, _("“Read also” leads to “%(story)s”, which is withdrawn.") % params
            )


def _photos_there(uids):
    return {str(uid) for uid in Photo.objects.filter(uid__in=uids).values_list("uid", flat=True)} if uids else set()


def ending_rights(story, at):
    """The story's photos whose rights end before or within a week after `at` (rules.md I6): [facts.Doubt]."""
    yield from _ending(story, Photo.objects.shown_in(story).filter(rights_end_at__lte=at + A_WEEK), at)


def in_the_way_of(stories):
    """{id: sentences} of released stories before their time: blockers and ending rights, in as many queries as one."""
    parts_by_story = parts_of(stories)
    found = {}
    for story in stories:
        parts = parts_by_story[story.pk]
        photos = {story.lead_photo, *(use.photo for use in parts.gallery), *parts.in_text} - {None}
        doubts = _ending(story, photos, story.live_from)
        found[story.pk] = [*_blockers(story, parts), *(doubt.message for doubt in doubts)]
    return found


def _ending(story, photos, at):
    ending = [photo for photo in photos if photo.rights_end_at and photo.rights_end_at <= at + A_WEEK]
    for photo in sorted(ending, key=lambda photo: (photo.rights_end_at, photo.pk)):
        end = timezone.localtime(photo.rights_end_at, story.edition.zone)
        params = {"photo": photo, "day": date_format(end, TIME_FORMAT)}
        before = _("The rights to the photo “%(photo)s” end before: %(day)s.")
        soon = _("The rights to the photo “%(photo)s” end soon after: %(day)s.")
        yield facts.Doubt("rights", str(photo), (before if photo.rights_end_at <= at else soon) % params)


def stray_section(story):
    """A sentence if the story has a section of another edition, else None."""
    if story.section_id and story.section.edition_id != story.edition_id:
        return _("Choose a section of the story's own edition.")
    return None


def misplaced(story, before, by):
    """Why `story`, as it is stored now, may not stand at its new desk; None if it may. `before`: its old row, or None.

    A draft may go to any desk at which the user writes. For an approved, released or withdrawn story the user needs
    that same right at the new desk: otherwise they would release where they may not release.
    """
    stays = before and (before.edition_id, before.section_id) == (story.edition_id, story.section_id)
    done = {State.APPROVED: "approve", State.RELEASED: "release", State.WITHDRAWN: "withdraw"}.get(story.state)
    if stays or not done or permissions.may(by, done, story):
        return None
    params = {"state": State(story.state).label}
    return _("You may not have a story %(state)s at that desk: leave it in its edition and section.") % params


def words(row, use=Use.SCREENED):
    """{field: text without markup} of the row's free texts that have this use."""
    return {field.name: _without_markup(field, row) for field in type(row).field_uses.texts(use)}


def _without_markup(field, row):
    value = getattr(row, field.name) or ""  # not converted: a text marked as clean is not cleaned again
    return body.text(body.clean(value)) if isinstance(field, BodyField) else str(value)


def _unwritten(story):
    texts = words(story, Use.FACTS)
    if letters.is_blank(story.headline):
        yield Reason(_("Write a headline."), "headline")
    if letters.is_blank(story.standfirst):
        yield Reason(_("Write a standfirst."), "standfirst")
    if letters.is_blank(texts["body"]):
        yield Reason(_("Write the body."), "body")
    if not story.section_id:
        yield Reason(_("Choose a section."), "section")
    elif stray := stray_section(story):
        yield Reason(stray, "section")
    if left := facts.leftovers(texts):
        named = [name for name, text in texts.items() if facts.leftovers({name: text})]
        sentence = _("Finish what is marked as unfinished: %(marks)s.") % {"marks": ", ".join(left)}
        yield Reason(sentence, next(iter(named), "body"))


def _uncredited(parts):
    credits_by_role = {role: set() for role in Role.values}
    for credit in parts.credits:
        credits_by_role[credit.role].add(credit.person_id)
    authors, editors = credits_by_role[Role.AUTHOR], credits_by_role[Role.EDITOR]
    if not authors:
        yield Reason(_("Credit at least one author."), "credits")
    if not editors:
        yield Reason(_("Credit at least one editor."), "credits")
    elif len(authors) == 1 and authors == editors:  # rules.md C5
        yield Reason(_("The only author cannot be the only editor: somebody else edits the story."), "credits")


def _pictures(story, parts):
    """Every photo needs a credit, a caption and, unless it is decorative, an alternative text (rules.md I5)."""
    lead = story.lead_photo
    if lead and lacking(lead, story.shown_lead_caption):
        yield Reason(_("Give the lead photo an alternative text, a caption and a credit."), "lead_photo")
    if story.label == Label.PHOTO_STORY and len(parts.gallery) < A_FEW:
        yield Reason(_("A photo story needs a gallery of two photos or more."), "gallery")
    written = {block.uid: block.caption for block in body.blocks(body.clean(story.body)) if block.kind == "figure"}
    in_text = [(photo, written[str(photo.uid)]) for photo in parts.in_text if str(photo.uid) in written]
    in_gallery = [(use.photo, use.caption) for use in parts.gallery]
    for photo, caption in dict([*in_gallery, *in_text]).items():
        if photo != lead and lacking(photo, caption or photo.caption):
            sentence = _("Give the photo “%(photo)s” an alternative text, a caption and a credit.")
            yield Reason(sentence % {"photo": photo}, "body" if str(photo.uid) in written else "gallery")


def lacking(photo, caption):
    """The first field that a photo with this caption still needs before readers may see it; "" if none."""
    needs = [("alt", photo.alt or photo.is_decorative), ("caption", caption), ("agency", photo.credit)]
    return next((field for field, value in needs if not value), "")


def _masthead(story):
    """The masthead's name, address and person responsible must be public first (rules.md D1)."""
    edition = story.edition
    if not (edition.company.strip() and edition.address.strip() and edition.responsible_id):
        yield _("Complete the masthead of %(edition)s: legal name, address and person responsible.") % {
            "edition": edition
        }


def _duties(story, parts):
    if story.label == Label.UNVERIFIED and not (
        story.in_public_interest and story.source_is_credible and story.subject_not_reached and story.readers_are_told
    ):
        yield Reason(_("An unverified story needs all four of its conditions."), "in_public_interest")
    if story.label == Label.ADVERTORIAL and not story.sponsor.strip():
        yield Reason(_("Say who paid for the advertorial: readers are told first."), "sponsor")
    if story.sponsor.strip() and story.label != Label.ADVERTORIAL:
        yield Reason(_("What somebody paid for is an advertorial: give it that label, or take out who paid."), "label")
    if story.is_made_with_ai and not story.ai_note.strip():
        yield Reason(_("Tell readers what was made with artificial intelligence, and who checked it."), "ai_note")
    if story.involves_child and not story.child_is_unnamed:
        yield Reason(_("Confirm that nothing in the story tells who the child is."), "child_is_unnamed")
    if story.protected:
        yield from revealing(story, *_all_words(story, parts))
    headlines = f"{story.headline} {story.short_headline}".lower()
    if story.is_about_suicide and (methods := _METHODS & set(re.findall(r"\w+", headlines))):
        sentence = _("A headline about suicide does not tell how: take out %(words)s.")
        yield Reason(sentence % {"words": ", ".join(sorted(methods))}, "headline")


def _all_words(story, parts):
    """All words of the story, its links, its photos, its tags and its series."""
    lead = [story.lead_photo] if story.lead_photo else []
    pictures = [*parts.in_text, *lead, *(use.photo for use in parts.gallery)]
    series = [story.series] if story.series else []
    addresses = [unquote(address) for address in re.findall(r'href="([^"]*)"', body.clean(story.body))]
    rows = [story, *pictures, *parts.gallery, *parts.tags, *series]
    return [*addresses, *(text for row in rows for text in words(row).values())]
