"""The sessions of an account end in the transaction that changes its password, its roles or its rights.

Triggers see to it, so that it holds for the desk, for commands, for `update` and for SQL. Signing in again is cheap;
somebody who has lost a right must not keep it until their session ends. What was typed stays in the working copy.
"""

TABLE = "articles_desksession"
OF_ACCOUNT = ("password", "is_active", "is_staff", "is_superuser")
LINKS = ("articles_membership", "auth_user_groups", "auth_user_user_permissions")  # each has a `user_id`


def statements(vendor):
    """The SQL that makes the triggers; run again, it makes them anew."""
    return {"sqlite": _sqlite, "postgresql": _postgresql}[vendor]()


def _events():
    """(name, table, event, condition, rows whose account's sessions end)"""
    columns = ", ".join(f'"{name}"' for name in OF_ACCOUNT)
    differs = " OR ".join(f'OLD."{name}" <> NEW."{name}"' for name in OF_ACCOUNT)
    yield "account", "auth_user", f"UPDATE OF {columns}", differs, ["NEW.id"]
    for table in LINKS:
        name = table.removeprefix("articles_")
        yield f"{name}_given", table, "INSERT", "", ["NEW.user_id"]
        yield f"{name}_changed", table, "UPDATE", "", ["OLD.user_id", "NEW.user_id"]
        yield f"{name}_taken", table, "DELETE", "", ["OLD.user_id"]


def _sqlite():
    for name, table, event, condition, of in _events():
        when = f" WHEN {condition}" if condition else ""
        yield f"DROP TRIGGER IF EXISTS {TABLE}_{name}"
        yield f"""CREATE TRIGGER {TABLE}_{name} AFTER {event} ON {table}{when}
                  BEGIN DELETE FROM {TABLE} WHERE user_id IN ({", ".join(of)}); END"""


def _postgresql():
    for name, table, event, condition, of in _events():
        when = f" WHEN ({condition})" if condition else ""
        yield f"""CREATE OR REPLACE FUNCTION {TABLE}_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                  DELETE FROM {TABLE} WHERE user_id IN ({", ".join(of)}); RETURN NULL; END $$"""
        yield f"""CREATE OR REPLACE TRIGGER {TABLE}_{name} AFTER {event} ON {table}
                  FOR EACH ROW{when} EXECUTE FUNCTION {TABLE}_{name}()"""
