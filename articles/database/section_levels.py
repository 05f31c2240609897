"""A section lies at most one level deep, within a main section of its own edition: triggers refuse anything else.

`Section.clean` says so to editors. `loaddata` and bulk writes do not pass it, so the database checks it, too.
Both ends are looked at, since rows may come in any order: that of a parent and that of its children.
"""

TABLE = "articles_section"
NAME = "section_lies_in_a_main_section"  # stands in the error, and in Section.kept_by_triggers
COLUMNS = "parent_id, edition_id"
PARENT_IS_WRONG = f"""NEW.parent_id IS NOT NULL AND EXISTS (
    SELECT 1 FROM {TABLE} p
    WHERE p.id = NEW.parent_id AND (p.parent_id IS NOT NULL OR p.edition_id <> NEW.edition_id))"""
CHILD_IS_WRONG = f"""EXISTS (
    SELECT 1 FROM {TABLE} c
    WHERE c.parent_id = NEW.id AND (NEW.parent_id IS NOT NULL OR c.edition_id <> NEW.edition_id))"""


def statements(vendor):
    """The SQL that makes the triggers; run again, it makes them anew."""
    return {"sqlite": _sqlite, "postgresql": _postgresql}[vendor]()


def _sqlite():
    for name, when in (("placed", "INSERT"), ("moved", f"UPDATE OF {COLUMNS}")):
        yield f"DROP TRIGGER IF EXISTS {TABLE}_{name}"
        yield f"""CREATE TRIGGER {TABLE}_{name} BEFORE {when} ON {TABLE}
                  WHEN ({PARENT_IS_WRONG}) OR {CHILD_IS_WRONG}
                  BEGIN SELECT RAISE(ABORT, '{NAME}'); END"""


def _postgresql():
    yield f"""CREATE OR REPLACE FUNCTION {TABLE}_placed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
              IF ({PARENT_IS_WRONG}) OR {CHILD_IS_WRONG} THEN
                  RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = '{NAME}', MESSAGE = '{NAME}';
              END IF;
              RETURN NEW; END $$"""
    yield f"""CREATE OR REPLACE TRIGGER {TABLE}_placed BEFORE INSERT OR UPDATE OF {COLUMNS} ON {TABLE}
              FOR EACH ROW EXECUTE FUNCTION {TABLE}_placed()"""
