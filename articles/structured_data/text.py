"""JSON-LD as text within HTML."""

import json

from django.utils import timezone

# Characters that could end the element or that JavaScript takes for the end of a line.
_ESCAPES = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}


def script(data):
    """The text of `<script type="application/ld+json">` for this value."""
    told = {"@context": "https://schema.org", **data}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)


def told(**values):
    """The values that there are, by name; `type` and `id` are @type and @id."""
    names = {"type": "@type", "id": "@id"}
    return {names.get(name, name): value for name, value in values.items() if value not in (None, "", [], {})}


def time(at, edition):
    """To the second, in the zone of the edition, as the page shows it (rules.md A4)."""
    return timezone.localtime(at, edition.zone).isoformat(timespec="seconds")
