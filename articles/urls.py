"""Every public address."""

from django.urls import path, re_path

from .views import archive, crawlers, embed, feeds, front, lists, masthead, media, searching, sitemaps, story, wire
from .views.api import names, pages, stories

SLUG = "([^/]{1,200})"  # in any spelling: the view redirects to the right one (text/letters.py)
FORMAT = "(?:(atom|json)/)?"  # of a feed; RSS without it

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
    re_path(rf"^feed/{FORMAT}$", feeds.edition, name="feed"),
    re_path(rf"^feed/network/{FORMAT}$", feeds.network, name="feed_network"),
    re_path(rf"^section/{SLUG}/feed/{FORMAT}$", feeds.section, name="feed_section"),
    re_path(rf"^tag/{SLUG}/feed/{FORMAT}$", feeds.tag, name="feed_tag"),
    re_path(rf"^series/{SLUG}/feed/{FORMAT}$", feeds.series, name="feed_series"),
    re_path(rf"^people/{SLUG}/feed/{FORMAT}$", feeds.person, name="feed_person"),
    re_path(rf"^corrections/feed/{FORMAT}$", feeds.corrections, name="feed_corrections"),
    path("api/v1/", pages.explained, name="api"),
    path("api/v1/openapi.json", pages.described, name="api_description"),
    path("api/v1/stories/", stories.stories, name="api_stories"),
    path("api/v1/stories/<uuid:uid>/", stories.story, name="api_story"),
    path("api/v1/search/", stories.found, name="api_search"),
    path("api/v1/sections/", names.sections, name="api_sections"),
    path("api/v1/tags/", names.tags, name="api_tags"),
    path("api/v1/series/", names.series, name="api_series"),
    path("api/v1/people/", names.people, name="api_people"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-news.xml", sitemaps.news, name="sitemap_news"),
    path("sitemap-sections.xml", sitemaps.sections, name="sitemap_sections"),
    path("sitemap-tags.xml", sitemaps.tags, name="sitemap_tags"),
    path("sitemap-people.xml", sitemaps.people, name="sitemap_people"),
    re_path(r"^sitemap-([0-9]{4})-([0-9]{2})\.xml$", sitemaps.month, name="sitemap_month"),
    path("robots.txt", crawlers.robots, name="robots"),
    path(".well-known/tdmrep.json", crawlers.tdmrep, name="tdmrep"),
    path("media/r/<str:name>", media.rendition, name="rendition"),
    path("media/c/<str:name>", media.card, name="card"),
    path("edition/<slug:name>.css", media.edition_colours, name="edition_colours"),
]
