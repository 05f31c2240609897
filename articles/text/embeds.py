"""Posts and films of other houses, told by their address. Pure: nothing is fetched.

An embed in a body is an https address (`address`). A provider is named by the host. Of some providers a page of ours
can hold the player: `frame` makes its address from the id alone, so that nothing else of what was typed gets there.
"""

import re
import urllib.parse
from typing import NamedTuple

from . import links

LONGEST = 600  # characters of an address
_PLAIN = re.compile(r"https://[^@/?#]+(?:[/?#]|\Z)")
_ID = r"([A-Za-z0-9_-]{1,64})"


class Provider(NamedTuple):
    """`hosts` are its own, without "www." and "m."; `held`: pairs of what host, path and query look like, and the
    address of the player for the id found there. `shape` of the player: "wide", "tall" or "low"."""

    name: str
    hosts: tuple[str, ...]
    held: tuple[tuple[str, str], ...] = ()
    shape: str = "wide"


PROVIDERS = {
    "youtube": Provider(
        "YouTube",
        ("youtube.com", "youtu.be", "youtube-nocookie.com"),
        tuple(
            (pattern, "https://www.youtube-nocookie.com/embed/{}")
            for pattern in (
                rf"youtu\.be/{_ID}",
                rf"youtube(?:-nocookie)?\.com/(?:embed|shorts|live)/{_ID}",
                rf"youtube\.com/watch\?(?:[^#]*&)?v={_ID}",
            )
        ),
    ),
    "vimeo": Provider("Vimeo", ("vimeo.com",), ((r"vimeo\.com/([0-9]{4,12})", "https://player.vimeo.com/video/{}"),)),
    "tiktok": Provider(
        "TikTok",
        ("tiktok.com", "vt.tiktok.com"),
        ((r"tiktok\.com/@[^/?#]{1,64}/video/([0-9]{8,22})", "https://www.tiktok.com/embed/v2/{}"),),
        shape="tall",
    ),
    "instagram": Provider(
        "Instagram",
        ("instagram.com",),
        ((rf"instagram\.com/(?:[^/?#]{{1,64}}/)?(?:p|reel)/{_ID}", "https://www.instagram.com/p/{}/embed/"),),
        shape="tall",
    ),
    "x": Provider(
        "X",
        ("x.com", "twitter.com"),
        (
            (
                r"(?:x|twitter)\.com/[^/?#]{1,64}/status/([0-9]{4,22})",
                "https://platform.twitter.com/embed/Tweet.html?dnt=true&id={}",
            ),
        ),
        shape="tall",
    ),
    "spotify": Provider(
        "Spotify",
        ("open.spotify.com",),
        tuple(
            (rf"open\.spotify\.com/(?:intl-[a-z]+/)?{kind}/{_ID}", f"https://open.spotify.com/embed/{kind}/{{}}")
            for kind in ("episode", "show", "track")
        ),
        shape="low",
    ),
    "facebook": Provider("Facebook", ("facebook.com", "fb.watch", "fb.com")),
    "threads": Provider("Threads", ("threads.net", "threads.com")),
    "whatsapp": Provider("WhatsApp", ("whatsapp.com", "wa.me")),
    "telegram": Provider("Telegram", ("t.me",)),
    "soundcloud": Provider("SoundCloud", ("soundcloud.com",)),
    "google_maps": Provider("Google Maps", ("maps.google.com", "maps.app.goo.gl", "google.com/maps")),
}
HELD = {slug: one.name for slug, one in PROVIDERS.items() if one.held}  # those whose player a page of ours can hold


class Frame(NamedTuple):
    provider: str  # its slug
    name: str
    address: str
    origin: str  # the only source that the page's Content-Security-Policy allows in a frame
    shape: str


def address(written):
    """The https address of an embed as it is stored; "" for any other, and for one that names an account ("a@b.id")."""
    link = links.address(written) if len(written) <= LONGEST else ""
    is_plain = _PLAIN.match(link) and len(link) <= LONGEST
    return link if is_plain else ""


def provider(link):
    """(slug, name) of the provider; ("", host) of any other house."""
    place = _place(link)
    for slug, one in PROVIDERS.items():
        if any(re.match(rf"{re.escape(host)}(?:[/?#:]|\Z)", place) for host in one.hosts):
            return slug, one.name
    return "", re.split("[/?#]", place)[0]


def frame(link):
    """The Frame that shows what is at the address; None if no page of ours can hold it."""
    slug, name = provider(link)
    place = _place(link)
    for pattern, player in PROVIDERS[slug].held if slug else ():
        if found := re.match(rf"{pattern}(?:[/?#&]|\Z)", place):
            made = player.format(found[1])
            origin = "https://" + urllib.parse.urlsplit(made).netloc
            return Frame(slug, name, made, origin, PROVIDERS[slug].shape)
    return None


def named(written):
    """The slugs of providers in a text, those that can be held, each once and in order, with spaces between them."""
    wanted = set(re.findall(r"[a-z_]+", written))
    return " ".join(slug for slug in HELD if slug in wanted)


def _place(link):
    """Host, path and query without what differs between the addresses of one post."""
    host, _slash, rest = link.removeprefix("https://").partition("/")
    return re.sub(r"^(?:www|m|mobile)\.", "", host.lower()) + _slash + rest
