"""Triggers that keep the former slugs of tags, people, series and sections (models/addresses/former.py)."""

from .sql import trigger

FORMER_SLUGS = {  # table: (the table of its former slugs, columns within which a slug is unique)
    "articles_tag": ("articles_formertagslug", []),
    "articles_person": ("articles_formerpersonslug", []),
    "articles_series": ("articles_formerseriesslug", []),
    "articles_section": ("articles_formersectionslug", ["edition_id"]),
}


def statements(vendor):
    for table, (former, within) in FORMER_SLUGS.items():
        yield from _renamed(vendor, table, former, within)


def _renamed(vendor, table, former, within):
    """The triggers that keep the former slug of a row until another row takes that slug."""

    def of(row):
        return " AND ".join(f"{column} = {row}.{column}" for column in ["slug", *within])

    columns = ["slug", *within]
    taken = f"DELETE FROM {former} WHERE {of('NEW')};"
    differs = " OR ".join(f"OLD.{column} <> NEW.{column}" for column in columns)
    keep = f"""
        DELETE FROM {former} WHERE {of("OLD")};
        INSERT INTO {former} ({", ".join(columns)}, row_id)
        VALUES ({", ".join(f"OLD.{column}" for column in columns)}, OLD.id);"""
    for event, operation, does in (("added", "INSERT", taken), ("renamed", "UPDATE", taken + keep)):
        name = f"{table}_slug_{event}"
        condition = f"WHEN ({differs})" if event == "renamed" else ""
        if vendor == "sqlite":
            yield from trigger(name, f"AFTER {operation} ON {table} {condition}", does)
        else:
            yield f"""CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS
                      $$ BEGIN {does} RETURN NULL; END $$"""
            yield f"""CREATE OR REPLACE TRIGGER {name} AFTER {operation} ON {table} FOR EACH ROW {condition}
                      EXECUTE FUNCTION {name}()"""
