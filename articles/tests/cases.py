"""What tests of several files share: the desk, deliveries, and the page of imports, on the cast of newsroom.py."""

import datetime
import io
import json
import pathlib
import tempfile
from unittest import mock

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import Client, TestCase, TransactionTestCase
from django.urls import reverse
from django.utils import timezone

from articles import audit
from articles.cache import cached_rows, freshness
from articles.cache.lru import Store
from articles.delivery.wsgi import PageCache
from articles.models import (
    Address,
    Assignee,
    Assignment,
    AuditEntry,
    Correction,
    Credit,
    FollowLink,
    Membership,
    Person,
    Policy,
    Position,
    ReadCount,
    Revision,
    Series,
    Story,
    Tag,
)
from articles.models.audit_entry import Action

from .databases import empty
from .newsroom import LATER, PUBLISHED, NewsroomTestCase, make_photo
from .posting import form_of

ROLES = ["reporter", "editor", "photo", "chief", "admin"]


class DeskTest(NewsroomTestCase):
    def form(self, story):
        """What a browser would post back from the change form of `story`, unchanged."""
        page = self.client.get(self.address("change", story))
        fields = dict(page.context["adminform"].form.initial)
        posted = {name: value for name, value in fields.items() if isinstance(value, str | int)}
        for name, value in fields.items():
            if isinstance(value, datetime.datetime):
                local = timezone.localtime(value, story.edition.zone)
                posted |= {f"{name}_0": local.date().isoformat(), f"{name}_1": f"{local:%H:%M:%S}"}
        for formset in page.context["inline_admin_formsets"]:
            prefix, forms = formset.formset.prefix, formset.formset.initial_forms
            posted |= {f"{prefix}-TOTAL_FORMS": len(forms), f"{prefix}-INITIAL_FORMS": len(forms)}
            for form in forms:
                values = {form.add_prefix(name): form[name].value() for name in form.fields}
                posted |= {name: "" if value is None else value for name, value in values.items()}
                posted[form.add_prefix("id")] = form.instance.pk
        return posted

    @staticmethod
    def address(page, story):
        return reverse(f"admin:articles_story_{page}", args=[story.pk])

    def move(self, name, story):
        return reverse("admin:articles_story_move", args=[story.pk, name])

    def post(self, story, status=302, **changes):
        response = self.client.post(self.address("change", story), {**self.form(story), **changes})
        self.assertEqual(response.status_code, status, errors(response))
        story.refresh_from_db()
        return response

    def sign_in(self, role="editor"):
        self.client.force_login(self.somebody(role))


def errors(response):
    """What a form that came back complains of."""
    if not response.context or "adminform" not in response.context:
        return ""
    formsets = [inline.formset.errors for inline in response.context["inline_admin_formsets"]]
    return response.context["adminform"].form.errors, formsets


class FormTest(DeskTest):
    def opened(self, story):
        """What the browser would send from the story's form."""
        return form_of(self.client.get(self.address("change", story)), "headline")[1]

    def send(self, story, fields, **changes):
        response = self.client.post(self.address("change", story), {**fields, **changes})
        story.refresh_from_db()
        return response


class OpenedTest(FormTest):
    """`naskah` is opened once for the tests of a class: `as_opened` is what `writer` would send of it, unchanged."""

    role = "editor"

    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.writer = cls.somebody(cls.role)
        cls.naskah = cls.begun()
        client = Client(headers={"host": cls.host})
        client.force_login(cls.writer)
        cls.as_opened = form_of(client.get(cls.address("change", cls.naskah)), "headline")[1]

    @classmethod
    def begun(cls):
        return cls.draft()

    def setUp(self):
        super().setUp()
        self.client.force_login(self.writer)


HOUR = datetime.timedelta(hours=1)
# PostgreSQL numbers invalidations at the commit, which a TestCase never reaches.
Base = TestCase if connection.vendor == "sqlite" else TransactionTestCase


class DeliveryTestCase(Base):
    """The cast, with a page cache of its own."""

    host = NewsroomTestCase.host
    edition, story, draft, somebody = (
        classmethod(getattr(NewsroomTestCase, name).__func__) for name in ("edition", "story", "draft", "somebody")
    )

    @classmethod
    def setUpTestData(cls):
        NewsroomTestCase.setUpTestData.__func__(cls)

    def _fixture_teardown(self):
        super()._fixture_teardown() if connection.vendor == "sqlite" else empty()

    def setUp(self):
        if Base is TransactionTestCase:  # which empties the database after each test
            self.setUpTestData()
        freshness.get_checker.cache_clear()
        cached_rows.clear()
        self.enterContext(mock.patch.object(freshness, "POLL", 0))
        self.cache = PageCache(WSGIHandler())

    def ask(self, address, method="GET", host=None, cache=None, **headers):
        """(status, headers, body) of the page cache; headers["X-Page"] tells where it is from."""
        path, _, query = address.partition("?")
        environ = {
            "REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": host or self.host,
            "SERVER_NAME": "localhost", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(), "wsgi.errors": io.StringIO(),
            **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
        }  # fmt: skip
        told = {}

        def start(status, headers, exc_info=None):
            told.update(status=int(status[:3]), headers=dict(headers))

        answer = (cache or self.cache)(environ, start)
        body = b"".join(answer)
        if hasattr(answer, "close"):
            answer.close()
        return told["status"], told["headers"], body

    def how(self, address, **headers):
        return self.ask(address, **headers)[1]["X-Page"]

    def rendered_now(self, address):
        """The page as it is rendered with empty caches."""
        with mock.patch.multiple(cached_rows, _values={}, _rows=Store(10)):
            return self.ask(address, cache=PageCache(WSGIHandler()))[2]


PAGE = "/admin/articles/story/import/"


class ImportTestCase(NewsroomTestCase):
    def setUp(self):
        super().setUp()
        var = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.enterContext(self.settings(VAR=var))
        self.folder = var / "imports"
        self.chief = self.somebody("chief")
        self.client.force_login(self.chief)

    def send(self, *items, name="kiriman.jsonl", edition=None, state="draft", client=None):
        lines = [one if isinstance(one, bytes) else json.dumps(one).encode() for one in items]
        file = SimpleUploadedFile(name, b"\n".join(lines))
        typed = {"file": file, "edition": (edition or self.gorontalo).pk, "state": state}
        return (client or self.client).post(PAGE, typed)

    def press(self, looked_at, client=None):
        return (client or self.client).post(PAGE, {"token": looked_at.context["sent"].token})

    def kept(self):
        return list(self.folder.glob("*"))

    def outcomes(self, answer):
        return [(row.result.outcome.value, row.result.position) for row in answer.context["rows"]]


SOON = datetime.timedelta(minutes=10)


def later(by):
    """The clock of the newsroom, so much later."""
    return mock.patch("django.utils.timezone.now", return_value=timezone.now() + by)


class EveryKindTestCase(NewsroomTestCase):
    """Somebody of every role, and a row of every kind."""

    @classmethod
    def sign_in(cls, role):
        if role == "nobody":
            return get_user_model().objects.create(username=role, is_staff=True)
        section = cls.dunia if role == "section" else None
        return cls.somebody("editor" if role == "section" else role, name=role, section=section)

    @classmethod
    def rows(cls, word, edition, section, by):
        """One row of every kind that tells `word`: of an edition, or shared and named after nothing secret."""
        shared = "terang" if edition == cls.gorontalo else "umum"
        photo, now = make_photo(title=shared, colour="#112233"), timezone.now()
        series = Series.objects.create(kicker=shared, slug=shared)
        tag, person = Tag.objects.create(name=shared, slug=shared), Person.objects.create(name=shared, slug=shared)
        story = cls.story(
            f"{word} naskah", edition=edition, section=section, slug=f"{word.lower()}-naskah", publish_at=LATER,
            lead_photo=photo, series=series, tags=[tag], standfirst=word, body=f"<p>{word}</p>",
        )  # fmt: skip
        Story.objects.filter(pk=story.pk).update(publish_at=now + datetime.timedelta(days=2))
        cls.told_beside(word, story, person, by)
        kind = {"kind": "correction", "text": word}
        return {
            "story": story,
            "assignment": cls.planned(word, section, by),
            "photo": photo,
            "person": person,
            "section": section,
            "series": series,
            "tag": tag,
            "edition": edition,
            "revision": Revision.objects.create(
                story=story, number=1, snapshot={"headline": word}, by=by, at=now, note=word
            ),
            "correction": Correction.objects.create(story=story, at=now, by=by, **kind),
            "address": Address.objects.create(story=story, edition=edition, day=PUBLISHED.date(), slug=word.lower()),
            "auditentry": cls.logged(word, story),
            "readcount": ReadCount.objects.create(story=story, hour=PUBLISHED.replace(minute=0), reads=77),
            "policy": Policy.objects.create(
                edition=edition, title=word, slug=word.lower(), text=f"<p>{word}</p>", dated_on=PUBLISHED.date()
            ),
            "membership": Membership.objects.create(user=by, role="photo", edition=edition),
            "network": cls.network,
            "owner": cls.network.owner,
        }

    @classmethod
    def planned(cls, word, section, by):
        """An assignment that `by` has, and that wants a photo."""
        due_at = timezone.now() - datetime.timedelta(hours=1)
        made = Assignment.objects.create(
            section=section, headline=word, place=word, brief=word, kicker=word, due_at=due_at, created_at=due_at,
            wants_photo=True,
        )  # fmt: skip
        Assignee.objects.create(assignment=made, user=by)
        return made

    @classmethod
    def told_beside(cls, word, story, person, by):
        """Rows that are no page of their own."""
        Credit.objects.create(story=story, person=person, role="contributor")
        Position.objects.create(edition=story.edition, person=person, title=word)
        FollowLink.objects.create(edition=story.edition, channel=word, url="https://example.com/")
        LogEntry.objects.create(
            user=by, content_type=ContentType.objects.get_for_model(Story), object_id=story.pk,
            object_repr=str(story), action_flag=CHANGE, change_message=word,
        )  # fmt: skip

    @classmethod
    def logged(cls, word, story):
        audit.write(Action.PREVIEWED, story, word)
        return AuditEntry.objects.latest("pk")
