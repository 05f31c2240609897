"""A list that somebody keeps under a name, alone or for a desk. It shows nobody more than they may see."""

from urllib.parse import parse_qs

from django.urls import reverse

from articles.models import SavedView, Section

from ...newsroom import NewsroomTestCase

LIST, VIEWS = reverse("admin:articles_story_changelist"), reverse("admin:articles_story_views")


class SavedViewsTest(NewsroomTestCase):
    def setUp(self):
        super().setUp()
        self.editor = self.somebody("editor")
        self.client.force_login(self.editor)

    def keep(self, title="Draf Rusia", query="standing=draft&q=rusia", desk=""):
        return self.client.post(
            f"{VIEWS}?_changelist_filters={query.replace('&', '%26')}", {"title": title, "desk": desk}
        )

    def tabs(self, user=None):
        if user:
            self.client.force_login(user)
        return {str(tab.title): tab for tab in self.client.get(LIST).context["cl"].tabs}

    def change(self, view, **posted):
        fields = {f"{view.uid}-{name}": value for name, value in posted.items() if not name.startswith("_")}
        buttons = {name: value for name, value in posted.items() if name.startswith("_")}
        return self.client.post(VIEWS, {"view": str(view.uid), **fields, **buttons})

    def test_it_becomes_a_tab_that_is_marked_when_it_is_open(self):
        kept = self.keep()
        self.assertRedirects(kept, f"{LIST}?q=rusia&standing=draft")
        self.assertEqual(self.tabs()["Draf Rusia"].address, "?q=rusia&standing=draft")
        listed = self.client.get(LIST, {"standing": "draft", "q": "rusia"}).context["cl"].tabs
        self.assertEqual([str(tab.title) for tab in listed if tab.is_current], ["Draf Rusia"])

    def test_only_what_the_list_may_be_asked_is_kept(self):
        self.keep(query="standing=draft&p=4&verified_in__headline=x&columns=words&edition__id__exact=abc")
        self.assertEqual(parse_qs(SavedView.objects.get().query), {"standing": ["draft"], "columns": ["words"]})

    def test_it_is_renamed_shared_and_deleted_by_its_owner_alone(self):
        self.keep()
        view = SavedView.objects.get()
        self.change(view, title="Semua draf", desk=str(self.gorontalo.pk))
        view.refresh_from_db()
        self.assertEqual((view.title, view.edition), ("Semua draf", self.gorontalo))
        self.client.force_login(self.somebody("chief"))
        self.assertEqual(self.change(view, _delete="1").status_code, 404)
        self.client.force_login(self.editor)
        self.change(view, _delete="1")
        self.assertFalse(SavedView.objects.exists())

    def test_what_no_browser_sends_is_answered(self):
        self.assertEqual(self.client.post(VIEWS, {"view": "none"}).status_code, 404)
        many = "&".join(f"x{number}=1" for number in range(200))
        self.assertEqual(self.client.get(VIEWS, {"_changelist_filters": many}).status_code, 200)

    def test_a_second_of_the_same_name_is_refused(self):
        self.keep()
        self.assertContains(self.keep(query="tab=late"), "sudah punya tampilan dengan nama ini")
        self.assertContains(self.keep(title=""), "errorlist")

    def test_a_shared_one_stands_only_at_its_desk(self):
        olahraga = Section.objects.create(edition=self.gorontalo, name="Olahraga", slug="olahraga")
        self.keep("Untuk semua", desk=str(self.gorontalo.pk))
        self.keep("Untuk Olahraga", "tab=late", desk=f"{self.gorontalo.pk}/{olahraga.pk}")
        self.keep("Untuk saya", "tab=mine")
        jogja = self.edition(name="TribunJogja.com", slug="jogja", host="jogja.localhost")
        seen = {
            "whole edition": self.tabs(self.somebody("reporter", name="whole")),
            "its section": self.tabs(self.somebody("editor", name="its", section=olahraga)),
            "another section": self.tabs(self.somebody("editor", name="other", section=self.dunia)),
            "another edition": self.tabs(self.somebody("chief", name="far", edition=jogja)),
        }
        shared = {who: {title for title in tabs if title.startswith("Untuk")} for who, tabs in seen.items()}
        self.assertEqual(
            shared,
            {
                "whole edition": {"Untuk semua", "Untuk Olahraga"},
                "its section": {"Untuk semua", "Untuk Olahraga"},
                "another section": {"Untuk semua"},
                "another edition": set(),
            },
        )

    def test_it_cannot_be_shared_with_a_desk_where_one_does_not_work(self):
        jogja = self.edition(name="TribunJogja.com", slug="jogja", host="jogja.localhost")
        self.assertContains(self.keep(desk=str(jogja.pk)), "errorlist")
        self.assertNotContains(self.client.get(VIEWS), "TribunJogja")

    def test_it_shows_nobody_more_than_they_may_see(self):
        self.draft("Naskah redaksi", credited=False)
        self.keep("Draf", "standing=draft", desk=str(self.gorontalo.pk))
        tab = self.tabs(self.somebody("reporter"))["Draf"]
        self.assertNotContains(self.client.get(LIST + tab.address), "Naskah redaksi")
