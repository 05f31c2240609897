"""The page that holds the player of a film or post elsewhere: the only one with a frame, and of that provider alone."""

from django.conf import settings
from django.http import Http404
from django.utils import timezone
from django.views.decorators.csp import csp_override

from articles.text import body

from . import embeds, story
from .moving import moved
from .showing import shown


def embed(request, year, month, day, slug, number):
    """If no live story is there, the answer is that of the story's own address. A provider that the edition does not
    allow has no page. Rendered at each request."""
    now = timezone.now()
    found, date = story.find(request, year, month, day, slug, now)
    if found is None:
        return story.elsewhere(request, date, slug, now)
    links = body.embeds(found.body)
    link = links[int(number) - 1] if 0 < int(number) <= len(links) else ""
    frame = embeds.frame_for(request.edition, link)
    if frame is None:
        raise Http404
    if request.path != (address := embeds.page(found, int(number))):
        return moved(request, address)
    title = next(block.caption for block in body.blocks(found.body) if block.embed == link)
    context = {"story": found, "frame": frame, "title": title or frame.name, "link": link}
    allow_frame = csp_override({**settings.SECURE_CSP, "frame-src": [frame.origin]})
    return allow_frame(shown)(request, "embed", context)
