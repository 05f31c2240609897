from .refusals import refusal
from .sessions import at_one_moment, for_bulk, let_go, teach_connection
from .touched_together import touched_together
from .triggers import (
    STALE,
    differing,
    has_migrations,
    install,
    make_search_anew,
    put_back,
    refuse_stale,
    remove,
    statements,
)

__all__ = [
    "STALE",
    "at_one_moment",
    "differing",
    "for_bulk",
    "has_migrations",
    "install",
    "let_go",
    "make_search_anew",
    "put_back",
    "refusal",
    "refuse_stale",
    "remove",
    "statements",
    "teach_connection",
    "touched_together",
]
