from .refusals import refusal
from .sessions import at_one_moment, for_bulk, let_go, teach_connection
from .touched_together import touched_together
from .triggers import (
    STALE,
    are_stale,
    differing,
    has_migrations,
    install,
    lacks_migrations,
    make_search_anew,
    put_back,
    refuse_stale,
    remove,
    statements,
)

__all__ = [
    "STALE",
    "are_stale",
    "at_one_moment",
    "differing",
    "for_bulk",
    "has_migrations",
    "install",
    "lacks_migrations",
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
