"""A database with stories is brought to triggers and a search index that another release made otherwise."""

import io
from unittest import mock

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations import RunPython
from django.test import TransactionTestCase
from django.test.utils import CaptureQueriesContext

from articles import database
from articles.database import fills, generated
from articles.listings import search
from articles.models import Credit, Moment, PhotoInText, Story

from ..newsroom import LATER, NewsroomTestCase

pytestmark = [pytest.mark.wide, pytest.mark.both_databases]

LINKED = "articles_story_moved"  # the trigger that gives a story's time to its credits


def migrate():
    told = io.StringIO()
    call_command("migrate", stdout=told)
    return told.getvalue()


def found(words):
    return sorted(story.headline for story in search.find(words, Story.objects.all()))


def names():
    """Those of all triggers, and of the functions of PostgreSQL."""
    asked = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger UNION SELECT proname FROM pg_proc",
    }
    with connection.cursor() as cursor:
        cursor.execute(asked[connection.vendor])
        return {name for (name,) in cursor.fetchall()}


def run(*statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def before_a_migration(operation=None, is_back=False):
    migration = mock.Mock(operations=[operation] if operation else [])
    database.remove(plan=[(migration, is_back)])


def photos_first():
    return sorted(fills.fills(connection.vendor), key=lambda fill: fill.name != "photos")


class GeneratedTest(TransactionTestCase):
    host = NewsroomTestCase.host
    story, edition = (classmethod(getattr(NewsroomTestCase, name).__func__) for name in ("story", "edition"))

    def setUp(self):
        NewsroomTestCase.setUpTestData.__func__(type(self))
        self.addCleanup(migrate)
        self.figure = f'<p>x</p><figure data-photo="{self.lilin.uid}"></figure>'

    def install_with(self, columns, change=lambda sql: sql):
        """As a release did that searched these columns, and wrote its triggers otherwise."""
        with mock.patch.object(fills, "searched", return_value=columns):
            wanted = [change(sql) for sql in database.statements(connection.vendor)]
            generated.install(connection, wanted, fills.fills(connection.vendor), lambda told: None)

    def test_a_search_index_of_other_columns_is_made_anew_and_filled(self):
        self.story("Lama", standfirst="Pasar pagi.", source_line="Limboto")
        self.install_with({"headline": False, "source_line": False})
        self.story("Baru", standfirst="Pasar malam.", source_line="Limboto")
        self.assertEqual((found("limboto"), found("pasar")), (["Baru", "Lama"], []))
        told = migrate()
        self.assertEqual((found("limboto"), found("pasar")), ([], ["Baru", "Lama"]))
        self.assertIn("search", told)
        self.story("Sesudah", standfirst="Pasar siang.")
        self.assertEqual(found("pasar"), ["Baru", "Lama", "Sesudah"])

    def test_a_trigger_that_another_release_wrote_otherwise_is_mended_with_what_it_left_out(self):
        differs = {"sqlite": "OLD.live_from IS NOT", "postgresql": "OLD.live_from IS DISTINCT FROM"}[connection.vendor]
        self.install_with(fills.searched(), lambda sql: sql.replace(f"{differs} NEW.live_from", "FALSE"))
        story, times = self.story(), Credit.objects.values_list("live_from", flat=True)
        Story.objects.filter(pk=story.pk).update(publish_at=LATER)
        self.assertEqual(set(times.all()), {story.publish_at})
        migrate()
        self.assertEqual(set(times.all()), {LATER})
        Story.objects.filter(pk=story.pk).update(publish_at=story.publish_at)
        self.assertEqual(set(times.all()), {story.publish_at})

    def test_a_trigger_that_is_not_wanted_any_more_goes_and_one_that_is_missing_comes(self):
        other = "articles_tag_other"
        if connection.vendor == "sqlite":
            run(f"CREATE TRIGGER {other} AFTER INSERT ON articles_tag BEGIN SELECT 1; END", f"DROP TRIGGER {LINKED}")
        else:
            does = "BEGIN RETURN NULL; END"
            run(
                f"CREATE FUNCTION {other}() RETURNS trigger LANGUAGE plpgsql AS '{does}'",
                f"CREATE TRIGGER {other} AFTER INSERT ON articles_tag EXECUTE FUNCTION {other}()",
                f"DROP TRIGGER {LINKED} ON articles_story",
            )
        migrate()
        self.assertEqual(names() & {other, LINKED}, {LINKED})

    def test_what_a_migration_wrote_without_triggers_is_filled_after_it(self):
        story = self.story("Berfoto", body=self.figure, publish_at=LATER, standfirst="Kata lama.")
        before_a_migration(RunPython(RunPython.noop))
        run("UPDATE articles_credit SET live_from = NULL", "DELETE FROM articles_photointext")
        run("DELETE FROM articles_moment", "UPDATE articles_story SET standfirst = 'Kata baru.'")
        database.install()
        self.assertEqual(Credit.objects.exclude(live_from=LATER).count(), 0)
        self.assertEqual([row.uid for row in PhotoInText.objects.filter(story=story)], [self.lilin.uid])
        self.assertTrue(Moment.objects.filter(key=f"s{story.uid.hex}", at=LATER).exists())
        self.assertEqual((found("lama"), found("baru")), ([], ["Berfoto"]))

    def test_after_a_migration_that_writes_no_rows_nothing_is_filled(self):
        self.story("Berfoto", body=self.figure)
        before_a_migration()
        self.assertIn(LINKED, names())
        self.assertNotIn("filled", migrate())

    def test_where_nothing_differs_nothing_is_made(self):
        self.story()
        migrate()
        with CaptureQueriesContext(connection) as asked:
            told = migrate()
        asked = [query["sql"].lstrip() for query in asked]
        made = [sql for sql in asked if sql.startswith(("CREATE TRIGGER", "CREATE OR REPLACE", "DROP"))]
        self.assertEqual([sql for sql in made if "wanted_search" not in sql], [])
        self.assertNotIn("filled", told)

    def test_a_fill_that_was_interrupted_goes_on(self):
        for number in range(5):
            self.story(f"Kabar {number}", body=self.figure)
        before_a_migration(is_back=True)
        run("DELETE FROM articles_photointext")
        report = mock.Mock(side_effect=[None, None, None, KeyboardInterrupt])
        with mock.patch.object(generated, "AT_ONCE", 1):
            with pytest.raises(KeyboardInterrupt):
                generated.install(connection, database.statements(connection.vendor), photos_first(), report)
            self.assertEqual(PhotoInText.objects.count(), 4)
            self.story("Sementara itu", body=self.figure)
            database.install()
        self.assertEqual(PhotoInText.objects.count(), 6)
        self.assertEqual(found("kabar"), [f"Kabar {number}" for number in range(5)])

    def test_a_failure_leaves_all_as_it_was(self):
        before, wanted = names(), database.statements(connection.vendor)
        wanted = [sql.replace("articles_tag_slug", "articles_tag_other") for sql in wanted]
        with pytest.raises(DatabaseError):
            generated.install(connection, [*wanted, "NO SUCH STATEMENT"], photos_first(), print)
        self.assertEqual(names(), before)
