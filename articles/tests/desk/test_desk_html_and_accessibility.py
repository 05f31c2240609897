"""The desk is sound: usable by everybody, in the light and the dark, on a phone and on a wide screen."""

import datetime
import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from articles import assigning, publishing
from articles.models import Assignee, Assignment, Edition, Membership, SavedView, Story
from articles.models.correction import Kind, Reason

from ..newsroom import NewsroomTestCase, assert_fits, assert_none, axe_faults, make_photo
from ..uploads import UPLOAD, upload
from ..walks import Answer, static, walk
from ..wire_cases import told

pytestmark = [pytest.mark.browser, pytest.mark.wide]

TALL = 8000  # as a whole page, so that the bar that stays in reach lies upon nothing
# On a phone all rules in the light; beside that what another scheme or another width can change. Colours are those of
# a scheme, whatever the width.
VIEWS = [
    (375, "light", ()),
    (1280, "dark", ["color-contrast", "target-size", "empty-table-header"]),
]
STORY, ASSIGNMENT = "/admin/articles/story/", "/admin/articles/assignment/"
FORM = f"{STORY}%d/change/"
# Words of Django and of the desk that stand on its pages in English, and are no Indonesian words.
ENGLISH = re.compile(
    r"\b(Select|Filter by|Run|Choose|Save|Add|Change|Delete|Search|History|Log out|Log in|Today|Now|View|Remove|Close|"
    r"Clear|Show|Hide|Cancel|Yes|None|Unknown|Home|Please|Password|Currently|Submit|Upload|Settings|Withdraw|Publish|"
    r"items?|results?|selected|Successfully|Are you sure|Breadcrumbs|Keys|Previous|Next|Time|Date|Action)\b"
)


# Further pages that Django writes.
MORE = [
    "/admin/login/",
    "/admin/password_change/",
    "/admin/auth/user/",
    "/admin/auth/user/add/",
    "/admin/auth/user/%(admin)s/change/",
    "/admin/auth/group/add/",
    "/admin/articles/person/",
    "/admin/articles/person/%(person)s/history/",
    "/admin/articles/person/%(person)s/delete/",
    "/admin/articles/auditentry/",
    "/admin/articles/readcount/",
    "/admin/articles/series/add/",
    "/admin/not/here/",
    "/admin/articles/section/?x=1",
]


def words_of(page):
    """What people see or hear of a page: its text, and the attributes that hold words."""
    page = re.sub(r"(?s)<(script|style|textarea|svg)\b.*?</\1>|<!--.*?-->", " ", page)
    spoken = re.findall(r'\b(?:aria-label|title|placeholder|alt|content|data-[a-z-]*)="([^"]*)"', page)
    buttons = re.findall(r'<input type="submit"[^>]*value="([^"]*)"', page)
    return " | ".join([re.sub(r"<[^>]+>", " | ", page), *spoken, *buttons])


OF_ACCOUNTS = [
    ("chief", "/admin/settings/"),
    ("chief", "/admin/access/"),
    *(("editor", f"/admin/{page}/") for page in ("factors", "factors/app", "factors/passkey", "sessions", "again")),
]


class SoundDeskTest(NewsroomTestCase):
    """`answers` is what somebody gets at each address: {"who address": answer}."""

    @pytest.fixture(autouse=True)
    def browser(self, chromium):
        self.chromium = chromium

    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.staff = {role: cls.somebody(role) for role in ("reporter", "editor", "photo", "chief")}
        cls.at = timezone.now()
        Edition.objects.create(network=cls.network, name="TribunJogja.com", slug="jogja", host="jogja.localhost")
        pks = [story.pk for story in cls.stories()]
        cls.answers = {}
        cls.open_pages(*pks)
        cls.open_plans(pks[2])
        cls.send_forms(*pks)

    @classmethod
    def open_pages(cls, draft, returned, submitted, scheduled, live):
        membership = Membership.objects.get(user=cls.staff["reporter"]).pk
        for who, address in [
            *((who, "/admin/") for who in ("reporter", "editor", "photo", "chief")),
            ("chief", STORY),
            *OF_ACCOUNTS,
            ("chief", f"{STORY}?columns=words&columns=age&label__exact=news"),
            ("editor", f"{STORY}choose/author/"),
            ("editor", f"{STORY}views/"),
            ("editor", f"{STORY}{draft}/peek/"),
            ("chief", "/admin/preferences/"),
            ("chief", "/admin/search/?q=a"),
            ("reporter", f"{STORY}?q=tidakada"),
            ("reporter", f"{STORY}add/"),
            ("chief", FORM % draft),
            ("reporter", FORM % returned),
            ("editor", FORM % submitted),
            ("chief", FORM % scheduled),
            ("chief", FORM % live),
            ("photo", FORM % live),
            ("reporter", FORM % live),
            ("editor", f"{STORY}{submitted}/move/return/"),
            ("chief", f"{STORY}{live}/move/correct/"),
            ("chief", f"{STORY}{live}/move/withdraw/"),
            ("chief", f"{STORY}agenda/"),
            ("chief", f"{STORY}front/"),
            ("chief", f"{STORY}import/"),
            ("chief", f"{STORY}{draft}/delete/"),
            ("chief", f"/admin/articles/revision/?story__id__exact={returned}"),
            ("chief", f"/admin/articles/revision/{Story.objects.get(pk=returned).revisions.first().pk}/change/"),
            ("chief", "/admin/articles/correction/"),
            ("chief", "/admin/articles/auditentry/?q=chief"),
            ("photo", "/admin/articles/photo/"),
            ("photo", f"/admin/articles/photo/{cls.lilin.pk}/change/"),
            ("photo", UPLOAD),
            ("chief", f"/admin/articles/edition/{cls.gorontalo.pk}/change/"),
            ("chief", "/admin/articles/section/"),
            ("chief", f"/admin/articles/membership/{membership}/change/"),
        ]:
            cls.fetch(who, address)

    @classmethod
    def open_plans(cls, submitted):
        given, idea = cls.given().pk, cls.idea().pk
        for who, address in [
            ("chief", f"{STORY}agenda/?view=day"),
            ("chief", f"{STORY}agenda/?view=week"),
            ("chief", f"{STORY}agenda/{submitted}/story/"),
            ("chief", f"{ASSIGNMENT}?tab=open"),
            ("reporter", f"{ASSIGNMENT}?tab=mine"),
            ("chief", f"{ASSIGNMENT}add/"),
            ("chief", f"{ASSIGNMENT}{given}/change/"),
            ("reporter", f"{ASSIGNMENT}{given}/change/"),
            ("chief", f"{ASSIGNMENT}budget/"),
            ("reporter", f"{ASSIGNMENT}add/"),
            ("reporter", f"{ASSIGNMENT}{idea}/change/"),
            ("chief", f"{ASSIGNMENT}?tab=ideas"),
            ("chief", f"{ASSIGNMENT}{idea}/change/"),
            ("chief", f"{ASSIGNMENT}{idea}/decline/"),
        ]:
            cls.fetch(who, address)

    @classmethod
    def send_forms(cls, draft, returned, submitted, _scheduled, live):
        cls.fetch("editor", f"{STORY}{submitted}/move/return/", {"_ask": "1", "note": ""})
        cls.fetch("editor", FORM % submitted, {"headline": ""})
        old = {
            "version": "1",
            "headline": "Lain",
            "body": "<p>Teks yang lain.</p>",
            "publish_at_0": "",
            "publish_at_1": "",
        }
        cls.fetch("editor", f"{FORM % submitted}?two=versions", old)
        revision = Story.objects.get(pk=returned).revisions.last().pk
        cls.fetch("chief", f"{FORM % returned}?revision={revision}")
        SavedView.objects.create(owner=cls.staff["editor"], listed="story", title="Draf", query="standing=draft")
        cls.fetch("editor", f"{STORY}?standing=draft")
        cls.fetch("editor", STORY, {"action": "set_section", "_selected_action": [draft, live]})
        for order, tag in ((2, "Rus"), (3, "Rusia")):  # offered, then looked at
            filed = {"action": "add_tag", "_selected_action": [draft, live], "_look": "", "tag": tag}
            cls.fetch("editor", f"{STORY}?o={order}", filed)
        cls.fetch("chief", STORY, {"action": "release", "_selected_action": [draft, submitted]})
        revision = Story.objects.get(pk=returned).revisions.first().pk
        cls.fetch("chief", f"/admin/articles/revision/{revision}/bring-back/", {"_look": ""})
        cls.fetch("photo", UPLOAD, {"files": [upload("lilin.jpg"), SimpleUploadedFile("surat.jpg", b"%PDF-1.4")]})
        cls.fetch("chief", f"{STORY}import/", {"edition": "x"})
        sent = SimpleUploadedFile("kiriman.jsonl", "\n".join([json.dumps(told()), "{rusak"]).encode())
        cls.fetch("chief", f"{STORY}import/?sent=1", {"file": sent, "edition": cls.gorontalo.pk, "state": "draft"})

    @classmethod
    def given(cls):
        """An assignment that a reporter has and that is overdue, beside one that nobody has."""
        hour, fields = datetime.timedelta(hours=1), {"section": cls.dunia, "created_at": cls.at, "place": "Limboto"}
        Assignment.objects.create(
            headline="Persiapan festival karawo", due_at=cls.at + hour, wants_photo=True, **fields
        )
        given = Assignment.objects.create(
            headline="Warga setelah banjir", due_at=cls.at - hour, kicker="Banjir", brief="Tanya BPBD.", **fields
        )
        Assignee.objects.create(assignment=given, user=cls.staff["reporter"])
        return given

    @classmethod
    def idea(cls):
        new = Assignment(headline="Air sumur keruh di Limboto", due_at=cls.at, section=cls.dunia, brief="Ada keluhan.")
        return assigning.propose(new, cls.staff["reporter"], cls.at)

    @classmethod
    def stories(cls):
        """One of each kind of standing: with a note, doubts, what is undone, late, blocked and corrected."""
        reporter, chief = cls.staff["reporter"], cls.staff["chief"]
        hour = datetime.timedelta(hours=1)
        draft = cls.draft("Belum ada isinya", credited=False, body="", lead_photo=None)
        returned = cls.draft("Harga cabai naik lagi", tags=[cls.rusia])
        submitted = cls.draft("Dermaga dibuka Senin 3 Maret 2026")
        cls.ending = make_photo(rights_end_at=cls.at + hour)
        scheduled = cls.draft("Karnaval karawo", lead_photo=cls.ending)
        live = cls.draft("Hujan menggenangi tiga kelurahan", expires_at=cls.at + 5 * hour)
        Story.objects.filter(pk=submitted.pk).update(publish_at=cls.at - hour)
        Story.objects.filter(pk=scheduled.pk).update(publish_at=cls.at + 2 * hour)
        for story in (draft, returned, submitted, scheduled, live):
            publishing.record(story, reporter, cls.at)
        publishing.submit(returned, reporter, cls.at)
        publishing.return_to_writer(returned, chief, cls.at, "Siapa sumber angkanya?")
        publishing.submit(submitted, reporter, cls.at)
        publishing.release(scheduled, chief, cls.at, acknowledged=[f"rights:{cls.ending}"])
        publishing.release(live, chief, cls.at - hour)
        publishing.correct(live, chief, cls.at, Kind.CORRECTION, "Tiga, bukan lima.")
        gone = publishing.release(cls.draft("Kabar yang ditarik"), chief, cls.at - hour)
        publishing.withdraw(gone, chief, cls.at, Reason.CHILD)
        return draft, returned, submitted, scheduled, live

    @classmethod
    def fetch(cls, who, address, sent=None):
        client = Client(headers={"host": cls.host})
        client.force_login(cls.staff[who])
        response = client.post(address, sent) if sent else client.get(address)
        assert response.status_code == 200, (who, address, response.status_code)
        name = f"{who}{' mistaken' if sent else ''} {address}"
        cls.answers[name] = Answer(200, dict(response.items()), response.getvalue())
        cls.words = client.get("/admin/jsi18n/").getvalue()

    def test_nothing_is_wrong_on_any_page(self):
        faults = {}
        with walk(self.chromium, self.answers, self.part) as walking:
            for name in self.answers:
                page = walking.open(name, name.split()[-1])
                for width, scheme, rules in VIEWS:
                    page.set_viewport_size({"width": width, "height": TALL})
                    page.emulate_media(color_scheme=scheme)
                    assert_fits(page)
                    for fault in axe_faults(page, rules):
                        faults.setdefault(fault, []).append(f"{name} in the {scheme} at {width} px")
        assert_none(faults)

    def part(self, path):
        words = Answer(200, {"Content-Type": "text/javascript"}, self.words)
        return words if path == "/admin/jsi18n/" else static(path.partition("?")[0])

    def test_no_english_is_left_on_an_indonesian_desk(self):
        admin, found = Client(headers={"host": self.host}), {}
        superuser = self.somebody("admin")
        admin.force_login(superuser)
        pages = {name: answer.body.decode() for name, answer in self.answers.items()}
        for address in MORE:
            pages[address] = admin.get(address % {"person": self.nina.pk, "admin": superuser.pk}).text
        for name, page in pages.items():
            for word in ENGLISH.findall(words_of(page)):
                found.setdefault(word, []).append(name)
        assert_none(found)
