"""Triggers that carry what becomes of a story to other tables: time and edition to its links, photos of its text, the
end of its assignment."""

from . import fills
from .invalidation import WAITS
from .sql import trigger

LINKS = dict.fromkeys(fills.LINKS, "story_id")
CLOSES = "articles_story_closes_assignment"


def sqlite():
    yield from _links_sqlite()
    yield from _photos_sqlite()


def postgresql():
    yield from _links_postgresql()
    yield from _photos_postgresql()


def _links_sqlite():
    for table, story_id in LINKS.items():
        of_story = f"(SELECT edition_id, live_from FROM articles_story WHERE id = NEW.{story_id})"
        differs = f"WHEN (NEW.edition_id, NEW.live_from) IS NOT {of_story}"
        repeat = f"""
            UPDATE {table} SET (edition_id, live_from) = {of_story} WHERE id = NEW.id;"""
        yield from trigger(f"{table}_added", f"AFTER INSERT ON {table} {differs}", repeat)
        changed = f"AFTER UPDATE OF {story_id}, edition_id, live_from ON {table} {differs}"
        yield from trigger(f"{table}_changed", changed, repeat)
    follow = "".join(
        f"""
            UPDATE {table} SET edition_id = NEW.edition_id, live_from = NEW.live_from WHERE {story_id} = NEW.id;"""
        for table, story_id in LINKS.items()
    )
    waits = f"WHEN NOT {WAITS}()"  # stories of the wire come before their credits and tags: touched_together.py
    yield from trigger("articles_story_added", f"AFTER INSERT ON articles_story {waits}", follow)
    yield from trigger(
        "articles_story_moved",
        """AFTER UPDATE OF edition_id, publish_at, embargo_until ON articles_story
           WHEN OLD.live_from IS NOT NEW.live_from OR OLD.edition_id IS NOT NEW.edition_id""",
        follow,
    )


def _photos_sqlite():
    gone = "DELETE FROM articles_photointext WHERE story_id = NEW.id;"
    there = """
        INSERT INTO articles_photointext (story_id, uid) SELECT NEW.id, value FROM json_each(photos_in(NEW.body));"""
    holds_some = (
        "WHEN instr(NEW.body, '<figure')"  # few texts do; for each of the others Python would be called for nothing
    )
    yield from trigger("articles_text_added", f"AFTER INSERT ON articles_story {holds_some}", there)
    changed = "AFTER UPDATE OF body ON articles_story WHEN OLD.body IS NOT NEW.body"
    yield from trigger("articles_text_changed", changed, gone + there)


def _links_postgresql():
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


def _photos_postgresql():
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


def sections_shown(vendor):
    """The triggers that clear `is_provisional` of a section when readers get a story in it."""
    now = {"sqlite": "strftime('%Y-%m-%d %H:%M:%f', 'now')", "postgresql": "now()"}[vendor]
    is_live = f"NEW.state = 'released' AND NEW.live_from <= {now}"
    does = "UPDATE articles_section SET is_provisional = FALSE WHERE id = NEW.section_id AND is_provisional = TRUE;"
    for event in ("INSERT", "UPDATE OF state, publish_at, embargo_until, section_id"):
        name = f"articles_story_shows_section_{event.partition(' ')[0].lower()}"
        if vendor == "sqlite":
            yield from trigger(name, f"AFTER {event} ON articles_story WHEN {is_live}", does)
        else:
            yield f"""CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS
                      $$ BEGIN {does} RETURN NULL; END $$"""
            yield f"""CREATE OR REPLACE TRIGGER {name} AFTER {event} ON articles_story FOR EACH ROW
                      WHEN ({is_live}) EXECUTE FUNCTION {name}()"""


def assignments_done(vendor):
    """An assignment is done when its story is released."""
    when = "OLD.state <> 'released' AND NEW.state = 'released'"
    does = """UPDATE articles_assignment SET state = 'done', closed_at = CURRENT_TIMESTAMP
          WHERE story_id = NEW.id AND closed_at IS NULL;"""
    if vendor == "sqlite":
        yield from trigger(CLOSES, f"AFTER UPDATE OF state ON articles_story WHEN {when}", does)
        return
    yield f"""CREATE OR REPLACE FUNCTION {CLOSES}() RETURNS trigger LANGUAGE plpgsql AS
              $$ BEGIN {does} RETURN NULL; END $$"""
    yield f"""CREATE OR REPLACE TRIGGER {CLOSES} AFTER UPDATE OF state ON articles_story FOR EACH ROW
              WHEN ({when}) EXECUTE FUNCTION {CLOSES}()"""
