"""Internal rows: invalidations of pages, counts of reads and of attempts."""
