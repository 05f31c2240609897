"""One row that cannot be told costs no feed, sitemap or export the others. Pure but for the log."""

import logging

log = logging.getLogger(__name__)


def each(rows, tell):
    """What `tell` makes of each of the rows. A row that it fails on is left out and logged, with the reason."""
    for row in rows:
        try:
            told = tell(row)
        except Exception:
            log.exception("This row cannot be told to readers, and is left out: %.200r", row)
        else:
            yield told
