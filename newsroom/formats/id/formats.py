"""Dates where Django writes them by itself, as the rest of the paper has them: 28 Nov 2026, 04.28."""

DATE_FORMAT = "j M Y"
TIME_FORMAT = "H.i"
DATETIME_FORMAT = "j M Y, H.i"
