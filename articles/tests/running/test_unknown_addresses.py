import pytest

from ..newsroom import NewsroomTestCase


class UnknownAddressTest(NewsroomTestCase):
    def test_what_is_no_page_is_404_in_the_editions_language(self):
        self.story(slug="ada")
        day = "/2023/10/19/"
        for address in (
            "/tidak/ada/", f"{day}lain/", "/2023/10/20/ada/", "/2023/02/30/ada/", "/0000/00/00/ada/",
            "/9999/99/99/ada/", "/٢٠٢٣/١٠/١٩/ada/", "/archive/٢٠٢٣/١٠/", "/popular/?page=99",
                       f"{day}{'a' * 5000}/", f"{day}a%00b/", "/%00/", "/section/lain/", "/tag/lain/", "/series/lain/",
            "/people/lain/", f"/tag/{'b' * 5000}/", "/media/r/../../settings.py", "/media/r/" + "c" * 32 + ".jpg",
        ):  # fmt: skip
            with self.subTest(address=address[:60]):
                page = self.page(address, status=404)
                self.assertIn("Halaman tidak ditemukan", page)
                self.assertNotIn("Traceback", page)

    @pytest.mark.wide
    def test_pages_that_do_not_exist(self):
        story = self.story(slug="dua-halaman", body="<p>a</p><hr><p>b</p>")
        for asked in ("0", "3", "99", "abc", "-1", "1.0", "01", "²", "%00", "", "9" * 50, "All"):
            for address in (story.get_absolute_url(), "/latest/", "/section/internasional/"):
                with self.subTest(asked=asked, address=address):
                    self.page(f"{address}?page={asked}", status=404)

    def test_unknown_parameters_change_nothing(self):
        story = self.story()
        self.assertEqual(self.page(f"{story.get_absolute_url()}?utm=x"), self.page(story.get_absolute_url()))

    def test_what_is_not_live_has_no_page(self):
        for state in ("draft", "submitted", "returned", "approved", "withdrawn"):
            story = self.story(f"Masih {state}", state=state, day="2023-10-19")
            self.page(f"/2023/10/19/{story.slug}/", status=404)

    def test_a_story_of_a_sister_edition_is_not_here(self):
        jogja = self.edition(name="TribunJogja.com", slug="jogja", host="jogja.localhost", time_zone="Asia/Jakarta")
        story = self.story(edition=jogja)
        self.page(story.get_absolute_url(), status=404)
        self.client.defaults["HTTP_HOST"] = "jogja.localhost"
        self.page(story.get_absolute_url())

    def test_an_unknown_host_is_refused(self):
        for host in ("lain.localhost", "evil.example", "gorontalo.localhost.evil.example"):
            self.client.defaults["HTTP_HOST"] = host
            self.page("/", status=400)

    def test_the_plain_address_is_the_default_edition(self):
        self.client.defaults["HTTP_HOST"] = "localhost:8000"
        self.assertIn("TribunGorontalo.com", self.page("/"))
