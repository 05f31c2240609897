"""The rows of the list of stories: what is late or missing, the columns one may add, a story at a glance."""

import datetime
import functools
import itertools
from unittest import mock
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import URLResolver, reverse
from django.utils import timezone
from django.utils.html import escape

from articles import publishing
from articles.models import ReadCount, Story

from ...cases import DeskTest

LIST = reverse("admin:articles_story_changelist")
MOST_QUERIES = 15


class ListRowsTest(DeskTest):
    def setUp(self):
        super().setUp()
        self.sign_in("chief")

    def columns(self, *names, **asked):
        return self.client.get(LIST, {"columns": names, **asked})

    def queries(self, **asked):
        """Those of the list and of whose it is; a worker keeps what every page asks before, the edition."""
        with CaptureQueriesContext(connection) as queries:
            self.client.get(LIST, asked)
        return len([*itertools.dropwhile(lambda query: "django_session" not in query["sql"], queries)])

    def test_what_a_draft_still_lacks_stands_in_its_row(self):
        self.draft("Polos", credited=False, lead_photo=None, standfirst="")
        listed = self.client.get(LIST)
        for words in ("tanpa foto", "tanpa penulis", "tanpa ringkasan"):
            self.assertContains(listed, words)

    def test_a_live_story_lacks_nothing_in_its_row(self):
        self.story("Tayang", credited=False, lead_photo=None)
        self.assertNotContains(self.client.get(LIST), "tanpa foto")

    def test_the_whole_headline_is_the_title_of_its_line(self):
        long = "Judul yang sangat panjang " * 6
        self.story(long.strip())
        self.assertContains(self.client.get(LIST), f'title="{long.strip()}"')

    def test_words_reads_and_age_are_columns_that_one_may_add(self):
        story = self.draft("Naskah", body="<p>Satu dua tiga</p><p>empat.</p>")
        hour = timezone.now().replace(minute=0, second=0, microsecond=0)
        ReadCount.objects.create(story=story, hour=hour, reads=1234)
        ReadCount.objects.create(story=story, hour=hour - datetime.timedelta(days=2), reads=9)
        publishing.submit(story, None, timezone.now() - datetime.timedelta(hours=3))
        listed = self.columns("words", "reads", "age")
        self.assertContains(listed, '<td class="field-words_column">4</td>')
        self.assertContains(listed, '<td class="field-reads_column">1.234</td>')
        self.assertContains(listed, "3\xa0jam")
        self.assertNotContains(self.client.get(LIST), "field-words_column")

    def test_the_columns_stay_with_a_filter_and_a_tab(self):
        listed = self.columns("words", standing="draft")
        self.assertContains(listed, 'href="?columns=words"')
        self.assertContains(listed, "?tab=late&amp;columns=words")

    def test_reads_are_told_to_those_who_may_see_them(self):
        self.sign_in("reporter")
        self.assertNotIn("reads", [name for name, *_rest in self.columns("reads").context["cl"].columns])

    def test_a_page_of_the_list_takes_few_queries_however_many_rows_it_has(self):
        self.draft("Pertama")
        few = self.queries(columns=["words", "reads", "age"])
        for number in range(12):
            self.draft(f"Naskah {number}", tags=[self.rusia])
        self.assertEqual(self.queries(columns=["words", "reads", "age"]), few)
        filtered = {"tag": self.rusia.pk, "section__id__exact": self.dunia.pk}
        counts = {"plain": self.queries(), "filtered": self.queries(**filtered)}
        self.assertEqual({name: count for name, count in counts.items() if count > MOST_QUERIES}, {})

    def test_a_glance_tells_what_a_story_is_and_lacks(self):
        story = self.draft("Karnaval karawo", credited=False, tags=[self.rusia])
        glance = self.client.get(self.address("peek", story))
        for words in ("Karnaval karawo", "draf", "tanpa penulis", "Ringkasan berita.", "Paragraf pertama.", "2 kata"):
            self.assertContains(glance, words)
        self.assertEqual(glance["Cache-Control"].count("no-store"), 1)

    def test_another_desks_story_has_none(self):
        jogja = self.edition(name="TribunJogja.com", slug="jogja", host="jogja.localhost")
        hidden = self.draft("Rahasia", edition=jogja)
        self.assertEqual(self.client.get(self.address("peek", hidden)).status_code, 404)

    @pytest.mark.wide
    def test_opening_and_saving_lead_back_to_the_page_and_filters(self):
        story = self.draft("Naskah")
        listed = self.client.get(LIST, {"standing": "draft", "columns": "words", "p": 1})
        address = f"{self.address('change', story)}?_changelist_filters=standing%3Ddraft%26columns%3Dwords%26p%3D1"
        self.assertContains(listed, address.replace("&", "&amp;"))
        saved = self.client.post(address, {**self.form(story), "_save": "1"})
        self.assertRedirects(saved, f"{LIST}?standing=draft&columns=words&p=1", fetch_redirect_response=False)
        self.assertEqual(Story.objects.count(), 1)

    def test_djangos_script_of_the_actions_is_not_loaded_under_any_address(self):
        """It looks for a button that the lists do not have; where files are served, its address has a hash."""
        with mock.patch("django.forms.widgets.static", lambda path: f"/static/{path.replace('.js', '.0a1b2c.js')}"):
            page = self.client.get(LIST).text
        self.assertIn("/core.0a1b2c.js", page)
        self.assertNotIn("/actions.", page)

    def test_the_box_of_a_row_says_which_row_it_chooses(self):
        story = self.draft("Pasar & pelabuhan")
        box = f'<input type="checkbox" name="_selected_action" value="{story.pk}" class="action-select"'
        self.assertContains(self.client.get(LIST), f'{box} aria-label="Pilih “Pasar &amp; pelabuhan”">')

    def test_a_row_leads_to_its_form_and_back_to_the_list_with_its_filters(self):
        story = self.draft()
        back = urlencode({"_changelist_filters": "standing=draft&o=2"})
        address = f"{reverse('admin:articles_story_change', args=[story.pk])}?{back}"
        self.assertContains(self.client.get(LIST, {"standing": "draft", "o": "2"}), f'href="{escape(address)}"')

    def test_addresses_of_rows_are_not_looked_for_among_all_addresses_one_by_one(self):
        self.draft("Pertama")
        asked = []
        reverses, resolves = (note(asked, getattr(URLResolver, name)) for name in ("_reverse_with_prefix", "resolve"))
        with mock.patch.multiple(URLResolver, _reverse_with_prefix=reverses, resolve=resolves):
            self.client.get(LIST, {"standing": "draft"})
            asked.clear()
            self.client.get(LIST, {"standing": "draft"})
            of_one = len(asked)
            for number in range(20):
                self.draft(f"Naskah {number}")
            asked.clear()
            self.client.get(LIST, {"standing": "draft"})
        self.assertEqual(len(asked), of_one)


def note(asked, function):
    @functools.wraps(function)
    def noted(*args, **kwargs):
        asked.append(args[1:])
        return function(*args, **kwargs)

    return noted
