"""Live coverage: a running story that the desk follows as it happens, and says so on its page (rules.md A10)."""

from .organization import the_paper
from .text import time, told


def live_coverage(series, edition, canonical, stories):
    """[the coverage] with those of the page's stories that lie within it; [] if none does."""
    updates = [story for story in stories if series.covers(story.live_from)]
    if not updates:
        return []
    start, end = series.coverage_starts_at, series.coverage_ends_at
    coverage = told(
        type="LiveBlogPosting",
        url=canonical,
        headline=series.kicker,
        description=series.introduction,
        inLanguage=edition.language,
        author=the_paper(edition),
        publisher=the_paper(edition),
        coverageStartTime=time(start, edition),
        coverageEndTime=end and time(end, edition),
        datePublished=time(start, edition),
        dateModified=time(max(story.live_from for story in updates), edition),
        liveBlogUpdate=[_update(story, edition) for story in updates],
    )
    return [coverage]


def _update(story, edition):
    """A story as the timeline shows it."""
    return told(
        type="BlogPosting",
        url=edition.absolute(story.get_absolute_url()),
        headline=story.headline,
        articleBody=story.standfirst,
        datePublished=time(story.live_from, edition),
        author=the_paper(edition),
    )
