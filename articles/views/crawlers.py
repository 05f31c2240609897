"""What crawlers ask for first: robots.txt, and who may mine texts and pictures."""

import json

from django.http import HttpResponse
from django.urls import reverse

from articles.structured_data import crawlers
from articles.tracking import cacheable


@cacheable()
def robots(request):
    lines = [
        *crawlers.robots(request.edition),
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /search/?",  # what was found; the page to ask is one like others
        f"Sitemap: {request.edition.absolute('/sitemap.xml')}",
        f"Sitemap: {request.edition.absolute(reverse('sitemap_news'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@cacheable()
def tdmrep(request):
    return HttpResponse(json.dumps(crawlers.tdmrep(request.edition)), content_type="application/json")
