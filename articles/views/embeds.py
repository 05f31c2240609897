"""Posts and films elsewhere: the card in a story, and what a page of ours needs to hold the player."""

from typing import NamedTuple

from django.urls import reverse

from articles.text import body, embeds


class Card(NamedTuple):
    """`name`: of the provider. `address`: where the card leads, to a page of ours if `is_held`."""

    name: str
    address: str
    is_held: bool


def cards(story, *, is_public=True):
    """{address of an embed: its Card}. A story that readers do not have, has no pages that hold its players."""
    made = {}
    for number, link in enumerate(body.embeds(story.body), 1):
        is_held = is_public and frame_for(story.edition, link) is not None
        address = page(story, number) if is_held else link
        made[link] = Card(embeds.provider(link)[1], address, is_held)
    return made


def link(address):
    """The card of an embed in a text without pages of its own, such as a policy; None without an address."""
    return Card(embeds.provider(address)[1], address, False) if address else None


def page(story, number):
    """The address of the page that holds the player of the story's embed with that number, from 1."""
    return reverse("embed", args=[*story.day.isoformat().split("-"), story.slug, number])


def frame_for(edition, link):
    """The player, if the edition allows its provider."""
    frame = embeds.frame(link)
    return frame if frame and frame.provider in edition.embed_providers.split() else None
