"""Parts of SQL that several files of triggers share."""


def trigger(name, when, does):
    yield f"DROP TRIGGER IF EXISTS {name}"
    yield f"CREATE TRIGGER {name} {when} BEGIN {does} END"
