"""An assignment is done when its story is released: a trigger says so, on every way a story gets there."""

from .sql import trigger

NAME = "articles_story_closes_assignment"
WHEN = "OLD.state <> 'released' AND NEW.state = 'released'"
DOES = """UPDATE articles_assignment SET state = 'done', closed_at = CURRENT_TIMESTAMP
          WHERE story_id = NEW.id AND closed_at IS NULL;"""


def statements(vendor):
    if vendor == "sqlite":
        yield from trigger(NAME, f"AFTER UPDATE OF state ON articles_story WHEN {WHEN}", DOES)
        return
    yield f"""CREATE OR REPLACE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS
              $$ BEGIN {DOES} RETURN NULL; END $$"""
    yield f"""CREATE OR REPLACE TRIGGER {NAME} AFTER UPDATE OF state ON articles_story FOR EACH ROW
              WHEN ({WHEN}) EXECUTE FUNCTION {NAME}()"""
