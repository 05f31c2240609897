"""The transitions that a person makes with a story, and the checks before each.

Every transition is one transaction: it locks the story, asks permissions/ and checks.py, refuses or changes the
story, and writes a Revision. Forms, buttons, lists and imports all call these functions.
"""

from .checks import (
    A_WEEK,
    begins,
    blockers,
    blockers_of,
    doubts,
    ending_rights,
    in_the_way_of,
    is_headline_alone,
    lacking,
    misplaced,
    revealed_by,
    stray_section,
)
from .filing import add_tag, set_section, why_not_section, why_not_tag
from .merging import merge, stories_of
from .parts import parts_of
from .references import POINTING, References, keep_keys
from .scheduled import apply_due, as_it_will_be, cancel_change, schedule_change
from .shared_rows import breaks
from .snapshots import begin, part_label, record, record_all, restore, snapshot, snapshot_of
from .transitions import (
    TRANSITIONS,
    UNRELEASED,
    Doubtful,
    Refused,
    address_taken,
    alone,
    approve,
    bring_back,
    changed,
    correct,
    four_eyes,
    open_transitions,
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
    "POINTING",
    "TRANSITIONS",
    "UNRELEASED",
    "Doubtful",
    "References",
    "Refused",
    "add_tag",
    "address_taken",
    "alone",
    "apply_due",
    "approve",
    "as_it_will_be",
    "begin",
    "begins",
    "blockers",
    "blockers_of",
    "breaks",
    "bring_back",
    "cancel_change",
    "changed",
    "correct",
    "doubts",
    "ending_rights",
    "in_the_way_of",
    "four_eyes",
    "is_headline_alone",
    "keep_keys",
    "lacking",
    "merge",
    "misplaced",
    "open_transitions",
    "part_label",
    "parts_of",
    "record",
    "record_all",
    "release",
    "reschedule",
    "restore",
    "return_to_writer",
    "revealed_by",
    "schedule_change",
    "set_day",
    "set_section",
    "snapshot",
    "snapshot_of",
    "stories_of",
    "stray_section",
    "submit",
    "was_live",
    "why_not_section",
    "why_not_tag",
    "withdraw",
]
