"""The transitions that a person makes with a story, and the checks before each.

Every transition is one transaction: it locks the story, asks permissions/ and checks.py, refuses or changes the
story, and writes a Revision. Forms, buttons, lists and imports all call these functions.
"""

from . import told
from .checks import (
    A_WEEK,
    begins,
    blockers,
    blockers_as_read,
    blockers_of,
    doubts,
    ending_rights,
    in_the_way_of,
    is_headline_alone,
    lacking,
    misplaced,
    stray_section,
)
from .filing import add_tag, set_section, set_time, why_not_section, why_not_tag
from .hands import alone, begun, begun_on, four_eyes, typed_since, worked_since
from .merging import merge, stories_of
from .overtaken import BOTH, BY_ITEM, MINE, THEIRS, TOGETHER, base_of, before, differing, merged, since
from .parts import Parts, parts_of
from .protected import revealed_by
from .ready import checklist, settled
from .references import POINTING, References, keep_keys, public_id
from .scheduled import apply_due, as_it_will_be, cancel_change, schedule_change
from .shared_rows import breaks
from .snapshots import as_stored, begin, part_label, record, record_all, restore, set_aside, snapshot, snapshot_of
from .standing_in import approver
from .standing_in import section as section_at_first
from .transitions import (
    TRANSITIONS,
    UNRELEASED,
    Doubtful,
    Refused,
    address_taken,
    approve,
    bring_back,
    changed,
    correct,
    expired_at_once,
    open_transitions,
    release,
    reschedule,
    return_to_writer,
    set_day,
    submit,
    take_back,
    was_live,
    withdraw,
)

__all__ = [
    "A_WEEK",
    "BOTH",
    "BY_ITEM",
    "MINE",
    "POINTING",
    "THEIRS",
    "TOGETHER",
    "TRANSITIONS",
    "UNRELEASED",
    "Doubtful",
    "Parts",
    "References",
    "Refused",
    "add_tag",
    "address_taken",
    "alone",
    "apply_due",
    "approver",
    "approve",
    "as_it_will_be",
    "as_stored",
    "base_of",
    "before",
    "begin",
    "begins",
    "begun",
    "begun_on",
    "blockers",
    "blockers_as_read",
    "blockers_of",
    "breaks",
    "bring_back",
    "cancel_change",
    "changed",
    "checklist",
    "correct",
    "differing",
    "doubts",
    "ending_rights",
    "expired_at_once",
    "four_eyes",
    "in_the_way_of",
    "is_headline_alone",
    "keep_keys",
    "lacking",
    "merge",
    "merged",
    "misplaced",
    "open_transitions",
    "part_label",
    "parts_of",
    "public_id",
    "record",
    "record_all",
    "release",
    "reschedule",
    "restore",
    "return_to_writer",
    "revealed_by",
    "schedule_change",
    "section_at_first",
    "set_aside",
    "set_day",
    "set_section",
    "set_time",
    "settled",
    "since",
    "snapshot",
    "snapshot_of",
    "stories_of",
    "stray_section",
    "submit",
    "take_back",
    "told",
    "typed_since",
    "was_live",
    "why_not_section",
    "why_not_tag",
    "withdraw",
    "worked_since",
]
