"""A film or post elsewhere is a card in the story; of a provider that the edition allows, a page of ours plays it."""

import json

import pytest
from django.urls import reverse

from articles.models import Edition
from articles.text import body, embeds

from ..newsroom import NewsroomTestCase, make_photo
from ..posting import form_of

FILM, POST = "https://www.youtube.com/watch?v=aqz-KE-bpKQ&t=3", "https://kompas.com/video/a?b=1"
PLAYER = "https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ"


def embed(address, title="Detik-detik banjir", photo=None):
    named = f' data-photo="{photo.uid}"' if photo else ""
    escaped = address.replace("&", "&amp;")
    return f'<figure{named} data-embed="{escaped}"><figcaption>{title}</figcaption></figure>'


@pytest.mark.parametrize(
    ("address", "provider", "player"),
    [
        (FILM, "YouTube", PLAYER),
        ("https://youtu.be/aqz-KE-bpKQ?si=x", "YouTube", PLAYER),
        ("https://m.youtube.com/shorts/aqz-KE-bpKQ", "YouTube", PLAYER),
        ("https://vimeo.com/76979871", "Vimeo", "https://player.vimeo.com/video/76979871"),
        (
            "https://www.tiktok.com/@dinkes/video/7000000000000000001",
            "TikTok",
            "https://www.tiktok.com/embed/v2/7000000000000000001",
        ),
        ("https://www.instagram.com/reel/Cx_1-a/?igsh=x", "Instagram", "https://www.instagram.com/p/Cx_1-a/embed/"),
        (
            "https://twitter.com/bmkg/status/1700000000000000001",
            "X",
            "https://platform.twitter.com/embed/Tweet.html?dnt=true&id=1700000000000000001",
        ),
        ("https://open.spotify.com/episode/4rOoJ6", "Spotify", "https://open.spotify.com/embed/episode/4rOoJ6"),
        ("https://www.youtube.com/@kanal", "YouTube", None),
        ("https://www.facebook.com/a/posts/1", "Facebook", None),
        (POST, "kompas.com", None),
        ("https://youtube.com.jahat.id/watch?v=aqz", "youtube.com.jahat.id", None),
        ("https://jahat.id/youtube.com/watch?v=aqz", "jahat.id", None),
        ('https://youtu.be/a"onload=x', "YouTube", None),
        ("https://www.youtube.com/watch?v=../../jahat", "YouTube", None),
    ],
)
def test_a_provider_is_told_by_its_host_and_its_player_by_the_id_alone(address, provider, player):
    frame = embeds.frame(address)
    assert embeds.provider(address)[1] == provider
    assert (frame and frame.address) == player


@pytest.mark.parametrize(
    "address",
    [
        "http://a.id/x", "javascript:alert(1)", "data:text/html,x", "/dalam/", "a b", "https://youtube.com@jahat.id/",
        "ftp://a.id", "https://", "", f"https://a.id/{'x' * 600}",
    ],
)  # fmt: skip
def test_an_address_that_is_not_https_makes_no_embed_and_keeps_its_words(address):
    assert body.clean(embed(address, "Judul")) == "<p>Judul</p>"


class EmbedTest(NewsroomTestCase):
    def allow(self, providers):
        Edition.objects.filter(pk=self.gorontalo.pk).update(embed_providers=providers)

    def test_its_card_leads_to_the_provider_with_title_and_picture_from_the_editor(self):
        photo = make_photo()
        page = self.page(self.story("Banjir", body=embed(POST, photo=photo)).get_absolute_url())
        self.assertIn(f'<a href="{POST}" rel="noreferrer"><span class="embed-name">kompas.com</span> Detik-detik', page)
        self.assertIn(f"media/r/{photo.hash}", page)
        self.assertNotIn("<iframe", page)

    def test_where_the_edition_allows_the_provider_it_leads_to_a_page_that_holds_the_player(self):
        story = self.story("Banjir", body=f"<p>a</p>{embed(POST)}{embed(FILM)}")
        address = f"{story.get_absolute_url()}embed/2/"
        self.assertNotIn(address, self.page(story.get_absolute_url()))
        self.assertEqual(self.client.get(address).status_code, 404)
        self.allow("youtube")
        answer = self.client.get(story.get_absolute_url())
        self.assertContains(answer, f'href="{address}"')
        self.assertNotIn("frame-src", answer.headers["Content-Security-Policy"])
        held = self.client.get(address)
        self.assertContains(held, f'src="{PLAYER}"')
        self.assertContains(held, 'sandbox="allow-scripts allow-same-origin allow-presentation"')
        self.assertContains(held, 'referrerpolicy="no-referrer"')
        policy = dict(part.split(" ", 1) for part in held.headers["Content-Security-Policy"].split("; "))
        self.assertEqual(policy["frame-src"], "https://www.youtube-nocookie.com")
        self.assertEqual(self.client.get(f"{story.get_absolute_url()}embed/1/").status_code, 404)
        self.assertEqual(self.client.get(f"{story.get_absolute_url()}embed/3/").status_code, 404)

    def test_a_story_that_nobody_may_read_has_no_such_page(self):
        self.allow("youtube")
        draft = self.draft(body=embed(FILM), day=self.story().day)
        self.assertEqual(self.client.get(f"{draft.get_absolute_url()}embed/1/").status_code, 404)

    def test_an_edition_keeps_only_providers_that_can_be_held(self):
        self.allow("vimeo jahat  youtube facebook")
        self.assertEqual(Edition.objects.get(pk=self.gorontalo.pk).embed_providers, "youtube vimeo")

    def test_the_desk_ticks_the_providers_of_an_edition(self):
        self.client.force_login(self.somebody("chief"))
        address = reverse("admin:articles_edition_change", args=[self.gorontalo.pk])
        _address, fields = form_of(self.client.get(address))
        self.client.post(address, {**fields, "embed_providers": ["vimeo", "youtube"]})
        self.assertEqual(Edition.objects.get(pk=self.gorontalo.pk).embed_providers, "youtube vimeo")

    def test_ninjs_carries_the_link_and_reads_it_back(self):
        story = self.story("Banjir", body=f"<p>a</p>{embed(FILM)}")
        item = json.loads(self.page(f"{story.get_absolute_url()}ninjs.json"))
        written = item["bodies"][0]["value"]
        self.assertIn(f'<a href="{FILM.replace("&", "&amp;")}">Detik-detik banjir</a>', written)
        self.assertEqual(body.clean(written), story.body)
