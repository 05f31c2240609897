"""Somebody who never saw the desk enters a story with a new photo, tags and credits: in few clicks, refused nowhere."""

import io

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import expect

from articles import publishing
from articles.models import Credit, Photo, Story

pytestmark = [pytest.mark.browser, pytest.mark.wide]

MOST = 14  # clicks besides typing, from the desk's first page
SLOW = 20_000  # milliseconds, on a machine that does other things too
WORDS = {  # of a photo that comes without any, as from a telephone
    "Keterangan foto": "Warga mengangkat lumpur dari saluran.",
    "Teks alternatif": "Lima orang memegang sekop di tepi saluran",
    "Fotografer": "Nina Yuniar",
}


class Newcomer:
    """Clicks what is in sight, and types; `clicks` counts."""

    def __init__(self, desk):
        self.desk, self.clicks = desk, 0

    def click(self, place):
        place = self.desk.locator(place) if isinstance(place, str) else place
        place.click(timeout=SLOW)
        self.clicks += 1

    def write(self, place, words):
        self.click(place)
        self.desk.keyboard.type(words)

    def take(self, place, words, found):
        """Type a name, wait until it is offered, and take it."""
        self.write(place, words)
        expect(self.desk.locator("[role=option]", has_text=found).first).to_be_visible(timeout=SLOW)
        self.desk.keyboard.press("Enter")


@pytest.fixture
def newsroom(cast):
    """The reporter is Nina; the chief is nobody whom readers know."""
    cast.nina.user = cast.somebody("reporter")
    cast.nina.save()
    cast.ananda.user = cast.somebody("editor")
    cast.ananda.save()
    cast.somebody("chief")
    return cast


def enter(desk):
    """All of a new story but its last step."""
    who = Newcomer(desk)
    who.click(".top-steps .default")
    desk.locator(".ProseMirror[role=textbox]").wait_for(timeout=SLOW)
    desk.keyboard.type("Warga membersihkan saluran air")
    who.write("#id_standfirst", "Sebanyak 40 warga membersihkan 300 meter saluran.")
    who.write(".ProseMirror[role=textbox]", "Warga membersihkan saluran sejak pagi.")
    with desk.expect_file_chooser() as chooser:
        who.click(desk.locator("#lead-photo").get_by_text("Unggah yang baru"))
    picture = io.BytesIO()
    Image.new("RGB", (1200, 900), "#447755").save(picture, "JPEG")
    chooser.value.set_files({"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": picture.getvalue()})
    expect(desk.locator("#lead-photo").get_by_label("Keterangan foto", exact=True)).to_be_focused(timeout=SLOW)
    desk.keyboard.type(WORDS["Keterangan foto"])
    for label in ("Teks alternatif", "Fotografer"):
        who.write(desk.locator("#lead-photo").get_by_label(label, exact=True), WORDS[label])
    who.take("#tag_links-group .combo-input", "Saluran Air", "Saluran Air")
    expect(desk.locator("#tag_links-group .chip-item")).to_have_count(1, timeout=SLOW)
    return who


def test_a_reporter_hands_over(at_desk, newsroom):
    desk = at_desk("/admin/", "reporter", 1440)
    who = enter(desk)
    expect(desk.locator("#checks .is-open")).to_have_count(0, timeout=SLOW)
    who.click(desk.get_by_role("button", name="Serahkan"))
    expect(desk.locator(".moves .chip")).to_have_text("diserahkan", timeout=SLOW)
    assert who.clicks <= MOST
    story = Story.objects.get()
    assert [str(link.tag) for link in story.tag_links.all()] == ["Saluran Air"]
    assert [credit.person for credit in story.credits.all()] == [newsroom.nina]
    assert Photo.objects.get(pk=story.lead_photo_id).alt == WORDS["Teks alternatif"]


def test_a_chief_publishes_alone(at_desk, newsroom):
    desk = at_desk("/admin/", "chief", 1440)
    who = enter(desk)
    for name in ("Nina", "Ananda"):
        who.take("#credits-group .combo-input", name, name)
    who.click(desk.locator("[name=_release].default"))
    expect(desk.locator(".moves .chip")).to_have_text("tayang", timeout=SLOW)
    assert who.clicks <= MOST
    assert {credit.role for credit in Story.objects.get().credits.all()} == {"author", "editor"}


def test_an_editor_publishes_what_a_reporter_handed_over(at_desk, newsroom):
    """From the desk's first page to readers; the photo that came without words gets them on the way."""
    story = newsroom.draft("Warga membersihkan saluran air")
    Credit.objects.filter(story=story, role="editor").delete()
    Photo.objects.update(alt="")
    publishing.record(story, newsroom.nina.user, timezone.now())
    publishing.submit(story, newsroom.nina.user, timezone.now())
    desk = at_desk("/admin/", "editor", 1440)
    who = Newcomer(desk)
    who.click(desk.locator(".home").get_by_role("link", name="Warga membersihkan saluran air").first)
    desk.locator(".ProseMirror[role=textbox]").wait_for(timeout=SLOW)
    who.click(desk.locator("#lead-photo").get_by_role("button", name="Keterangan dan kredit"))
    who.write(desk.locator("#lead-photo").get_by_label("Teks alternatif", exact=True), WORDS["Teks alternatif"])
    who.take("#tag_links-group .combo-input", "Saluran Air", "Saluran Air")
    expect(desk.locator("#tag_links-group .chip-item")).to_have_count(1, timeout=SLOW)
    who.click(desk.locator("[name=_approve]"))
    expect(desk.locator(".moves .chip")).to_have_text("disetujui", timeout=SLOW)
    who.click(desk.locator("[name=_release].default"))
    expect(desk.locator(".moves .chip")).to_have_text("tayang", timeout=SLOW)
    assert who.clicks <= MOST
    story.refresh_from_db()
    assert {credit.person: credit.role for credit in story.credits.all()}[newsroom.ananda] == "editor"
    assert story.lead_photo.alt == WORDS["Teks alternatif"]


def test_an_editor_enters_a_story_and_hands_it_to_another(at_desk, newsroom):
    """Nobody publishes alone what they wrote: the button says so before it is pressed, and names the next step."""
    desk = at_desk("/admin/", "editor", 1440)
    who = enter(desk)
    who.take("#credits-group .combo-input", "Nina", "Nina")
    expect(desk.locator("#checks .is-open")).to_have_count(0, timeout=SLOW)
    who.click(desk.get_by_role("button", name="Serahkan"))
    expect(desk.locator(".moves .chip")).to_have_text("diserahkan", timeout=SLOW)
    expect(desk.locator("#checks")).to_contain_text("orang lain")
    assert who.clicks <= MOST
