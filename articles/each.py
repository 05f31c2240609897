"""One broken row does not cost a feed, a sitemap or an export its other rows. Pure but for the log."""

import logging

log = logging.getLogger(__name__)


def each(rows, convert):
    """Yields `convert(row)` for each row. A row for which it fails is left out and logged with the reason."""
    for row in rows:
        try:
            item = convert(row)
        except Exception:
            log.exception("This row cannot be told to readers, and is left out: %.200r", row)
        else:
            yield item
