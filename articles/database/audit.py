"""The audit log is append-only: triggers refuse to change or to delete an entry.

An entry older than two years is deleted when the next one is written: the law on personal data does not allow to keep
for ever which person was where. The clocks of the database and of the new entry must both say so, so that a clock that
runs ahead deletes nothing. A row that is saved unchanged (`loaddata` a second time) is accepted.
"""

import contextlib

from django.apps import apps

from . import generated

TABLE = "articles_auditentry"
REFUSED = "The audit log is append-only: its entries are neither changed nor deleted."


def statements(vendor):
    """The SQL that makes the triggers, as a list; run again, it makes them anew."""
    return {"sqlite": _sqlite, "postgresql": _postgresql}[vendor]()


@contextlib.contextmanager
def lifted(connection):
    """Remove the triggers for the one command that empties the whole database."""
    dropped = {
        "sqlite": [f"DROP TRIGGER IF EXISTS {TABLE}_{name}" for name in ("replaced", "changed", "deleted", "aged")],
        "postgresql": [f"DROP TRIGGER IF EXISTS {TABLE}_{name} ON {TABLE}" for name in ("kept", "emptied", "aged")],
    }
    with connection.cursor() as cursor:
        for statement in dropped[connection.vendor]:
            cursor.execute(statement)
    try:
        yield
    finally:
        generated.make(connection, statements(connection.vendor))


def _sqlite():
    """`INSERT OR REPLACE` deletes the old row without firing a trigger, so a trigger before the insert refuses it."""
    refuse = f"SELECT RAISE(ABORT, '{REFUSED}');"
    columns = [field.column for field in apps.get_model("articles", "AuditEntry")._meta.concrete_fields]
    differs = " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in columns)
    too_old, of_entry = (f"strftime('%Y-%m-%d %H:%M:%f', {time}, '-2 years')" for time in ("'now'", "NEW.written_at"))
    is_there = f"EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id OR uid = NEW.uid)"
    age = f"DELETE FROM {TABLE} WHERE written_at < min({too_old}, {of_entry});"
    triggers = {
        "replaced": (f"BEFORE INSERT ON {TABLE} WHEN {is_there}", refuse),
        "changed": (f"BEFORE UPDATE ON {TABLE} WHEN {differs}", refuse),
        "deleted": (f"BEFORE DELETE ON {TABLE} WHEN OLD.written_at >= {too_old}", refuse),
        "aged": (f"AFTER INSERT ON {TABLE}", age),
    }
    for name, (when, does) in triggers.items():
        yield f"DROP TRIGGER IF EXISTS {TABLE}_{name}"
        yield f"CREATE TRIGGER {TABLE}_{name} {when} BEGIN {does} END"


def _postgresql():
    too_old, of_entry = (f"{time} - interval '2 years'" for time in ("now()", "NEW.written_at"))
    refuse = f"RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = '{REFUSED}';"
    bodies = {
        "kept": f"""
            IF TG_OP = 'UPDATE' THEN
                IF OLD IS NOT DISTINCT FROM NEW THEN RETURN NEW; END IF;
            ELSIF OLD.written_at < {too_old} THEN RETURN OLD; END IF;
            {refuse}""",
        "emptied": refuse,
        "aged": f"DELETE FROM {TABLE} WHERE written_at < least({too_old}, {of_entry}); RETURN NULL;",
    }
    for name, does in bodies.items():
        yield f"""CREATE OR REPLACE FUNCTION {TABLE}_{name}() RETURNS trigger LANGUAGE plpgsql AS
                  $$ BEGIN {does} END $$"""
    when = {
        "kept": "BEFORE UPDATE OR DELETE ON {} FOR EACH ROW",
        "emptied": "BEFORE TRUNCATE ON {} FOR EACH STATEMENT",
        "aged": "AFTER INSERT ON {} FOR EACH ROW",
    }
    for name, event in when.items():
        yield f"CREATE OR REPLACE TRIGGER {TABLE}_{name} {event.format(TABLE)} EXECUTE FUNCTION {TABLE}_{name}()"
