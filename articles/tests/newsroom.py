"""The cast of the tests: one small newsroom in Gorontalo, whose stories the tests tell."""

import datetime
import functools
import io
import json
import time

from django.apps import apps
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection
from django.test import Client, TestCase
from PIL import Image

from articles import photos
from articles.models import (
    Credit,
    Edition,
    FollowLink,
    Membership,
    Network,
    Owner,
    Person,
    Photo,
    Section,
    Series,
    Story,
    Tag,
    TaggedStory,
)
from articles.models.desk.session import SessionStore
from articles.models.person import Role
from articles.models.story import State

WITA = datetime.timezone(datetime.timedelta(hours=8))
PUBLISHED = datetime.datetime(2023, 10, 19, 21, 5, tzinfo=WITA)
LATER = datetime.datetime(2099, 1, 1, tzinfo=WITA)  # not yet, whenever the tests run
READING = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)  # when readers open the fixture's newsroom
BACKEND = "articles.permissions.MembershipBackend"
PASSWORD = "meja-redaksi-1"
AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "reporter": "no-passes",  # a third faster
    "preload": False,  # it would fetch the styles that a sheet imports from beside the page
}
SEED_PATH = "/2023/10/19/update-perang-rusia-vs-ukraina-hari-ke-603/"


def make_photo(**changes):
    """A real, small JPEG in the storage, and its row."""
    fields = {
        "title": "Lilin di alun-alun",
        "caption": "Warga menyalakan lilin.",
        "alt": "Deretan lilin menyala",
        "agency": "AFP",
        "photographer": "BAY ISMOYO",
        **changes,
    }
    colour = fields.pop("colour", "#556677")
    photo = Photo(**fields)
    vars(photo).update(_described(colour))
    photo.file.save("lilin.jpg", ContentFile(_jpeg(colour)), save=False)
    photo.save()
    return photo


@functools.cache
def _described(colour):
    """The attributes that `describe` sets for the picture of that colour, which is looked at once."""
    photo = Photo()
    before = dict(vars(photo))
    photos.describe(photo, io.BytesIO(_jpeg(colour)))
    return {name: value for name, value in vars(photo).items() if name not in before or before[name] != value}


@functools.cache
def _jpeg(colour):
    picture = io.BytesIO()
    Image.new("RGB", (1600, 1000), colour).save(picture, "JPEG")
    return picture.getvalue()


@functools.cache
def _loaded():
    """[(model, rows)] of the fixture's newsroom, which `loaddata` brings."""
    call_command("loaddata", "newsroom", verbosity=0)
    names = {row["model"] for row in json.loads((settings.ROOT / "fixtures" / "newsroom.json").read_text())}
    models = [model for model in apps.get_models() if model._meta.label_lower in names]
    return [(model, list(model._base_manager.all())) for model in models]


def load_newsroom():
    """The newsroom of the fixture: for the first test of a process by `loaddata`, then the same rows at once."""
    known = _loaded.cache_info().currsize
    rows = _loaded()
    if not known:
        return
    for model, of_model in rows:
        model._base_manager.bulk_create(of_model)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [model for model, _rows in rows]):
            cursor.execute(statement)


def assert_fits(page):
    """A page in a browser is no wider than its window."""
    page.wait_for_load_state()
    width, room = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    if width > room:
        reaches = f"element => Math.abs(element.getBoundingClientRect().right - {width}) < 1"
        widest = page.evaluate(f"[...document.querySelectorAll('body *')].findLast({reaches})?.outerHTML")
        raise AssertionError(f"{page.url} scrolls sideways: {width} pixels in a window of {room}, by {widest:.200}")


def axe_faults(page, rules=()):
    """What axe finds on a page in a browser that was started with it (AXE_FILE_PATH); only those `rules`, if any."""
    manners = AXE | {"runOnly": list(rules)} if rules else AXE
    for rule in page.evaluate(f"axe.run({json.dumps(manners)})")["violations"]:
        for node in rule["nodes"]:
            why = "; ".join(check["message"] for check in node["any"] + node["all"] + node["none"])
            yield f"{rule['id']}: {why or rule['help']}\n  {node['html']}"


def assert_none(found):
    """`found`: {fault: [where it stands]}."""
    told = [f"{fault}\n  {places[0]}, and {len(places) - 1} others" for fault, places in found.items()]
    assert not told, "\n".join(["", *told])


def sign_in(desk, name):
    """At the desk's page of signing in; see `somebody`. Then the page asked for has loaded: keys reach its modules."""
    desk.fill("#id_username", name)
    desk.fill("#id_password", PASSWORD)
    with desk.expect_navigation():
        desk.click("[type=submit]")


def open_story(desk, headline):
    """From the list of stories. Then the form is there: buttons of the same name stand over the list, too."""
    desk.get_by_role("link", name=headline).click()
    desk.wait_for_url("**/change/**")
    desk.locator("#id_headline").wait_for()


def pick(desk, field, name):
    """Choose a row in an autocomplete field of the admin."""
    desk.click(f"#id_{field} + .select2 .select2-selection")
    desk.locator(".select2-search__field").last.fill(name)
    desk.locator(".select2-results__option", has_text=name).click()
    desk.locator(f"#id_{field} + .select2", has_text=name).wait_for()


def add_chip(desk, rows, name):
    """Type a name of `rows`, which are "tag_links" or "credits", and take it by Enter."""
    field = desk.locator(f"#{rows}-group .combo-input")
    field.fill(name)
    field.press("Enter")
    desk.locator(f"#{rows}-group .chip-item", has_text=name).wait_for()


def choose_lead_photo(desk, title):
    """From the library."""
    desk.locator("#lead-photo button").first.click()
    dialog = desk.locator("dialog.photo-library")
    dialog.locator(".photo-cell", has_text=title).locator("input").check()
    dialog.locator("button[value=use]").click()
    desk.locator("#lead-photo .lead-photo-picture").wait_for()


def signed_in(user, backend=BACKEND):
    """The key of the session of somebody who signed in, and no more: what else that does is test_sign_in.py's."""
    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = backend
    password = {"method": "password", "at": time.time(), "reauthenticated": True}
    session["account_authentication_methods"] = [password]
    session["account_authentication_methods_user"] = str(user.pk)
    session.create()
    return session.session_key


class DeskClient(Client):
    def force_login(self, user, backend=None):
        self.cookies[settings.SESSION_COOKIE_NAME] = signed_in(user, backend or BACKEND)


class NewsroomTestCase(TestCase):
    client_class = DeskClient
    host = "gorontalo.localhost"

    @classmethod
    def setUpTestData(cls):
        owner = Owner.objects.create(name="KG Media", slug="kg-media")
        cls.network = Network.objects.create(owner=owner, name="TRIBUNnews.com Network", slug="tribunnews")
        cls.nina = Person.objects.create(name="Nina Yuniar", slug="nina-yuniar", title="Reporter")
        cls.ananda = Person.objects.create(name="Ananda Putri Octaviani", slug="ananda-putri-octaviani")
        cls.gorontalo = cls.edition(
            name="TribunGorontalo.com",
            slug="gorontalo",
            host=cls.host,
            is_default=True,
            responsible=cls.ananda,
            company="PT Gorontalo Media",
            address="Jalan Contoh 1",
        )
        FollowLink.objects.create(edition=cls.gorontalo, channel="WhatsApp", url="https://wa.example/gorontalo")
        cls.dunia = Section.objects.create(edition=cls.gorontalo, name="Internasional", slug="internasional")
        cls.perang = Series.objects.create(
            kicker="Perang Rusia Ukraina",
            slug="perang-rusia-ukraina",
            day_one=datetime.date(2022, 2, 24),
            so_far_at=PUBLISHED,
        )
        cls.lilin = make_photo()
        cls.rusia = Tag.objects.create(name="Rusia", slug="rusia")

    def setUp(self):
        self.client.defaults["HTTP_HOST"] = self.host

    @classmethod
    def add_other_desks(cls):
        """A second section, and a second edition with a section: walls stand between them."""
        cls.olahraga = Section.objects.create(edition=cls.gorontalo, name="Olahraga", slug="olahraga")
        cls.jogja = cls.edition(
            name="TribunJogja.com", slug="jogja", host="jogja.localhost", company="PT Jogja", address="Jalan Contoh 2",
            responsible=cls.ananda,
        )  # fmt: skip
        cls.kota = Section.objects.create(edition=cls.jogja, name="Kota", slug="kota")

    @classmethod
    def edition(cls, **fields):
        return Edition.objects.create(network=cls.network, **fields)

    @classmethod
    def story(cls, headline="Perdamaian dirundingkan lagi", credited=True, tags=(), **changes):
        """A story of Gorontalo, released at PUBLISHED unless `changes` say otherwise, by Nina and Ananda."""
        fields = {
            "edition": cls.gorontalo,
            "section": cls.dunia,
            "slug": headline.lower().replace(" ", "-"),
            "standfirst": "Ringkasan berita.",
            "body": "<p>Paragraf pertama.</p>",
            "state": State.RELEASED,
            "publish_at": PUBLISHED,
            **changes,
        }
        live_from = max(fields["publish_at"] or PUBLISHED, fields.get("embargo_until") or PUBLISHED)
        if fields["state"] == State.RELEASED:
            fields.setdefault("day", fields["edition"].day(live_from))
            fields.setdefault("first_published_at", live_from)
        story = Story.objects.create(headline=headline, **fields)
        if credited:
            Credit.objects.create(story=story, person=cls.nina, role=Role.AUTHOR)
            Credit.objects.create(story=story, person=cls.ananda, role=Role.EDITOR, order=1)
        for tag in tags:
            TaggedStory.objects.create(content_object=story, tag=tag)
        return story

    @classmethod
    def draft(cls, headline="Naskah yang belum selesai", **changes):
        """With all that a release needs."""
        fields = {"lead_photo": cls.lilin, **changes}
        return cls.story(headline, state=State.DRAFT, publish_at=None, **fields)

    @classmethod
    def somebody(cls, role="editor", name="", edition=None, section=None):
        """An account with that role at Gorontalo's desk, or at another; "admin" may do everything."""
        user = get_user_model().objects.create_user(
            name or role, password=PASSWORD, is_staff=True, is_superuser=role == "admin"
        )
        if role != "admin":
            Membership.objects.create(user=user, role=role, edition=edition or cls.gorontalo, section=section)
        return user

    def page(self, address, status=200):
        """The text of a page as a reader gets it; fails on another status."""
        response = self.client.get(address)
        self.assertEqual(response.status_code, status, address)
        return response.text
