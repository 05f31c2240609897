import json
import time
from datetime import date

import pytest
from django.conf import settings as django_settings
from django.utils import translation

from articles.text import body, facts

DAY, DAY_ONE = date(2023, 10, 19), date(2022, 2, 24)
LETTERS = str.maketrans("01", "bc")


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def keys(text, day=DAY, field="body"):
    return [doubt.key for doubt in facts.doubts({field: text}, day, DAY_ONE)]


@pytest.mark.parametrize(
    "right",
    [
        "Kamis (19/10/2023), Selasa (17/10/2023)", "Kamis, 19 Oktober 2023", "KAMIS 19 OKTOBER 2023", "Kamis (19/10)",
        "Kamis malam (19/10/2023)", "Kamis, tanggal 19 Oktober", "Kamis (19-10-2023)", "Kamis (19/10/23)",
        "Jum'at, 20 Oktober 2023", "Jum’at (20/10)", "Ahad 22 Okt. 2023",
        "Thursday, 19 October 2023", "Thursday (19/10/2023)", "Thursday, October 19th, 2023", "Thursday (10/19/2023)",
        "malam Jumat (19/10/2023)", "Sabtu dan Minggu (21/10/2023)", "Jumat-Minggu (20/10/2023-22/10/2023)",
        "dalam dua minggu (19/10/2023)", "Minggu lalu (12/10/2023)", "Rabu-Kamis (18-19/10/2023)",
    ],
)  # fmt: skip
def test_a_weekday_that_is_that_of_its_date_passes(right):
    assert keys(right) == []


@pytest.mark.parametrize(
    ("wrong", "quote", "weekday"),
    [
        ("pada Rabu (19/10/2023).", "Rabu (19/10/2023)", "Kamis"),
        ("pada Rabu, 19 Oktober 2023.", "Rabu, 19 Oktober 2023", "Kamis"),
        ("pada Rabu malam (19/10) WITA", "Rabu malam (19/10)", "Kamis"),
        ("RABU, 19\nOkt 2023", "RABU, 19 Okt 2023", "Kamis"),
        ("Ahad (19/10/2023)", "Ahad (19/10/2023)", "Kamis"),
        ("Jum'at 19/10/2023", "Jum'at 19/10/2023", "Kamis"),
        ("on Friday, 19 October 2023", "Friday, 19 October 2023", "Thursday"),
        ("Friday, October 19, 2023", "Friday, October 19, 2023", "Thursday"),
        ("Minggu (31/12)", "Minggu (31/12)", "Sabtu"),  # of 2022
    ],
)
def test_a_wrong_weekday_is_doubted_and_the_right_one_named(wrong, quote, weekday):
    day = date(2023, 1, 2) if "31/12" in wrong else DAY
    [doubt] = facts.doubts({"body": wrong}, day)
    assert doubt.key == f"weekday:{quote}"
    assert f" is {weekday}." in doubt.message


def test_the_doubt_names_the_date_of_the_weekday_as_well():
    [doubt] = facts.doubts({"body": "Rabu (19/10/2023)"})
    assert doubt.message == "“Rabu (19/10/2023)”: 19/10/2023 is Kamis. If the weekday is right, Rabu is 18/10/2023."


def test_a_date_without_a_year_is_judged_only_where_the_day_of_the_story_is_known():
    assert keys("Rabu (19/10)", day=None) == []
    assert keys("Kamis (31/2)", day=None) == ["date:Kamis (31/2)"]


@pytest.mark.parametrize(
    ("text", "quote", "hint"),
    [
        ("(31/2/2023)", "31/2/2023", "days 1 to 28."),
        ("sampai 30 Februari 2024", "30 Februari 2024", "days 1 to 29."),
        ("29 Februari 2023", "29 Februari 2023", "days 1 to 28."),
        ("sejak 31 Juni hingga", "31 Juni", "days 1 to 30."),
        ("(19/13/2023)", "19/13/2023", "no month 13."),
        ("(10/19/2023)", "10/19/2023", "Write the day first: 19/10/2023."),
        ("Kamis (0/10/2023)", "Kamis (0/10/2023)", "days 1 to 31."),
        ("April 31, 2023", "April 31, 2023", "days 1 to 30."),
    ],
)
def test_a_date_that_no_calendar_has_is_doubted(text, quote, hint):
    [doubt] = facts.doubts({"body": text}, DAY)
    assert doubt.key == f"date:{quote}"
    assert hint in doubt.message


@pytest.mark.parametrize(
    "text",
    [
        "29 Februari 2024", "lahir 29 Februari", "skor 31/2", "Kamis 3/4 peserta", "Nomor 31/2/2023", "45 may go",
        "Februari 30 orang", "timnas U-32 April 2024", "HUT RI ke 79 Agustus 2024", "Kamis (19.30)", "a.id/31/2/2023",
        "SK/31/2/2023", "1/31/2/2023", "31/2/20234", "mulai pukul 20.31 April",
    ],
)  # fmt: skip
def test_numbers_that_are_no_wrong_date_pass(text):
    assert keys(text) == []


@pytest.mark.parametrize("field", ["headline", "short_headline", "standfirst"])
@pytest.mark.parametrize("quote", ["Hari Ke-604", "hari ke 604", "HARI KE‑604", "Day 604", "Hari Ke-1.603"])
def test_a_wrong_day_number_is_doubted_and_the_right_one_named(field, quote):
    [doubt] = facts.doubts({field: f"Perang {quote}: Kyiv"}, DAY, DAY_ONE)
    assert doubt.key == f"day_number:{quote}"
    assert "19/10/2023, when the story goes live, is day 603. Day 1 was 24/2/2022." in doubt.message


@pytest.mark.parametrize("text", ["Hari Ke-603", "Day 603, unlike Day 602", "Independence Day 2023", "7-Day 5", "Hari"])
def test_headlines_without_a_wrong_day_number_pass(text):
    assert keys(text, field="headline") == []


def test_thousands_are_read_with_their_point():
    assert keys("Hari Ke-1.000", day=date(2024, 11, 19), field="headline") == []


def test_day_numbers_of_the_body_and_of_stories_without_a_first_day_pass():
    assert keys("pada hari ke-2 festival") == []
    assert facts.doubts({"headline": "Hari Ke-604"}, DAY) == facts.doubts({"headline": "Hari Ke-604"}, None, DAY) == []


def test_a_story_before_the_first_day_of_its_running_story_is_doubted():
    [doubt] = facts.doubts({"headline": "Hari Ke-1"}, date(2022, 2, 23), DAY_ONE)
    assert "before day 1 of its running story, 24/2/2022" in doubt.message


@pytest.mark.parametrize("slip", ["Ukaina", "Ukrraina", "Ukrania", "Ukraena", "Kuraina", "Ukrain"])
def test_a_name_that_differs_by_one_letter_from_a_frequent_one_is_doubted(slip):
    text = f"Di Ukraina, kata {slip}. Kota Ukraina dan tentara Ukraina."
    [doubt] = facts.doubts({"body": text})
    assert doubt.key == f"name:{slip}"
    assert doubt.message == f"“{slip}” stands once, “Ukraina” 3 times: is “Ukraina” meant?"


def test_a_slip_in_the_headline_is_found_by_the_name_in_the_body():
    texts = {"headline": "Perang Rusia Ukaina", "body": "Di Ukraina, ke Ukraina, dari Ukraina."}
    assert [doubt.key for doubt in facts.doubts(texts)] == ["name:Ukaina"]


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Rusia", "Rusian"), ("Ukraina", "Ukrainanya"), ("Golkar", "Golkari"), ("Ukrainian", "Ukrainians"),
        ("Golkaran", "Golkarkan"), ("Barat", "Darat"), ("Putra", "Putri"), ("Timur", "Timor"), ("Kodam", "Kodim"),
        ("Ukraina", "ukaina"), ("Ukraina", "UKAINA"), ("Ukraina", "Ukaina Ukaina"), ("Ukraina", "Ukaina ukaina"),
        ("Ukraina", "Ukaina1"), ("Iran", "Irak"), ("Kepala", "Kapala kepala"), ("Ukraina", "Ukana"),
    ],
)  # fmt: skip
def test_words_that_are_no_slip_pass(name, other):
    assert keys(f"Di {name}, kata {other}, ke {name}, dari {name}.") == []


def test_the_same_words_are_doubted_once():
    texts = {"standfirst": "Rabu (19/10/2023)", "body": "Rabu (19/10/2023), Rabu (19/10/2023)"}
    assert len(facts.doubts(texts)) == 1


@pytest.mark.parametrize(
    "mark",
    ["TKTK", "TK TK", "XXX", "xxx", "XXXX", "[cek]", "[cek ejaan]", "[tolong cek lagi]", "[TK]", "Lorem ipsum", "???"],
)
def test_marks_of_unfinished_work_are_found_once_as_they_stand(mark):
    assert facts.leftovers({"headline": mark, "body": f"Warga {mark} datang, {mark}."}) == [mark]


@pytest.mark.parametrize("text", ["Sebanyak TK orang", "kata TK.", "kata TK, lalu", "TK\nPolisi datang"])
def test_a_lone_tk_is_a_mark(text):
    assert facts.leftovers({"body": text}) == ["TK"]


@pytest.mark.parametrize(
    "text",
    [
        "TK Pertiwi", "TK Negeri", "TK “Pertiwi”", "TK 02", "siswa TK dan SD", "anak-anak TK", "PAUD/TK", "TK-Paud",
        "Taman Kanak-kanak (TK)", "TKI", "TKA", "Tk. I", "TKDN", "tersangka TK (34)", "berinisial TK", "BPJS TK",
        "PON XXX", "HUT ke-XXX", "XXXI", "Kongres XXX", "DM 1234 XXX", "0812-xxxx-xxxx", "Apa??", "[ceklis]", "[sic]",
        "kata [mereka]", "cek", "tktk",
    ],
)  # fmt: skip
def test_words_that_look_like_marks_pass(text):
    assert facts.leftovers({"body": text}) == []


def test_a_kindergarten_in_one_text_explains_the_tk_of_another():
    assert facts.leftovers({"headline": "Kepala TK dipuji", "body": "Guru itu mengajar."}) == []


def test_the_stories_of_the_fixture_give_no_doubts():
    rows = json.loads((django_settings.ROOT / "fixtures" / "newsroom.json").read_text())
    day_one = {row["fields"]["slug"]: row["fields"]["day_one"] for row in rows if row["model"] == "articles.series"}
    for story in (row["fields"] for row in rows if row["model"] == "articles.story"):
        texts = {field: story[field] for field in ("headline", "short_headline", "standfirst", "lead_caption")}
        texts["body"] = body.text(story["body"])
        days = story["day"], day_one[story["series"][0]] if story["series"] else None
        found = facts.doubts(texts, *(date.fromisoformat(day) if day else None for day in days))
        assert (found, facts.leftovers(texts)) == ([], []), story["slug"]


@pytest.mark.parametrize("piece", ["Kamis ", "Kamis (1/1/2000) ", "31 Juni ", "[a", "XXX ", "a", " ", None])
@pytest.mark.wide
def test_long_texts_are_read_in_a_moment(piece):
    text = piece * (400_000 // len(piece)) if piece else " ".join(f"A{n:b}".translate(LETTERS) for n in range(25_000))
    start = time.process_time()
    facts.doubts({"headline": text, "body": text[:9]}, DAY, DAY_ONE)
    facts.leftovers({"body": text})
    assert time.process_time() - start < 3  # measured: half a second at most
