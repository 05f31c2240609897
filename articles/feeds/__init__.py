"""Lists of stories as RSS 2.0, Atom and JSON Feed 1.1 (rules.md F). `entries` makes what each of them tells, once; the
writers are pure.
"""

from . import atom, json_feed, rss
from .entries import Entry, Feed, Withdrawn, of_correction, of_stories

# {part of the address: (media type, writer)}
FORMATS = {
    "": ("application/rss+xml", rss.write),
    "atom": ("application/atom+xml", atom.write),
    "json": ("application/feed+json", json_feed.write),
}

__all__ = ["FORMATS", "Entry", "Feed", "Withdrawn", "of_correction", "of_stories"]
