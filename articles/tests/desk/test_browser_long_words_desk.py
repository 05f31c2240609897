"""No word or address, however long, makes a page of the desk wider than its window."""

import pytest

from articles import publishing
from articles.models import Assignment

from ..long_words import HOUR, PUBLISHED, LongWords, mixed, word
from ..newsroom import assert_fits
from ..uploads import upload
from ..walks import Answer, html, static, walk

pytestmark = [pytest.mark.browser, pytest.mark.wide]

STORY, PHOTO = "/admin/articles/story/", "/admin/articles/photo/"
ASSIGNMENT = "/admin/articles/assignment/"


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
                *self.planned(draft.section),
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

    def planned(self, section):
        """Addresses of an assignment whose words are long, and of the days on which it stands."""
        given = Assignment.objects.create(
            section=section, headline=f"Tugas {word(190)}", place=word(80), kicker=word(80), brief=mixed(500),
            due_at=PUBLISHED, created_at=PUBLISHED,
        )  # fmt: skip
        day = f"day={PUBLISHED.date()}"
        yield from (f"{STORY}agenda/?view=day&{day}", f"{STORY}agenda/?view=week&{day}", f"{ASSIGNMENT}budget/?{day}")
        yield from (ASSIGNMENT, f"{ASSIGNMENT}{given.pk}/change/")

    def test_every_page_fits_a_phone_and_a_wide_screen(self):
        found, pages = [], {asked: html(text) for asked, text in self.answers.items()}
        with walk(self.chromium, pages, self.part) as walking:
            for asked in pages:
                page = walking.open(asked, asked)
                for width in (375, 1280):
                    page.set_viewport_size({"width": width, "height": 800})
                    try:
                        assert_fits(page)
                    except AssertionError as wide:
                        found.append(f"{wide}")
        assert not found, "\n".join(["", *found])

    def part(self, path):
        words = Answer(200, {"Content-Type": "text/javascript"}, self.words)
        return words if path == "/admin/jsi18n/" else static(path.partition("?")[0])
