from django.http import HttpResponsePermanentRedirect
from django.utils import timezone

from articles import structured_data, tracking
from articles.listings.front_page import front_page
from articles.tracking import cacheable

from .errors import came_from
from .showing import shown


@cacheable("p", "view")
def front(request):
    if "p" in request.GET:  # as WordPress calls a story: /?p=603
        if story := came_from(request):
            return HttpResponsePermanentRedirect(story.get_absolute_url())
        tracking.no_store()  # anybody can ask for any number, and a story with this number may be imported later
    edition, now = request.edition, timezone.now()
    page = front_page(edition, now)
    home, first = edition.absolute("/"), [story for story in (page.lead, *page.seconds) if story]
    context = {
        "canonical": home,
        "structured": [structured_data.organization(edition, now), structured_data.web_site(edition)],
        "shared": structured_data.open_graph.of_page(edition, home, edition.name, stories=first, at=now),
        **page._asdict(),
        "bands": page.bands,
    }
    return shown(request, "front", context)
