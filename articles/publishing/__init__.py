"""The moves a person makes with a story, and what must be done before each.

Every move is one transaction: it locks the story, asks who may (permissions.py) and what must hold (checks.py), refuses
or changes it, and writes a Revision. Whoever moves a story, by form, button, list or import, calls these functions.
"""

from .checks import (
    A_WEEK,
    begins,
    doubts,
    ending_rights,
    is_headline_alone,
    misplaced,
    revealed_by,
    stray_section,
    unready,
)
from .references import POINTING, Pointed, keep_keys
from .scheduled import as_it_will_be, call_off, let_out, prepare
from .shared_rows import breaks
from .snapshots import begin, record, record_all, restore, snapshot, told
from .transitions import (
    MOVES,
    UNRELEASED,
    Doubtful,
    Refused,
    address_taken,
    approve,
    bring_back,
    changed,
    correct,
    open_moves,
    release,
    reschedule,
    return_to_writer,
    set_day,
    submit,
    was_live,
    withdraw,
)

__all__ = [
    "A_WEEK",
    "MOVES",
    "POINTING",
    "UNRELEASED",
    "Doubtful",
    "Pointed",
    "Refused",
    "address_taken",
    "approve",
    "as_it_will_be",
    "begin",
    "begins",
    "breaks",
    "bring_back",
    "call_off",
    "changed",
    "correct",
    "doubts",
    "ending_rights",
    "is_headline_alone",
    "keep_keys",
    "let_out",
    "misplaced",
    "open_moves",
    "prepare",
    "record",
    "record_all",
    "release",
    "reschedule",
    "restore",
    "revealed_by",
    "return_to_writer",
    "set_day",
    "snapshot",
    "stray_section",
    "submit",
    "told",
    "unready",
    "was_live",
    "withdraw",
]
