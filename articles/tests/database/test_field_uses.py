"""Every field of a story is recorded, brought back, screened, sent …, unless the model says that it is not."""

import datetime
import io
import json
import uuid

from articles import publishing
from articles.admin.story.admin import _not_placed
from articles.field_uses import Use, is_free_text
from articles.listings import search
from articles.models import Section, Series, Story
from articles.models.fields import LineField
from articles.models.label import Label
from articles.wire import ninjs, outgoing
from articles.wire.store import ingest

from ..newsroom import PUBLISHED, NewsroomTestCase, make_photo
from ..one_more_field import one_more_field

HOUR = datetime.timedelta(hours=1)
WORD = "Kucingmerah"
UNLIKE = {  # on the way in they are what the newsroom here makes of them
    "uid", "edition", "state", "version", "updated_at", "first_published_at", "publish_at", "embargo_until",
    "expires_at", "day", "verified_in",
}  # fmt: skip


class FieldCase(NewsroomTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.seni = Section.objects.create(edition=cls.gorontalo, name="Seni", slug="seni")
        cls.banjir = Series.objects.create(kicker="Banjir", slug="banjir")
        cls.dermaga = make_photo(title="Dermaga", colour="#332211")
        cls.main = cls.story(lead_photo=cls.lilin, series=cls.perang, ai_note="Disunting")
        cls.settled = cls.story("Yang menjelaskan")

    def another(self, field):
        """A value of its kind that the main story does not have."""
        now = field.value_from_object(self.main)
        if field.is_relation:
            itself = self.main.pk if field.related_model is Story else 0
            return field.related_model.objects.exclude(pk__in=[now or 0, itself]).latest("pk").pk
        if field.name == "label":
            return Label.ADVERTORIAL  # only that may name who paid
        if field.choices:
            return next(value for value, _label in field.flatchoices if value != now)
        if is_free_text(field):
            return self.text(field, WORD)
        return not now if isinstance(now, bool) else now + 1

    def text(self, field, word):
        """The word as a text of this field."""
        others = {"slug": word.lower(), "body": f"<p>{word}</p>", "protected_names": "Orang lain"}
        return others.get(field.name, word)

    def stored(self):
        return Story.objects.for_page().get(pk=self.main.pk)

    def give(self, **values):
        Story.objects.filter(pk=self.main.pk).update(**values)
        return self.stored()

    def give_another(self, fields):
        """The main story, every one of these fields changed; failures name each field by itself."""
        self.assertTrue(fields)
        return self.give(**{field.attname: self.another(field) for field in fields})

    def each(self, fields):
        """Pairs of a field and a context that names it where the check within fails."""
        return [(field, self.subTest(field=f"Story.{field.name}")) for field in fields]


class Checks:
    """What must hold for `fields(use)`, which are free texts where `texts(use)` is asked."""

    def test_a_protected_name_in_it_keeps_the_story_back(self):
        for field, named in self.each(self.texts(Use.SCREENED)):
            before = field.value_from_object(self.main)
            with named:
                story = self.give(**{"protected_names": WORD, field.attname: self.text(field, WORD)})
                told = " ".join(publishing.blockers(story))
                self.assertIn(WORD, told, "readers are shown the name that must be protected")
            self.give(**{field.attname: before})

    def test_what_is_left_unfinished_in_it_keeps_the_story_back(self):
        for field, named in self.each(self.texts(Use.FACTS)):
            before = field.value_from_object(self.main)
            with named:
                story = self.give(**{field.attname: self.text(field, "TK TK")})
                self.assertIn("TK TK", " ".join(publishing.blockers(story)))
            self.give(**{field.attname: before})

    def test_it_is_brought_back_with_the_story(self):
        fields = self.fields(Use.BRING_BACK)
        revision = publishing.record(self.main, None, PUBLISHED)
        self.give_another(fields)
        publishing.bring_back(revision, None, PUBLISHED + HOUR)
        for field, named in self.each(fields):
            with named:
                self.assertEqual(field.value_from_object(self.stored()), field.value_from_object(self.main))

    def test_a_change_of_it_may_wait(self):
        fields, before = self.fields(Use.SCHEDULED), publishing.snapshot(self.stored())
        wanted = publishing.snapshot(self.give_another(fields))
        self.give(**{field.attname: field.value_from_object(self.main) for field in fields})
        self.assertEqual(publishing.snapshot(self.stored()), before)
        publishing.schedule_change(self.main, None, PUBLISHED + HOUR, wanted, PUBLISHED + 2 * HOUR)
        publishing.apply_due(PUBLISHED + 2 * HOUR)
        story = self.stored()
        self.assertFalse(hasattr(story, "waiting_change"), "the change was refused")
        for field, named in self.each(fields):
            with named:
                self.assertEqual(field.value_from_object(story), self.another(field), "the change did not go out")

    def test_the_log_shows_how_it_was(self):
        snapshot = publishing.snapshot(self.stored())
        for field, named in self.each(self.fields(Use.REVISIONS)):
            with named:
                self.assertIn(field.name, snapshot)

    def test_its_words_lead_to_the_story(self):
        for field, named in self.each(self.texts(Use.SEARCH)):
            with named:
                self.give(**{field.attname: self.text(field, f"{WORD} {field.name}")})
                self.assertIn(self.main, search.find(f"{WORD} {field.name}", Story.objects.all()))

    def test_a_card_has_read_it(self):
        unread = Story.objects.for_card().get(pk=self.main.pk).get_deferred_fields()
        for field, named in self.each(self.fields(Use.CARDS)):
            with named:
                self.assertNotIn(field.attname, unread, "each card of a page would ask for it by itself")

    def test_it_leaves_and_comes_in_by_wire(self):
        fields = [field for field in self.fields(Use.WIRE) if field.name not in UNLIKE]
        sent = self.give_another(fields)
        came = self.by_wire()
        for field, named in self.each(fields):
            with named:
                self.assertEqual(getattr(came, field.name), getattr(sent, field.name))

    def by_wire(self):
        """The main story as another newsroom takes it in."""
        (item,) = outgoing.items(outgoing.public(PUBLISHED + HOUR).filter(pk=self.main.pk), PUBLISHED + HOUR)
        told = json.dumps(ninjs.from_item(item)).replace(str(self.main.uid), str(uuid.uuid4()))
        entries = ninjs.read(io.BufferedReader(io.BytesIO(told.encode())), self.gorontalo.zone)
        (result,) = ingest.take_in(entries, ingest.IngestOptions(PUBLISHED + 2 * HOUR))
        self.assertIsNotNone(result.story, result.why)
        return Story.objects.get(pk=result.story)

    def test_the_form_has_it(self):
        self.client.force_login(self.somebody("admin"))
        form = self.client.get(f"/admin/articles/story/{self.draft().pk}/change/").context["adminform"].form
        for field, named in self.each([field for field in self.fields(Use.REVISIONS) if field.editable]):
            with named:
                self.assertIn(field.name, form.fields)


class EveryFieldTest(Checks, FieldCase):
    def fields(self, use):
        return Story.field_uses.fields(use)

    def texts(self, use):
        return Story.field_uses.texts(use)

    def test_every_field_has_its_place_in_the_form(self):
        self.assertEqual(_not_placed(), [])


class OneMoreFieldTest(Checks, FieldCase):
    """Somebody adds `addition` to the model, and nothing else."""

    def setUp(self):
        super().setUp()
        field = LineField("addition", max_length=200, blank=True, default="")
        self.added = self.enterContext(one_more_field(Story, "addition", field))
        self.main = Story.objects.get(pk=self.main.pk)

    def fields(self, use):
        return [self.added]

    texts = fields

    def before(self):
        """A revision that was recorded when there was no such field."""
        revision = publishing.record(self.main, None, PUBLISHED)
        del revision.snapshot["addition"]
        revision.save()
        return revision

    def test_a_revision_from_before_leaves_it_as_it_is(self):
        revision = self.before()
        self.give(addition="Tetap")
        publishing.bring_back(revision, None, PUBLISHED + HOUR)
        self.assertEqual(self.stored().addition, "Tetap")

    def test_the_log_does_not_take_it_for_a_change(self):
        self.before()
        revision = publishing.record(self.main, None, PUBLISHED + HOUR)
        self.client.force_login(self.somebody("admin"))
        page = self.page(f"/admin/articles/revision/{revision.pk}/change/")
        self.assertNotIn("<del>", page)
        self.assertEqual(page.count("<dt>Addition</dt>"), 1, "only as it was, and no difference")


class FieldThatIsGoneTest(FieldCase):
    def test_its_revisions_can_be_read_and_brought_back(self):
        revision = publishing.record(self.main, None, PUBLISHED)
        revision.snapshot["motto"] = "Maju"
        revision.save()
        self.client.force_login(self.somebody("admin"))
        self.assertIn("<dt>Motto</dt><dd>Maju</dd>", self.page(f"/admin/articles/revision/{revision.pk}/change/"))
        publishing.bring_back(revision, None, PUBLISHED + HOUR)
