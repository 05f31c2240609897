"""Formats of Django's own output, the same as those of articles/desk/timestamps.py: 28 Nov 2026, 04.28 WITA."""

DATE_FORMAT = "j M Y"
TIME_FORMAT = "H.i"
DATETIME_FORMAT = "j M Y, H.i T"

# What may be typed, the first as the desk writes it. Django's own list also takes 12/31/2026, which Indonesia reads as
# the 12th day of a month.
DATE_INPUT_FORMATS = ["%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%y", "%d/%m/%y"]
TIME_INPUT_FORMATS = ["%H.%M.%S", "%H.%M", "%H:%M:%S", "%H:%M", "%H"]
