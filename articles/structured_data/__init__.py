"""What a page says to machines: JSON-LD by the types of schema.org, and Open Graph (rules.md A). It is made of the rows
that the page shows, and tells nothing that it does not show. Pure: no query, no template.
"""

from . import open_graph
from .live import live_coverage
from .organization import organization, web_site
from .pages import breadcrumbs, collection, profile
from .stories import of_story
from .text import script

__all__ = [
    "breadcrumbs", "collection", "live_coverage", "of_story", "open_graph", "organization", "profile", "script",
    "web_site",
]  # fmt: skip
