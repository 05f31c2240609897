"""A story's page: the article and the way to it (rules.md A1–A7)."""

from articles.models.correction import Kind
from articles.models.label import Label
from articles.models.person import Role

from . import pictures
from .organization import organization, the_paper
from .pages import breadcrumbs, person
from .text import time, told

TYPES = {Label.OPINION: "OpinionNewsArticle", Label.ADVERTORIAL: "AdvertiserContentArticle"}
PROPERTIES = {Role.EDITOR: "editor", Role.CONTRIBUTOR: "contributor", Role.TRANSLATOR: "translator"}
MENDED = (Kind.ERRATUM, Kind.CORRECTION)  # a reply is none of ours


def of_story(story, canonical, at):
    """[the article, its breadcrumbs] of a live story."""
    return [_article(story, canonical, at), breadcrumbs(story.edition, story.section, (story.headline, canonical))]


def _article(story, canonical, at):
    edition, byline = story.edition, dict(story.byline)
    photo = story.lead_photo
    return told(
        type=TYPES.get(story.label, "NewsArticle"),
        mainEntityOfPage=canonical,
        url=canonical,
        headline=story.headline,
        description=story.description,
        image=(photo and photo.is_usable(at) and pictures.of_story(photo, edition)) or None,
        datePublished=time(story.live_from, edition),
        dateModified=time(story.shown_updated_at or story.live_from, edition),
        author=[person(one, edition) for one in byline.get(Role.AUTHOR, [])] or [the_paper(edition)],
        **{name: [person(one, edition) for one in byline.get(role, [])] for role, name in PROPERTIES.items()},
        publisher=organization(edition, at),
        inLanguage=edition.language,
        genre=story.get_label_display() if story.shown_label else None,
        sponsor=told(type="Organization", name=story.shown_sponsor) if story.shown_sponsor else None,
        articleSection=story.section.name,
        keywords=[link.tag.name for link in story.tag_links.all()],
        locationCreated=story.place and told(type="Place", name=story.place),
        isAccessibleForFree=True,
        isPartOf=story.series and _series(story.series, edition),
        correction=[_correction(one, edition, canonical) for one in story.shown_corrections if one.kind in MENDED],
    )


def _series(series, edition):
    return told(type="CreativeWorkSeries", name=series.kicker, url=edition.absolute(series.get_absolute_url()))


def _correction(correction, edition, canonical):
    return told(
        type="CorrectionComment",
        text=correction.text,
        datePublished=time(correction.at, edition),
        url=f"{canonical}#correction-{correction.uid}",
    )
