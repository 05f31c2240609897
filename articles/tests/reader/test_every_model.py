"""What becomes of the rows of every model: nobody adds a model without deciding this."""

import datetime

import pytest
from django.apps import apps
from django.contrib.admin.sites import site
from django.contrib.admin.utils import flatten_fieldsets
from django.contrib.auth import get_user_model
from django.db import connection, models
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from articles import permissions
from articles.backup.takeout.rows import MODELS
from articles.database import invalidation
from articles.field_uses import Use, is_free_text
from articles.models import (
    Correction,
    Credit,
    Edition,
    Person,
    Photo,
    Section,
    Series,
    Story,
    StoryPhoto,
    Tag,
    TaggedStory,
)
from articles.models.correction import Kind
from articles.publishing import blockers
from articles.publishing.snapshots import PARTS
from articles.wire import ninjs, outgoing

from ..newsroom import PUBLISHED, NewsroomTestCase

# 1. pages: readers' pages are made anew when a row changes (database/invalidation.py).
# 2. card: read with a card. 3. wire: read for what leaves.
# 4. recorded: part of a story's revisions (publishing/snapshots.py). 5. backup: in `export --all` (backup/rows.py).
# 6. the roles that see it at the desk (articles/admin/, articles/permissions/): reporter, editor …; or "admin".
# 7. what happens to the row when the person or account that it names is deleted.
TABLE = """
Address             -      -     wire  -         backup  ec    -
Arrival             -      -     -     -         backup  -     -
Assignee            -      -     -     -         backup  -     CASCADE
Assignment          -      -     -     -         backup  repc  SET_NULL
AuditEntry          -      -     -     -         backup  c     -
AwaitedPhoto        -      -     -     -         backup  -     -
Correction          pages  -     wire  -         backup  repc  PROTECT
Credit              pages  -     wire  recorded  backup  repc  PROTECT
DeskPreference      -      -     -     -         backup  -     CASCADE
DeskSession         -      -     -     -         -       -     CASCADE
Edition             pages  card  wire  -         backup  repc  PROTECT
EventArrival        -      -     -     -         backup  -     -
FollowLink          pages  -     -     -         backup  c     -
FormerFile          -      -     -     -         backup  -     -
FormerKey           -      -     -     -         backup  -     -
FormerPersonSlug    -      -     -     -         backup  ec    CASCADE
FormerSectionSlug   -      -     -     -         backup  ec    -
FormerSeriesSlug    -      -     -     -         backup  ec    -
FormerTagSlug       -      -     -     -         backup  ec    -
IncompletePost      -      -     -     -         backup  -     -
Invitation          -      -     -     -         -       -     PROTECT/SET_NULL
MailChoice          -      -     -     -         backup  -     CASCADE
Membership          -      -     -     -         backup  c     CASCADE
Moment              -      -     -     -         -       -     -
Network             pages  -     -     -         backup  c     -
Note                -      -     -     -         backup  -     PROTECT
Notice              -      -     -     -         -       -     CASCADE/SET_NULL
OldAddress          -      -     -     -         backup  -     -
Owner               pages  -     -     -         backup  c     -
Person              pages  -     wire  -         backup  repc  PROTECT
Photo               pages  card  wire  -         backup  repc  -
PhotoArrival        -      -     -     -         backup  -     -
PhotoInText         -      -     -     -         -       -     -
Policy              pages  -     wire  -         backup  c     -
Position            pages  -     -     -         backup  c     CASCADE
Presence            -      -     -     -         -       -     CASCADE
PreviewLink         -      -     -     -         -       -     PROTECT
QueuedTask          -      -     -     -         -       -     -
RateLimit           -      -     -     -         -       -     -
ReadCount           -      -     -     -         backup  ec    -
Revision            -      -     -     -         backup  repc  PROTECT
SavedView           -      -     -     -         backup  -     CASCADE
Section             pages  card  wire  -         backup  repc  -
Series              pages  card  wire  -         backup  repc  -
Slot                pages  -     -     -         backup  -     SET_NULL
SourceNote          -      -     -     -         backup  -     -
SourcePerson        -      -     -     -         backup  -     CASCADE
SourcePhoto         -      -     -     -         backup  -     -
SourceSection       -      -     -     -         backup  -     -
SourceSeries        -      -     -     -         backup  -     -
SourceTag           -      -     -     -         backup  -     -
Story               pages  card  wire  -         backup  repc  -
StoryPhoto          pages  -     wire  recorded  backup  repc  -
Tag                 pages  -     wire  -         backup  repc  -
TaggedStory         pages  -     wire  recorded  backup  repc  -
Touch               -      -     -     -         -       -     -
WaitingChange       pages  -     -     -         backup  -     PROTECT
WorkingCopy         -      -     -     -         backup  -     CASCADE/SET_NULL
"""
DECIDED = {name: columns for name, *columns in map(str.split, TABLE.strip().splitlines())}
# Models whose rows a cacheable page may ask for, though no change of theirs makes it anew.
ASKED_WITHOUT = {
    "ReadCount": "the popular are counted anew each minute",
    "Address": "a story gets a former address when its own changes",
}
SENT = [Story, Photo, StoryPhoto, Credit, Person, Series, Section, Tag, TaggedStory, Edition, Correction]
SCREENED = [Story, Photo, StoryPhoto, Series, Tag]
DECLARED = [model for model in apps.get_app_config("articles").get_models() if hasattr(model, "field_uses")]


class EveryModelTest(NewsroomTestCase):
    def setUp(self):
        super().setUp()
        self.main = self.story(
            lead_photo=self.lilin, series=self.perang, tags=[self.rusia], body=f'<figure data-photo="{self.lilin.uid}">'
        )
        StoryPhoto.objects.create(story=self.main, photo=self.lilin, caption="Di galeri.")
        Correction.objects.create(story=self.main, kind=Kind.CORRECTION, text="Tiga, bukan dua.", at=PUBLISHED)

    def test_what_becomes_of_its_rows_is_decided(self):
        cards, sent = self.tables(lambda: list(Story.objects.for_card())), self.tables(self.sent)
        seen = {invalidation.STORY, *invalidation.PLAIN, *invalidation.PARTS, "articles_waitingchange"}
        recorded, told = {model for model, *_fields in PARTS.values()}, {}
        for model in apps.get_app_config("articles").get_models():
            table = model._meta.db_table
            found = [
                "pages" if table in seen else "-",
                "card" if table in cards else "-",
                "wire" if table in sent else "-",
                "recorded" if model in recorded else "-",
                "backup" if model in MODELS else "-",
                seen_by(model),
                on_deleting_a_person(model),
            ]
            if found != DECIDED.get(model.__name__):
                told[model.__name__] = " ".join(found)
        self.assertEqual(told, {}, "not what the table above says, which names the home of each column: decide")

    def test_a_page_that_may_be_cached_asks_only_for_what_makes_it_anew(self):
        """Else readers would be shown rows as they were when somebody asked first."""
        tables = {model._meta.db_table: model.__name__ for model in apps.get_app_config("articles").get_models()}
        for address in self.pages():
            with self.subTest(address):
                asked = {tables[table] for table in self.tables(lambda: self.page(address))}  # noqa: B023
                stale = {name for name in asked - set(ASKED_WITHOUT) if DECIDED[name][0] != "pages"}
                self.assertEqual(stale, set(), "give them keys in database/invalidation.py")

    def pages(self):
        shown = [self.main, self.dunia, self.perang, self.nina, self.rusia]
        day = self.main.day
        yield from (row.get_absolute_url() for row in shown)
        yield from (
            "/",
            "/latest/",
            "/popular/",
            "/masthead/",
            "/corrections/",
            "/feed/",
            "/sitemap.xml",
            "/robots.txt",
            "/api/v1/",
            "/api/v1/stories/",
            "/api/v1/tags/",
            "/api/v1/series/",
            "/api/v1/people/",
        )
        yield from (f"/archive/{day:%Y/%m}/", f"/archive/{day:%Y/%m/%d}/", f"/sitemap-{day:%Y-%m}.xml")

    def tables(self, read):
        with CaptureQueriesContext(connection) as queries:
            read()
        words = {word for query in queries for word in query["sql"].split('"')}
        return words & {model._meta.db_table for model in apps.get_app_config("articles").get_models()}

    def sent(self):
        at = PUBLISHED + datetime.timedelta(days=1)
        return [ninjs.from_item(item) for item in outgoing.items(outgoing.public(at).filter(pk=self.main.pk), at)]

    def test_no_name_is_left_out_that_no_field_has(self):
        self.assertEqual({model: unknown for model in DECLARED if (unknown := model.field_uses.unknown())}, {})

    @pytest.mark.wide
    def test_whatever_is_changed_of_a_row_that_leaves_leaves_with_it(self):
        at_first = self.sent()
        for model in SENT:
            row = self.row(model)
            for field in model.field_uses.fields(Use.WIRE):
                if (value := another(row, field)) is None:
                    continue
                with self.subTest(f"{model.__name__}.{field.name}"):
                    model.objects.filter(pk=row.pk).update(**{field.attname: value})
                    self.assertNotEqual(self.sent(), at_first, "it does not leave: send it, or leave it out")
                    model.objects.filter(pk=row.pk).update(**{field.attname: field.value_from_object(row)})

    def row(self, model):
        shown = {
            Story: self.main, Photo: self.lilin, Person: self.nina, Series: self.perang, Section: self.dunia,
            Tag: self.rusia, Edition: self.gorontalo,
        }  # fmt: skip
        return shown.get(model) or model.objects.filter(**{owner(model): self.main}).earliest("pk")

    def test_no_text_of_what_a_story_shows_names_whom_it_protects(self):
        Story.objects.filter(pk=self.main.pk).update(protected_names="Kucingmerah")
        for model in SCREENED:
            row = self.row(model)
            for field in model.field_uses.texts(Use.SCREENED):
                word = "kucingmerah" if field.name == "slug" else "Kucingmerah"
                with self.subTest(f"{model.__name__}.{field.name}"):
                    model.objects.filter(pk=row.pk).update(**{field.attname: word})
                    told = " ".join(blockers(Story.objects.get(pk=self.main.pk)))
                    self.assertIn("Kucingmerah", told, "readers are shown the name that must be protected")
                    model.objects.filter(pk=row.pk).update(**{field.attname: field.value_from_object(row)})

    def test_a_revision_has_all_of_a_part_of_a_story(self):
        for model, *recorded in PARTS.values():
            with self.subTest(model.__name__):
                self.assertEqual(recorded, model.field_uses.names(Use.REVISIONS))

    def test_every_field_that_may_be_edited_is_in_its_form(self):
        request = RequestFactory().get("/")
        request.user, request.edition = self.somebody("admin"), self.gorontalo
        for model, admin in site._registry.items():
            if model._meta.app_label == "articles" and admin.has_change_permission(request):
                row = model.objects.first()
                placed = {
                    *flatten_fieldsets(admin.get_fieldsets(request, row)),
                    *(admin.get_exclude(request, row) or []),
                }
                with self.subTest(model.__name__):
                    editable = {f.name for f in model._meta.concrete_fields if f.editable and not f.primary_key}
                    self.assertEqual(editable - placed, set())


def owner(model):
    return "content_object" if model is TaggedStory else "story"


def seen_by(model):
    """The first letters of the roles that see its rows in a list or a form of the desk."""
    parts = {inline.model for admin in site._registry.values() for inline in admin.inlines}
    if model not in site._registry and model not in parts:
        return "-"
    seen = [role[0] for role, may in permissions.MODELS.items() if model._meta.model_name in may["view"]]
    return "".join(seen) or "admin"


def on_deleting_a_person(model):
    rules = {
        field.remote_field.on_delete.__name__
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model in (Person, get_user_model())
    }
    return "/".join(sorted(rules)) or "-"


def another(row, field):
    """Another value of its kind, which a row may have alone; None where there is none."""
    now = field.value_from_object(row)
    if field.name in ("state", "first_published_at", "updated_at", "day", "version", "uid", "language", "reason"):
        return None  # a move alone changes it, or it says nothing alone
    if field.is_relation:
        return None
    if field.choices:
        return next(value for value, _label in field.flatchoices if value != now)
    if is_free_text(field):
        return "lain" if field.name == "slug" else "<p>Lain</p>" if field.name == "body" else "Lain"
    if isinstance(field, models.DateTimeField):
        hours = 50 if field.name in ("expires_at", "rights_end_at") else -5
        return PUBLISHED + datetime.timedelta(hours=hours)
    if isinstance(field, models.DateField):
        return now + datetime.timedelta(days=1)
    return not now if isinstance(now, bool) else now / 2 if isinstance(now, float) else now + 1
