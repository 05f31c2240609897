"""Every public address."""

from django.urls import path, re_path

from .tracking import cacheable
from .views import archive, embed, front, lists, masthead, media, searching, sitemaps, story, wire
from .views.feeds import LatestFeed

SLUG = "([^/]{1,200})"  # in any spelling: the view redirects to the right one (text/letters.py)

urlpatterns = [
    path("", front.front, name="front"),
    re_path(rf"^([0-9]{{4}})/([0-9]{{2}})/([0-9]{{2}})/{SLUG}/$", story.story, name="story"),
    re_path(rf"^([0-9]{{4}})/([0-9]{{2}})/([0-9]{{2}})/{SLUG}/ninjs\.json$", wire.story, name="ninjs"),
    re_path(rf"^([0-9]{{4}})/([0-9]{{2}})/([0-9]{{2}})/{SLUG}/embed/([0-9]{{1,3}})/$", embed.embed, name="embed"),
    re_path(rf"^section/{SLUG}/$", lists.section, name="section"),
    re_path(rf"^tag/{SLUG}/$", lists.tag, name="tag"),
    re_path(rf"^series/{SLUG}/$", lists.series, name="series"),
    re_path(rf"^people/{SLUG}/$", lists.person, name="person"),
    path("latest/", lists.latest, name="latest"),
    path("popular/", lists.popular, name="popular"),
    re_path(r"^archive/([0-9]{4})/([0-9]{2})/$", archive.month, name="archive_month"),
    re_path(r"^archive/([0-9]{4})/([0-9]{2})/([0-9]{2})/$", archive.day, name="archive_day"),
    path("search/", searching.found, name="search"),
    path("masthead/", masthead.masthead, name="masthead"),
    path("corrections/", masthead.corrections, name="corrections"),
    re_path(rf"^policy/{SLUG}/$", masthead.policy, name="policy"),
    path("feed/", cacheable()(LatestFeed()), name="feed"),
    path("sitemap.xml", cacheable()(sitemaps.index), name="sitemap"),
    re_path(r"^sitemap-([0-9]{4})-([0-9]{2})\.xml$", sitemaps.month, name="sitemap_month"),
    path("robots.txt", cacheable()(sitemaps.robots), name="robots"),
    path("media/r/<str:name>", media.rendition, name="rendition"),
    path("media/c/<str:name>", media.card, name="card"),
    path("edition/<slug:name>.css", media.edition_colours, name="edition_colours"),
]
