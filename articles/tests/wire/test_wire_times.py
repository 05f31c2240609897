"""What a date on the wire tells, in every way that it is written."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from articles.wire.values import normalise, times

ZONE = ZoneInfo("Asia/Makassar")
THEN = datetime(2023, 10, 19, 13, 5, tzinfo=UTC)  # 20:05 WIB


@pytest.mark.parametrize(
    "written",
    [
        "2023-10-19T13:05:00Z",
        "2023-10-19T20:05:00+07:00",
        "2023-10-19T20:05+07",
        "2023-10-19 20:05:00 +0700",
        "20231019T200500+0700",
        "2023-10-19T20:05:00.000000000+07:00",
        "2023-10-19T13:05:00-00:00",
        "2023-10-19T20:05:00+07:00[Asia/Jakarta]",
        "2023/10/19 13:05:00 UTC",
        "Thu, 19 Oct 2023 13:05:00 GMT",
        "Thu, 19 Oct 2023 13:05:00 -0000",
        "Thu, 19 Oct 2023 13:05:00 Z",
        "Thu, 19 Oct 2023 20:05:00 GMT+0700",
        "Thu, 19 Oct 2023 20:05:00 UTC+7",
        "Thu, 19 Oct 2023 20:05:00 UTC +07:00",
        "Thu, 19 Oct 2023 20:05:00 +07:00",
        "Thu, 19 Oct 2023 20:05:00 +7",
        "Thu, 19 Oct 2023 11:05:00 \N{MINUS SIGN}0200",
        "Thu, 19 Oct 2023 20:05:00 WIB",
        "Thu, 19 Oct 2023 21:05:00 WITA",
        "Thu, 19 Oct 2023 22:05:00 wit",
        "Thu, 19 Oct 2023 20:05:00 Asia/Jakarta",
        "Thu, 19 Oct 2023 20:05:00 Etc/GMT-7",
        "Thu, 19 Oct 2023 09:05:00 EDT",
        "Thu, 19 Oct 2023 20:05:00 +0700 (WIB)",
        "Thu, 19 Oct 2023 20:05:00 (WIB)",
        "Kamis, 19/10/2023 20:05 WIB",
        "19/10/2023 21.05 WITA",
        "Kamis, 19-10-2023 13:05 UTC",
        "19.10.2023, 20.05 WIB",
        "Mon, 19 Oct 2023 20:05:00 +0700",
        "Thursday, 19-Oct-23 13:05:00 GMT",
        "19 Oct 2023 20:05 +0700",
        "Kam, 19 Okt 2023 20:05:00 +0700",
        "Kamis, 19 Oktober 2023 | 20.05 WIB",
        "Kamis, 19 Oktober 2023 pukul 20.05 WIB",
        "Thu Oct 19 13:05:00 UTC 2023",
        "Thu Oct 19 2023 20:05:00 GMT+0700 (Western Indonesia Time)",
        "October 19, 2023 8:05 PM WIB",
        "19 Oct 23 08:05 p.m. WIB",
        "2023-10-19 20:05 WIB",
    ],
)
def test_the_zone_that_is_written_is_obeyed(written):
    assert times.parse_datetime(written, ZONE) == (THEN, True)


@pytest.mark.parametrize(
    "written",
    [
        "2023-10-19 20:05",
        "2023-10-19T20:05:00",
        "2023/10/19 20:05:00",
        "Thu, 19 Oct 2023 20:05:00",
        "Kamis, 19 Oktober 2023 20:05",
        "Thu Oct 19 20:05:00 2023",
        "Oct 19, 2023 8:05 pm",
        "19 Agustus 2023 20.05",
        "19 Mei 2023 20.05",
    ],
)
def test_without_a_zone_it_is_that_of_the_edition_and_that_is_said(written):
    found, has_zone = times.parse_datetime(written, ZONE)
    assert (found.hour, found.minute, found.utcoffset(), has_zone) == (20, 5, timedelta(hours=8), False)


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("Sat, 31 Dec 2016 23:59:60 +0000", datetime(2017, 1, 1, tzinfo=UTC)),
        ("2016-12-31T24:00:00Z", datetime(2017, 1, 1, tzinfo=UTC)),
        ("2017-01-01", datetime(2017, 1, 1, tzinfo=ZONE)),
        ("1 Januari 2017", datetime(2017, 1, 1, tzinfo=ZONE)),
        ("1 Jan 99 00:00 GMT", datetime(1999, 1, 1, tzinfo=UTC)),
        ("12:30 AM, 1 Jan 2017 UTC", datetime(2017, 1, 1, 0, 30, tzinfo=UTC)),
        ("2017-01-01T00:00:00.1239999999Z", datetime(2017, 1, 1, 0, 0, 0, 123_999, tzinfo=UTC)),
        ("Sun, 01 Jan 2017 00:00:00.123 +0000", datetime(2017, 1, 1, 0, 0, 0, 123_000, tzinfo=UTC)),
    ],
)
def test_seconds_and_days_that_are_rare(written, found):
    assert times.parse_datetime(written, ZONE)[0] == found


@pytest.mark.parametrize(
    "written",
    [
        "WIB, 10/19/2023 20:05", "Kamis 19/10-2023", "Kamis, 19/10/2023 3 20:05",
        "kemarin", "19/10/2023", "10/19/2023 20:05", "19.10.2023 20:05", "2023-02-30", "31 Feb 2023 10:00 GMT",
        "Thu, 19 Oct 2023 25:00 GMT", "Thu, 19 Oct 2023 20:05 +9900", "0000-00-00 00:00:00", "9999-12-31T00:00:00Z",
        "Mon, 30 Nov -0001 00:00:00 +0000", "1697716800", "20:05", "x" * 5_000, "1 " * 40, "13 PM 2023", "٣ Oct",
        "Thu, 19 Oct 2023 20:05 America/../../etc/passwd", "2023-10-19 20:05 21:05", "31 Dec 9999 24:00:00 GMT",
    ],
)  # fmt: skip
def test_what_is_no_date_is_none(written):
    with pytest.raises(ValueError, match=r"^"):
        times.parse_datetime(written, ZONE)


@pytest.mark.parametrize("zone", ["XYZ", "IST", "Asia/Entah", "waktu setempat", "(QQQ)"])
def test_a_zone_that_nobody_knows_is_told_as_that_and_not_guessed(zone):
    remarks = []
    with translation.override("en"):
        assert normalise.parse_datetime(f"Thu, 19 Oct 2023 20:05:00 {zone}", ZONE, remarks) is None
    assert remarks[0].startswith(
        f"The time zone “{zone.strip('()')}” of “Thu, 19 Oct 2023 20:05:00 {zone}” is not known"
    )


def test_a_zone_with_daylight_saving_is_that_of_the_day():
    found, _has_zone = times.parse_datetime("1 Jul 2023 12:00 Europe/Amsterdam", ZONE)
    assert found.utcoffset() == timezone(timedelta(hours=2)).utcoffset(None)
