"""Every move: from which states it starts, and what its story must have."""

from articles.models import Revision
from articles.models.story import Standing

FIT = {
    "submit": "submitted", "take_back": "draft", "return": "returned", "approve": "approved", "release": "released",
    "reschedule": "released", "correct": "released", "withdraw": "withdrawn",
}  # fmt: skip
STARTS = {
    # where a story stands → the moves that may start there
    Standing.DRAFT: {"submit", "approve", "release"},
    Standing.RETURNED: {"submit", "approve", "release"},
    Standing.SUBMITTED: {"take_back", "return", "approve", "release"},
    Standing.APPROVED: {"return", "release"},
    Standing.SCHEDULED: {"reschedule", "withdraw"},
    Standing.EMBARGOED: {"reschedule", "withdraw"},
    Standing.LIVE: {"correct", "withdraw"},
    Standing.EXPIRED: {"correct", "withdraw"},
    Standing.WITHDRAWN: {"release"},
}
LOGGED = {"take_back": "taken_back", "reschedule": "rescheduled", "correct": "corrected"}


def broken(story):
    """Numbers of the revisions whose hash of the one before is not that of the one before; all in a row count."""
    rows = list(Revision.objects.filter(story=story).order_by("number"))
    hashes = ["", *(row.hash for row in rows)]
    return [
        row.number for place, row in enumerate(rows) if row.previous_hash != hashes[place] or row.number != place + 1
    ]
