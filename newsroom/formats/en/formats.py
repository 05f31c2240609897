"""Formats of Django's own output, the same as those of articles/desk/timestamps.py: 28 Nov 2026, 04.28 WITA."""

DATE_FORMAT = "j M Y"
TIME_FORMAT = "H.i"
DATETIME_FORMAT = "j M Y, H.i T"
