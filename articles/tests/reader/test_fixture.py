"""The fixture's newsroom is worth reading: a picture of its own for each story, and every kind of story."""

import collections
import json

import pytest
from django.conf import settings

from articles.models.label import Label

FOLDER = settings.ROOT / "fixtures"
ROWS = json.loads((FOLDER / "newsroom.json").read_text())
SEED = "originals/kyiv-peringatan.jpg"
MOST = 2_500_000  # bytes of what was drawn


def rows(model):
    return [row["fields"] for row in ROWS if row["model"] == f"articles.{model}"]


STORIES = [story for story in rows("story") if story["state"] == "released"]


def test_no_picture_leads_two_of_its_stories():
    leads = collections.Counter(story["lead_photo"][0] for story in STORIES if story["lead_photo"])
    assert {uid: count for uid, count in leads.items() if count > 1} == {}
    assert len(leads) >= 60
    assert len(STORIES) >= 85
    assert [story["headline"] for story in STORIES if not story["lead_photo"]] == []


def test_drawn_pictures_say_so_and_that_of_the_seed_page_keeps_its_credit_alone():
    drawn = [photo for photo in rows("photo") if "logo-" not in photo["file"] and photo["file"] != SEED]
    assert {photo["digital_source_type"] for photo in drawn} == {"digitalCreation"}
    [seed] = [photo for photo in rows("photo") if photo["file"] == SEED]
    assert (seed["agency"], seed["photographer"]) == ("AFP", "BAY ISMOYO")
    assert [photo["title"] for photo in drawn if not (photo["alt"] and photo["caption"])] == []


@pytest.mark.parametrize("label", Label.values)
def test_each_kind_of_story_is_there(label):
    assert [story for story in STORIES if story["label"] == label]


def test_there_are_an_updated_story_a_gallery_and_an_opinion_with_a_portrait():
    galleries = collections.Counter(use["story"][0] for use in rows("storyphoto"))
    portraits = {person["slug"] for person in rows("person") if person.get("portrait")}
    opinions = {story["uid"] for story in STORIES if story["label"] == Label.OPINION}
    authors = {credit["person"][0] for credit in rows("credit") if credit["story"][0] in opinions}
    assert [story for story in STORIES if story["updated_at"]]
    assert max(galleries.values()) >= 5
    assert authors & portraits


def test_what_is_drawn_by_the_script_is_there_and_small():
    scenes = json.loads((FOLDER / "drawing" / "scenes.json").read_text())
    files = [FOLDER / "photos" / f"{name}.webp" for name in scenes]
    assert [file.name for file in files if not file.exists()] == []
    assert sum(file.stat().st_size for file in files) < MOST
