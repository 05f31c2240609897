"""What a story lacks, in the groups in which an editor thinks: each is done, or has its reasons."""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from .hands import overruled

WORDS, TEXT, PLACE, PEOPLE, PHOTOS, CARE = range(6)
LABELS = {
    WORDS: _("Headline and standfirst"),
    TEXT: _("Text"),
    PLACE: _("Section and times"),
    PEOPLE: _("Author and editor"),
    PHOTOS: _("Every photo has caption, credit and alternative text"),
    CARE: _("Duties of care"),
}
GROUPS = {
    "headline": WORDS, "short_headline": WORDS, "kicker": WORDS, "standfirst": WORDS,
    "body": TEXT,
    "edition": PLACE, "section": PLACE, "series": PLACE, "place": PLACE, "slug": PLACE,
    "publish_at": PLACE, "embargo_until": PLACE, "expires_at": PLACE, "goes_out_at": PLACE,
    "credits": PEOPLE,
    "lead_photo": PHOTOS, "lead_caption": PHOTOS, "gallery": PHOTOS,
}  # fmt: skip


class Check(NamedTuple):
    label: str
    reasons: list

    @property
    def is_done(self):
        return not self.reasons


def checklist(blockers):
    """[Check]: every group in its order, with those of the blockers that are about its fields."""
    grouped = {group: [] for group in LABELS}
    for reason in blockers:
        grouped[GROUPS.get(getattr(reason, "field", ""), CARE)].append(reason)
    return [Check(LABELS[group], reasons) for group, reasons in grouped.items()]


def settled(story, doubts, acknowledged=()):
    """The keys of those doubts that somebody overruled: now, or when the story was approved with the same doubt."""
    before = overruled(story) if doubts and story.pk else []
    return {doubt.key for doubt in doubts if doubt.key in acknowledged or doubt.message in before}
