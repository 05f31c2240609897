"""Date formats for Django's own output, the same as on the site: 28 Nov 2026, 04.28."""

DATE_FORMAT = "j M Y"
TIME_FORMAT = "H.i"
DATETIME_FORMAT = "j M Y, H.i"
