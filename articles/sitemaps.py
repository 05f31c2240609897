"""What search engines are told: every live story of an edition, and where not to look (rules.md N7)."""

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap
from django.http import HttpResponse
from django.utils import timezone

from .models import Story


class StorySitemap(Sitemap):
    limit = 50_000  # what one file may hold; `?p=2` is the next

    def __init__(self, edition):
        self.edition = edition
        self.protocol, self.domain = edition.absolute("").split("://")

    def items(self):
        stories = Story.objects.live(timezone.now()).filter(edition=self.edition).newest()
        return stories.only("day", "slug", "updated_at", "first_published_at")

    def lastmod(self, story):
        return story.updated_at or story.first_published_at

    def get_domain(self, site=None):
        return self.domain


def stories(request):
    return sitemap(request, {"stories": StorySitemap(request.edition)})


def robots(request):
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /search/",
        f"Sitemap: {request.edition.absolute('/sitemap.xml')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
