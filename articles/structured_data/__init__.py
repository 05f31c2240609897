"""What a page says to machines in JSON-LD, by the types of schema.org (rules.md A): made of the rows that the page
shows, and nothing that it does not show. Pure: no query, no template.
"""

from .organization import organization, web_site
from .pages import collection, profile
from .stories import of_story
from .text import script

__all__ = ["collection", "of_story", "organization", "profile", "script", "web_site"]
