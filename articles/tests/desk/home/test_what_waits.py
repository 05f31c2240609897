"""“Waiting for you” has what this person may move on, the most pressing first, and nothing else."""

from articles import publishing
from articles.models import Section, Story

from .homes import DAY, HOUR, MINUTE, HomeTest


class WhatWaitsTest(HomeTest):
    def test_late_then_blocked_then_submitted_the_oldest_first_then_returned(self):
        self.submitted("Diserahkan tadi", 10 * MINUTE)
        self.submitted("Diserahkan lama", 3 * HOUR)
        self.returned("Dikembalikan", "Siapa sumbernya?", by=self.editor)
        self.due(self.begun("Terhalang", standfirst=""), self.now + HOUR)
        self.due(self.begun("Terlambat"), self.now - HOUR)
        block = self.home(self.editor)["waiting"]
        order = ["Terlambat", "Terhalang", "Diserahkan lama", "Diserahkan tadi", "Dikembalikan"]
        self.assertEqual(self.headlines(block), order)
        self.assertEqual(block.note, "5 · oldest 3 hours")

    def test_each_row_says_who_how_long_and_what_it_lacks(self):
        self.submitted("Harga cabai", 12 * MINUTE, standfirst="", body="<p>Satu dua tiga.</p>")
        [row] = self.home(self.editor)["waiting"].content
        self.assertEqual((row.facts, row.age), (["Internasional", "Nina Yuniar", "3 words"], "12 minutes ago"))
        self.assertEqual(row.lacks, ["Write a standfirst."])
        self.assertContains(self.answer, row.picture)

    def test_a_returned_story_waits_for_its_writer_alone_with_the_whole_reason(self):
        reason = "Sebut nomor perda.\n" + "Siapa yang mengusulkan, dan kapan dibahas? " * 20
        story = self.returned("Perda pangan", reason.strip())
        [row] = self.home(self.reporter)["own"].content
        self.assertEqual((row.story, row.note), (story, reason.strip()))
        self.assertContains(self.answer, "Siapa yang mengusulkan, dan kapan dibahas?", 20)
        self.assertNotIn("Perda pangan", self.headlines(self.home(self.editor)["waiting"]))

    def test_the_last_reason_stands_there_after_a_second_return(self):
        story = self.returned("Perda pangan", "Yang pertama", 2 * HOUR)
        story = publishing.submit(story, None, self.now - HOUR)
        publishing.return_to_writer(story, self.editor, self.now, "Yang kedua")
        self.assertEqual([row.note for row in self.home(self.reporter)["own"].content], ["Yang kedua"])

    def test_nothing_of_another_section_or_edition_waits(self):
        jogja = self.edition(name="TribunJogja.com", slug="jogja", host="jogja.localhost", company="x", address="x")
        kota = Section.objects.create(edition=jogja, name="Kota", slug="kota")
        olahraga = Section.objects.create(edition=self.gorontalo, name="Olahraga", slug="olahraga")
        self.submitted("Dari Jogja", edition=jogja, section=kota)
        self.due(self.begun("Terlambat di Jogja", edition=jogja, section=kota), self.now - HOUR)
        self.submitted("Dari olahraga", section=olahraga)
        self.submitted("Dari dunia")
        of_section = self.somebody("editor", name="dunia", section=self.dunia)
        self.assertEqual(self.headlines(self.home(of_section)["waiting"]), ["Dari dunia"])
        self.assertNotContains(self.answer, "Jogja")
        self.assertNotContains(self.answer, "Dari olahraga")
        self.assertEqual(len(self.home(self.editor)["waiting"].content), 2)
        self.assertNotContains(self.answer, "Jogja")
        self.assertEqual(len(self.home(self.somebody("admin"))["waiting"].content), 4)

    def test_what_is_blocked_on_another_day_does_not_wait_yet(self):
        self.due(self.begun("Pekan depan", standfirst=""), self.now + 7 * DAY)
        self.due(self.begun("Malam ini, siap"), self.now + HOUR)
        self.assertEqual(self.home(self.editor)["waiting"].content, [])
        self.assertContains(self.answer, "Nothing waits for you.")

    def test_more_than_a_hundred_are_not_counted(self):
        rows = [Story(**self.columns(number)) for number in range(105)]
        Story.objects.bulk_create(rows)
        block = self.home(self.editor)["waiting"]
        self.assertEqual(len(block.content), 10)
        self.assertTrue(block.note.startswith("more than 100 · oldest"))

    def columns(self, number):
        return {
            "headline": f"Naskah {number}", "slug": f"naskah-{number}", "edition": self.gorontalo,
            "section": self.dunia, "state": "submitted", "changed_at": self.now - number * MINUTE,
        }  # fmt: skip
