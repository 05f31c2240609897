"""An edition answers at a host as browsers ask for it, and leads readers on by https alone."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from articles.models import Edition, FollowLink

from ..newsroom import NewsroomTestCase


class HostTest(NewsroomTestCase):
    def test_it_is_kept_as_browsers_ask_for_it(self):
        for number, (written, kept) in enumerate(
            [("Berita.Example", "berita.example"), ("kopi.example.", "kopi.example"), (" a.example ", "a.example"),
             ("müller.example", "xn--mller-kva.example"), ("XN--mller-kva.example2", "xn--mller-kva.example2"),
             ("faß.example", "xn--fa-hia.example"), ("ΣΑΣ。example", "xn--mxa9ab.example"),
             ("σας.example", "xn--mxa8ab.example")]
        ):  # fmt: skip
            with self.subTest(written):
                edition = self.edition(name="Lain", slug=f"lain-{number}", host=written)
                self.assertEqual(edition.host, kept)
                self.assertEqual(Edition.objects.get(host=written), edition)

    def test_an_edition_with_capitals_in_its_host_is_reached(self):
        self.edition(name="Berita Lain", slug="lain", host="Lain.LOCALHOST")
        self.assertContains(self.client.get("/", headers={"host": "lain.localhost"}), "Berita Lain")

    def test_scheme_port_and_path_are_refused_with_a_sentence(self):
        for bad in (
            "https://a.example",
            "a.example:8000",
            "a.example/",
            "a b.example",
            "-a.example",
            "a..b",
            "[::1]",
            "a_b",
        ):
            with self.subTest(bad), self.assertRaisesMessage(ValidationError, "Tulis hostnya saja"):
                Edition._meta.get_field("host").clean(bad, None)

    def test_the_desk_says_so(self):
        self.client.force_login(self.somebody("admin"))
        page = self.client.post(f"/admin/articles/edition/{self.gorontalo.pk}/change/", {"host": "http://a.example:80"})
        self.assertContains(page, "Tulis hostnya saja, tanpa https://, porta, dan jalur: gorontalo.example.com")

    def test_the_database_refuses_what_is_none(self):
        for bad in ("A.example", "https://a.example", "a.example:8000", "", "a/b", "mü.example"):
            with self.subTest(bad), self.assertRaises(IntegrityError), transaction.atomic():
                connection.cursor().execute("UPDATE articles_edition SET host = %s", [bad])

    def test_two_spellings_of_a_host_are_one(self):
        with self.assertRaises(IntegrityError), transaction.atomic():
            self.edition(name="Lain", slug="lain", host="GORONTALO.localhost")


class FollowLinkTest(NewsroomTestCase):
    def test_only_https_is_taken_by_the_field(self):
        field = FollowLink._meta.get_field("url")
        self.assertEqual(field.clean("HTTPS://wa.example/A", None), "https://wa.example/A")
        for bad in ("http://wa.example", "ftp://wa.example", "javascript:alert(1)", "//wa.example", "wa.example"):
            with self.subTest(bad), self.assertRaisesMessage(ValidationError, "https://"):
                field.clean(bad, None)

    def test_and_by_the_database(self):
        link = FollowLink.objects.get()
        for bad in ("http://wa.example", "javascript:alert(1)", "", "https:/a"):
            with self.subTest(bad), self.assertRaises(IntegrityError), transaction.atomic():
                FollowLink.objects.filter(pk=link.pk).update(url=bad)
        for bad in ("HTTPS://wa.example", " https://wa.example"):
            with self.subTest(bad), self.assertRaises(IntegrityError), transaction.atomic():
                connection.cursor().execute("UPDATE articles_followlink SET url = %s", [bad])

    def test_the_desk_adds_the_scheme(self):
        self.assertEqual(FollowLink._meta.get_field("url").formfield().clean("wa.example/a"), "https://wa.example/a")
