"""The generated columns of PostgreSQL's search index, out of the way of a migrate.

PostgreSQL refuses to change or to drop a column that a generated column is made of. So before a migrate that does it,
the index of that table is dropped; after the migrate it is made anew (generated.py), after one that failed as it was.
"""

from django.db.migrations import AddField, AlterField, RemoveField, RenameField

EXPRESSION = """SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef JOIN pg_attribute
                ON attrelid = adrelid AND attnum = adnum WHERE adrelid = to_regclass(%s) AND attname = 'search'"""


def drop(cursor, plan, columns):
    """Drop the search columns in the way of `plan`. Returns [(table, expression)] of these.

    `columns`: {table: names of the columns that its search column is made of}.
    """
    dropped = []
    for table in sorted(_changed(plan, columns)):
        cursor.execute(EXPRESSION, [table])
        if found := cursor.fetchone():
            cursor.execute(f"ALTER TABLE {table} DROP COLUMN search")
            dropped.append((table, found[0]))
    return dropped


def put_back(cursor, dropped):
    for table, expression in dropped:
        cursor.execute(f"ALTER TABLE {table} ADD COLUMN search tsvector GENERATED ALWAYS AS ({expression}) STORED")
        cursor.execute(f"CREATE INDEX {table}_search ON {table} USING gin (search)")


def _changed(plan, columns):
    for migration, is_back in plan:
        kinds = (AlterField, RemoveField, RenameField, *([AddField] if is_back else []))
        for operation in migration.operations:
            if isinstance(operation, kinds):
                table = f"{migration.app_label}_{operation.model_name_lower}"
                names = {getattr(operation, "old_name", None), getattr(operation, "new_name", None), operation.name}
                if names & set(columns.get(table, ())):
                    yield table
