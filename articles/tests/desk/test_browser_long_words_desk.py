"""No word or address, however long, makes a page of the desk wider than its window."""

import mimetypes

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from articles import publishing

from ..long_words import HOUR, PUBLISHED, LongWords, mixed, word
from ..newsroom import assert_fits
from ..uploads import upload

pytestmark = [pytest.mark.browser, pytest.mark.wide]

STORY, PHOTO = "/admin/articles/story/", "/admin/articles/photo/"


class LongWordsAtTheDeskTest(LongWords):
    @pytest.fixture(autouse=True)
    def browser(self, chromium):
        self.chromium = chromium

    def setUp(self):
        super().setUp()
        self.chief = self.somebody("chief")
        draft = self.draft(f"Naskah {word(190)}", kicker=word(80), standfirst=mixed(500), lead_photo=self.photo)
        publishing.record(draft, self.chief, PUBLISHED)
        publishing.submit(draft, self.chief, PUBLISHED + HOUR)
        publishing.return_to_writer(draft, self.chief, PUBLISHED + 2 * HOUR, mixed(600))
        self.client.force_login(self.chief)
        form, revisions = f"{STORY}%d/change/", "/admin/articles/revision/"
        self.answers = {
            address: self.page(address)
            for address in (
                "/admin/",
                STORY,
                f"{STORY}?q=tidakada",
                form % self.whole.pk,
                form % draft.pk,
                f"{STORY}{self.whole.pk}/move/correct/",
                f"{STORY}{draft.pk}/delete/",
                f"{STORY}agenda/",
                f"{revisions}?story__id__exact={draft.pk}",
                f"{revisions}{draft.revisions.first().pk}/change/",
                "/admin/articles/correction/",
                PHOTO,
                f"{PHOTO}{self.photo.pk}/change/",
                "/admin/articles/section/",
                f"/admin/articles/edition/{self.gorontalo.pk}/change/",
            )
        }
        self.client.force_login(self.somebody("photo"))
        sent = self.client.post(f"{PHOTO}upload/", {"files": [upload(f"{word(180)}.jpg"), upload("x.txt")]})
        self.answers[f"{PHOTO}upload/"] = sent.text
        assert word(150) in sent.text
        self.words = self.client.get("/admin/jsi18n/").getvalue()

    def test_every_page_fits_a_phone_and_a_wide_screen(self):
        context = self.chromium.new_context(reduced_motion="reduce")
        context.route("**/*", self.answer)
        page, found = context.new_page(), []
        for asked in self.answers:
            page.goto(f"http://{self.host}{asked}")
            for width in (375, 1280):
                page.set_viewport_size({"width": width, "height": 800})
                try:
                    assert_fits(page)
                except AssertionError as wide:
                    found.append(f"{wide}")
        context.close()
        assert not found, "\n".join(["", *found])

    def answer(self, route):
        asked = route.request.url.removeprefix(f"http://{self.host}")
        path = asked.partition("?")[0]
        if route.request.is_navigation_request():
            return route.fulfill(content_type="text/html; charset=utf-8", body=self.answers[asked])
        if path == "/admin/jsi18n/":
            return route.fulfill(content_type="text/javascript", body=self.words)
        found = finders.find(path.removeprefix("/static/")) if path.startswith("/static/") else None
        picture = settings.ROOT / "static" / "site" / "no-picture.svg"
        return route.fulfill(path=found or picture, content_type=mimetypes.guess_type(path)[0] or "image/svg+xml")
