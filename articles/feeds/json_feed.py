"""JSON Feed 1.1. Pure."""

import json

from articles.text import letters


def write(feed):
    name, address = feed.edition
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.description,
        "home_page_url": feed.address,
        "feed_url": feed.pages["self"],
        "next_url": feed.pages.get("next"),
        "icon": feed.icon,
        "language": feed.language,
        "authors": [{"name": name, "url": address}],
        "items": [_item(entry) for entry in feed.entries],
        "_withdrawn": [{"id": one.id, "date": one.at.isoformat()} for one in feed.withdrawn],
    }
    return json.dumps(letters.sound_within(_filled(told, "items")), ensure_ascii=False)


def _item(entry):
    picture = entry.picture
    told = {
        "id": entry.id,
        "url": entry.address,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": entry.html,
        "image": picture and picture.address,
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "authors": [{"name": name, "url": address} for name, address in entry.authors],
        "tags": list(entry.tags),
        "language": entry.language,
        "attachments": picture
        and [{"url": picture.address, "mime_type": picture.kind, "size_in_bytes": picture.length}],
    }
    return _filled(told)


def _filled(values, *kept):
    """Without what is empty; the names of `kept` stay."""
    return {name: value for name, value in values.items() if value or name in kept}
