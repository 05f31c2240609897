"""Internal rows: invalidations of pages, and counts of attempts."""
