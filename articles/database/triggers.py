"""What the database itself keeps true, on every way a row is written.

1. Credits and tag links repeat their story's `edition_id` and `live_from`, so that the page of a tag or a
   person is one index range at any size.
2. The search index holds the plain words of every story (listings/search.py asks it).
3. Which photos a text holds stands in rows of its own (`PhotoInText`).
4. A change touches the keys of the pages that show it (invalidation.py).
5. A slug that changes leads on to its row (models/addresses/former.py).
6. A section that came by wire is one like any other as soon as readers have a story in it.
7. Entries of the audit log are neither changed nor deleted (audit.py).

These are triggers, taken away before every `migrate` and made again after it: where a migration rebuilds a table,
SQLite drops the table's triggers and says nothing, and stumbles over those of others that name it; PostgreSQL drops
no column that a trigger names.
"""

import contextlib
import json
import pkgutil

from django.apps import apps
from django.db import connections, transaction
from django.db.migrations.recorder import MigrationRecorder

from articles import migrations
from articles.text import body

from . import audit, fills, generated, invalidation

# For long runs of writing on SQLite: a larger cache, moving the log into the database less often, and no view of the
# whole file, of which a run would come to hold more the longer it is.
BULK = {"cache_size": -64_000, "wal_autocheckpoint": 16_000, "mmap_size": 0}
LINKS = dict.fromkeys(fills.LINKS, "story_id")
FORMER_SLUGS = {  # table: where its former slugs are kept, and within what a slug is the only one
    "articles_tag": ("articles_formertagslug", []),
    "articles_person": ("articles_formerpersonslug", []),
    "articles_series": ("articles_formerseriesslug", []),
    "articles_section": ("articles_formersectionslug", ["edition_id"]),
}


def install(using="default", **kwargs):
    """Make what differs of triggers and search index of the database `using`; called after every migrate.
    Not before its last migration: they name columns that are not there until then."""
    connection = connections[using]
    if not _has_all_migrations(connection):
        return
    report = generated.reporter(kwargs.get("verbosity", 0), kwargs.get("stdout"))
    generated.install(connection, statements(connection.vendor), fills.fills(connection.vendor), report)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM articles_moment LIMIT 1")
        if cursor.fetchone() is None:
            for statement in invalidation.moments_to_come(connection.vendor):
                cursor.execute(statement)


def statements(vendor):
    """The SQL that makes all triggers and the search index on a new database."""
    models = {model._meta.db_table: model for model in apps.get_app_config("articles").get_models()}
    yield from {"sqlite": _sqlite, "postgresql": _postgresql}[vendor]()
    yield from _sections_shown(vendor)
    for table, (former, within) in FORMER_SLUGS.items():
        yield from _renamed(vendor, table, former, within)
    yield from invalidation.statements(vendor, models)
    yield from audit.statements(vendor)


def _has_all_migrations(connection):
    last = max(module.name for module in pkgutil.iter_modules(migrations.__path__))
    return ("articles", last) in MigrationRecorder(connection).applied_migrations()


def remove(using="default", **kwargs):
    """Take the triggers away; called before every migrate, and does nothing where no migration is to come."""
    connection, plan = connections[using], kwargs.get("plan", ())
    if not plan:
        return
    generated.forget(connection, plan)
    theirs = {
        "sqlite": "SELECT name, '' FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'articles_%'",
        "postgresql": r"""SELECT tgname, 'ON ' || tgrelid::regclass FROM pg_trigger
                          WHERE NOT tgisinternal AND tgname LIKE 'articles\_%'""",
    }
    with connection.cursor() as cursor:
        cursor.execute(theirs[connection.vendor])
        for name, table in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name} {table}")


def teach_connection(connection, **kwargs):
    """SQLite's search index calls our own function for the words of a body; PostgreSQL strips tags by itself."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("plain_text", 1, body.text, deterministic=True)
        connection.connection.create_function("photos_in", 1, _photos_in, deterministic=True)


def let_go():
    """Close what this process holds open to the database.

    Called when it ends, too: a pool that Python finds while it shuts down waits 20 seconds for threads that are gone.
    """
    for connection in connections.all():
        connection.close()
        if connection.vendor == "postgresql":
            connection.close_pool()


@contextlib.contextmanager
def for_bulk(using="default"):
    """While much is written: on SQLite more is held in memory (64 MB) and in the log before it is put in its place."""
    connection = connections[using]
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        usual = {}
        for name, value in BULK.items():
            if found := cursor.execute(f"PRAGMA {name}").fetchone():  # a database in memory has no file to view
                usual[name] = found[0]
                cursor.execute(f"PRAGMA {name} = {value}")
        try:
            yield
        finally:
            for name, value in usual.items():
                cursor.execute(f"PRAGMA {name} = {value}")


@contextlib.contextmanager
def at_one_moment(using="default"):
    """All that is read meanwhile is as it was at the beginning, and nobody who writes has to wait for it."""
    connection = connections[using]
    connection.ensure_connection()
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        usual, connection.transaction_mode = connection.transaction_mode, "DEFERRED"  # no lock for writing
        try:
            with transaction.atomic(using):
                yield
        finally:
            connection.transaction_mode = usual
    else:
        with transaction.atomic(using), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield


def refusal(row, error):
    """One sentence that names a row and why the database did not take it, in the words of its constraint."""
    told = [c.violation_error_message for c in row._meta.constraints if c.name in str(error)]
    values = ", ".join(f"{f.name}={v}" for f in row._meta.concrete_fields if (v := _plain(row, f)) not in (None, ""))
    return f"{row._meta.label} ({values}): {told[0] if told else error}"


def _plain(row, field):
    """The value of a field as it helps to find the row: related rows by natural key, long texts not at all."""
    if field.primary_key or field.generated:
        return None
    value = field.value_from_object(row)
    if value and field.is_relation:
        return "/".join(map(str, getattr(row, field.name).natural_key()))
    return None if len(str(value)) > 60 else value


def _photos_in(clean_html):
    """The uids of photos as SQLite keeps them, in a list that it can read."""
    return json.dumps([uid.replace("-", "") for uid in body.references(clean_html).photos])


def _sqlite():
    for table, story_id in LINKS.items():
        of_story = f"(SELECT edition_id, live_from FROM articles_story WHERE id = NEW.{story_id})"
        differs = f"WHEN (NEW.edition_id, NEW.live_from) IS NOT {of_story}"
        repeat = f"""
            UPDATE {table} SET (edition_id, live_from) = {of_story} WHERE id = NEW.id;"""
        yield from _trigger(f"{table}_added", f"AFTER INSERT ON {table} {differs}", repeat)
        changed = f"AFTER UPDATE OF {story_id}, edition_id, live_from ON {table} {differs}"
        yield from _trigger(f"{table}_changed", changed, repeat)
    follow = "".join(
        f"""
            UPDATE {table} SET edition_id = NEW.edition_id, live_from = NEW.live_from WHERE {story_id} = NEW.id;"""
        for table, story_id in LINKS.items()
    )
    yield from _trigger("articles_story_added", "AFTER INSERT ON articles_story", follow)
    yield from _trigger(
        "articles_story_moved",
        """AFTER UPDATE OF edition_id, publish_at, embargo_until ON articles_story
           WHEN OLD.live_from IS NOT NEW.live_from OR OLD.edition_id IS NOT NEW.edition_id""",
        follow,
    )

    gone = "DELETE FROM articles_photointext WHERE story_id = NEW.id;"
    there = """
        INSERT INTO articles_photointext (story_id, uid) SELECT NEW.id, value FROM json_each(photos_in(NEW.body));"""
    holds_some = "WHEN instr(NEW.body, '<figure')"  # few do, and for each of the others Python would be asked
    yield from _trigger("articles_text_added", f"AFTER INSERT ON articles_story {holds_some}", there)
    changed = "AFTER UPDATE OF body ON articles_story WHEN OLD.body IS NOT NEW.body"
    yield from _trigger("articles_text_changed", changed, gone + there)

    searched = fills.searched()
    columns = ", ".join(searched)
    words = ", ".join(f"plain_text(NEW.{name})" if is_markup else f"NEW.{name}" for name, is_markup in searched.items())
    differs = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in searched)
    yield fills.search_table(searched)
    forget = "DELETE FROM articles_search WHERE rowid = OLD.id;"
    remember = f"""
        INSERT INTO articles_search (rowid, {columns})
        VALUES (NEW.id, {words});"""
    yield from _trigger("articles_search_added", "AFTER INSERT ON articles_story", remember)
    yield from _trigger(
        "articles_search_changed",
        f"""AFTER UPDATE OF {columns} ON articles_story
           WHEN {differs}""",
        forget + remember,
    )
    yield from _trigger("articles_search_deleted", "AFTER DELETE ON articles_story", forget)


def _renamed(vendor, table, former, within):
    """The triggers that keep what a row's slug was, until a row takes that slug."""

    def of(row):
        return " AND ".join(f"{column} = {row}.{column}" for column in ["slug", *within])

    columns = ["slug", *within]
    taken = f"DELETE FROM {former} WHERE {of('NEW')};"
    differs = " OR ".join(f"OLD.{column} <> NEW.{column}" for column in columns)
    kept = f"""
        DELETE FROM {former} WHERE {of("OLD")};
        INSERT INTO {former} ({", ".join(columns)}, row_id)
        VALUES ({", ".join(f"OLD.{column}" for column in columns)}, OLD.id);"""
    for event, when, does in (("added", "INSERT", taken), ("renamed", "UPDATE", taken + kept)):
        name = f"{table}_slug_{event}"
        condition = f"WHEN ({differs})" if event == "renamed" else ""
        if vendor == "sqlite":
            yield from _trigger(name, f"AFTER {when} ON {table} {condition}", does)
        else:
            yield f"""CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS
                      $$ BEGIN {does} RETURN NULL; END $$"""
            yield f"""CREATE OR REPLACE TRIGGER {name} AFTER {when} ON {table} FOR EACH ROW {condition}
                      EXECUTE FUNCTION {name}()"""


def _sections_shown(vendor):
    """The triggers that take the mark of a section which was not shown yet."""
    now = {"sqlite": "strftime('%Y-%m-%d %H:%M:%f', 'now')", "postgresql": "now()"}[vendor]
    is_live = f"NEW.state = 'released' AND NEW.live_from <= {now}"
    does = "UPDATE articles_section SET is_provisional = FALSE WHERE id = NEW.section_id AND is_provisional = TRUE;"
    for event in ("INSERT", "UPDATE OF state, publish_at, embargo_until, section_id"):
        name = f"articles_story_shows_section_{event.partition(' ')[0].lower()}"
        if vendor == "sqlite":
            yield from _trigger(name, f"AFTER {event} ON articles_story WHEN {is_live}", does)
        else:
            yield f"""CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS
                      $$ BEGIN {does} RETURN NULL; END $$"""
            yield f"""CREATE OR REPLACE TRIGGER {name} AFTER {event} ON articles_story FOR EACH ROW
                      WHEN ({is_live}) EXECUTE FUNCTION {name}()"""


def _trigger(name, when, what):
    yield f"DROP TRIGGER IF EXISTS {name}"
    yield f"CREATE TRIGGER {name} {when} BEGIN {what} END"


def _postgresql():
    yield """
        CREATE OR REPLACE FUNCTION articles_link_repeats() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            SELECT edition_id, live_from INTO NEW.edition_id, NEW.live_from
            FROM articles_story WHERE id = NEW.story_id;
            RETURN NEW;
        END $$"""
    follow = "".join(
        f"UPDATE {table} SET edition_id = NEW.edition_id, live_from = NEW.live_from WHERE {story_id} = NEW.id;\n"
        for table, story_id in LINKS.items()
    )
    yield f"""
        CREATE OR REPLACE FUNCTION articles_story_moved() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            {follow}
            RETURN NULL;
        END $$"""
    for table in LINKS:
        yield f"""CREATE OR REPLACE TRIGGER {table}_repeats BEFORE INSERT OR UPDATE ON {table}
                  FOR EACH ROW EXECUTE FUNCTION articles_link_repeats()"""
    yield """CREATE OR REPLACE TRIGGER articles_story_added AFTER INSERT ON articles_story
             FOR EACH ROW EXECUTE FUNCTION articles_story_moved()"""
    yield """CREATE OR REPLACE TRIGGER articles_story_moved AFTER UPDATE ON articles_story FOR EACH ROW
             WHEN (OLD.live_from IS DISTINCT FROM NEW.live_from OR OLD.edition_id <> NEW.edition_id)
             EXECUTE FUNCTION articles_story_moved()"""
    yield r"""
        CREATE OR REPLACE FUNCTION articles_text_changed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            DELETE FROM articles_photointext WHERE story_id = NEW.id;
            INSERT INTO articles_photointext (story_id, uid)
                SELECT DISTINCT NEW.id, held[1]::uuid
                FROM regexp_matches(NEW.body, '<figure data-photo="([0-9a-f-]{36})"', 'g') AS held;
            RETURN NULL;
        END $$"""
    yield """CREATE OR REPLACE TRIGGER articles_text_added AFTER INSERT ON articles_story
             FOR EACH ROW EXECUTE FUNCTION articles_text_changed()"""
    yield """CREATE OR REPLACE TRIGGER articles_text_changed AFTER UPDATE OF body ON articles_story FOR EACH ROW
             WHEN (OLD.body IS DISTINCT FROM NEW.body) EXECUTE FUNCTION articles_text_changed()"""
    yield fills.search_column()
    yield "CREATE INDEX IF NOT EXISTS articles_story_search ON articles_story USING gin (search)"
