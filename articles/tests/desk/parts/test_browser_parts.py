"""In a browser: the lead photo is dropped, pasted or chosen, tags and credits are chips, the gallery has an order."""

import base64

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import expect

from articles.models import Photo, Story, StoryPhoto, Tag

from ...newsroom import assert_fits, axe_faults, choose_lead_photo, make_photo, pick
from ...uploads import upload

pytestmark = [pytest.mark.browser, pytest.mark.wide]

ADD = "/admin/articles/story/add/"
GIVE = """(place, [name, kind, data, event]) => {
  const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0))
  const transfer = new DataTransfer()
  transfer.items.add(new File([bytes], name, { type: kind }))
  const manners = { bubbles: true, cancelable: true }
  place.dispatchEvent(event === "paste"
    ? new ClipboardEvent(event, { ...manners, clipboardData: transfer })
    : new DragEvent(event, { ...manners, dataTransfer: transfer }))
}"""
TAKE = """async ([name, data]) => {
  const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0))
  const { takePhoto } = await import("/static/desk/photo-take.js")
  window.taken = takePhoto(new File([bytes], name, { type: "image/jpeg" }))
}"""


@pytest.fixture
def newsroom(newsroom):
    """The chief is Ananda."""
    editor = newsroom.ananda
    editor.user = type(editor)._meta.get_field("user").related_model.objects.get(username="editor")
    editor.save()
    Tag.objects.create(name="Danau Limboto", slug="danau-limboto")
    Tag.objects.create(name="Gorontalo", slug="gorontalo")
    return newsroom


def give(place, file, event="drop"):
    """Drop or paste a picture."""
    data = base64.b64encode(file.read()).decode()
    place.evaluate(GIVE, [file.name, "image/jpeg", data, event])


def chips(desk, prefix="tag_links"):
    return desk.locator(f"#{prefix}-group .chip-name > span").all_inner_texts()


def add(desk, prefix, typed):
    field = desk.locator(f"#{prefix}-group .combo-input")
    field.fill(typed)
    field.press("Enter")


def save(desk, headline="Dermaga baru"):
    desk.fill("#id_headline", headline)
    pick(desk, "section", "Internasional")
    desk.locator("[name=_continue]").evaluate("button => button.form.requestSubmit(button)")
    expect(desk.locator(".messagelist .success")).to_have_count(1)
    return Story.objects.get()


def test_a_picture_is_dropped_and_its_words_are_mended_right_there(at_desk):
    desk = at_desk(ADD)
    place = desk.locator("#lead-photo")
    give(place, upload("dermaga.jpg"))
    expect(place.locator("img")).to_be_visible()
    expect(place.get_by_label("Fotografer")).to_have_value("BAY ISMOYO")
    place.get_by_label("Teks alternatif", exact=True).fill("Dermaga kayu di tepi danau")
    place.get_by_label("Keterangan foto", exact=True).fill("Dermaga itu dibuka pagi ini.")
    desk.locator("#id_lead_caption").fill("Dermaga pada hari pertama.")
    story = save(desk)
    photo = Photo.objects.get(title="dermaga")
    assert (photo.alt, photo.caption) == ("Dermaga kayu di tepi danau", "Dermaga itu dibuka pagi ini.")
    assert (story.lead_photo, story.lead_caption) == (photo, "Dermaga pada hari pertama.")


def test_a_picture_is_pasted_and_one_that_is_there_already_is_offered(at_desk):
    file = upload("dermaga.jpg")
    desk = at_desk(ADD)
    place = desk.locator("#lead-photo")
    give(desk.locator("#id_headline"), file, "paste")
    expect(place.locator("img")).to_be_visible()
    place.get_by_role("button", name="Lepas").click()
    expect(place.locator("img")).to_have_count(0)
    place.get_by_role("button", name="Urungkan").click()
    expect(place.locator("img")).to_be_visible()
    desk.goto(desk.url)  # another day
    file.seek(0)
    give(desk.locator("#id_headline"), file, "paste")
    expect(place.locator(".lead-photo-told")).to_contain_text("sudah ada di pustaka: “dermaga”")
    expect(place.get_by_role("button", name="Pakai foto ini")).to_be_focused()
    desk.keyboard.press("Enter")
    expect(place.locator(".lead-photo-picture img")).to_be_visible()
    assert save(desk).lead_photo.title == "dermaga"


def test_a_photo_is_chosen_from_the_library_by_keyboard(at_desk):
    make_photo(title="Perahu di danau", colour="#337799")
    desk = at_desk(ADD)
    desk.locator("#lead-photo").get_by_role("button", name="Pilih dari pustaka").click()
    dialog = desk.locator("dialog.photo-library")
    expect(dialog.locator(".photo-cell")).to_have_count(2)
    desk.keyboard.type("perahu")
    desk.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    expect(desk.locator("#lead-photo .lead-photo-credit")).to_contain_text("AFP/BAY ISMOYO")
    assert save(desk).lead_photo.title == "Perahu di danau"


def test_enter_takes_another_spelling_and_makes_what_is_new(at_desk):
    desk = at_desk(ADD)
    add(desk, "tag_links", "Danau limboto")
    expect(desk.locator("#tag_links-group .chip-item")).to_have_count(1)
    add(desk, "tag_links", "Banjir Rob")
    expect(desk.locator("#tag_links-group .chip-item.is-new")).to_have_count(1)
    field = desk.locator("#tag_links-group .combo-input")
    field.fill("Gorontallo")
    field.press("Enter")  # nearly a tag: it is pointed at first
    expect(desk.locator("#tag_links-group [role=option][aria-selected=true]")).to_have_text("Gorontalo")
    field.press("Enter")
    expect(desk.locator("#tag_links-group .chip-item")).to_have_count(3)
    assert chips(desk) == ["Danau Limboto", "Banjir Rob", "Gorontalo"]
    add(desk, "tag_links", "gorontalo")
    expect(desk.locator("#tag_links-group .combo-told")).to_contain_text("sudah ada di situ")
    story = save(desk)
    assert [str(link) for link in story.tag_links.all()] == ["Danau Limboto", "Banjir Rob", "Gorontalo"]


def test_the_order_is_changed_by_keyboard_and_by_drag_and_undone(at_desk, cast):
    tags = [Tag.objects.get(name="Gorontalo"), cast.rusia, Tag.objects.get(name="Danau Limboto")]
    story = cast.draft(tags=tags)
    desk = at_desk(f"/admin/articles/story/{story.pk}/change/")
    names = desk.locator("#tag_links-group .chip-name")
    names.nth(2).focus()
    desk.keyboard.press("Shift+ArrowLeft")
    assert chips(desk) == ["Gorontalo", "Danau Limboto", "Rusia"]
    desk.keyboard.press("ArrowLeft")
    expect(names.nth(0)).to_be_focused()
    desk.keyboard.press("Delete")
    assert chips(desk) == ["Danau Limboto", "Rusia"]
    desk.locator("#tag_links-group").get_by_role("button", name="Urungkan").click()
    assert chips(desk) == ["Gorontalo", "Danau Limboto", "Rusia"]
    names.nth(2).scroll_into_view_if_needed()
    here, there = names.nth(2).bounding_box(), names.nth(0).bounding_box()
    desk.mouse.move(here["x"] + 10, here["y"] + 10)
    desk.mouse.down()
    desk.mouse.move(there["x"] + 40, there["y"] + 10, steps=12)
    desk.mouse.move(there["x"] + 4, there["y"] + 10, steps=4)
    desk.mouse.up()
    assert chips(desk) == ["Rusia", "Gorontalo", "Danau Limboto"]
    save_again(desk)
    assert [str(link) for link in story.tag_links.all()] == ["Rusia", "Gorontalo", "Danau Limboto"]


def save_again(desk):
    desk.locator("[name=_continue]").evaluate("button => button.form.requestSubmit(button)")
    expect(desk.locator(".messagelist .success")).to_have_count(1)


def test_credits_are_chips_with_roles_and_the_writer_stands_there(at_desk):
    desk = at_desk(ADD)
    group = desk.locator("#credits-group")
    assert chips(desk, "credits") == ["Ananda Putri Octaviani"]
    add(desk, "credits", "nina")
    expect(group.locator(".chip-item")).to_have_count(2)
    expect(group.locator(".chips select").nth(1)).to_have_value("editor")  # what was still missing
    group.locator(".chips select").nth(0).select_option("editor")
    group.locator(".chips select").nth(1).select_option("author")
    group.locator(".chip-name").nth(1).click()
    group.get_by_role("button", name="Pindahkan ke depan").click()
    story = save(desk)
    assert [(credit.role, credit.person.name) for credit in story.credits.all()] == [
        ("author", "Nina Yuniar"),
        ("editor", "Ananda Putri Octaviani"),
    ]


def test_the_gallery_has_thumbnails_in_an_order(at_desk, cast):
    for name, colour in (("Satu", "#111166"), ("Dua", "#116611"), ("Tiga", "#661111")):
        make_photo(title=name, colour=colour)
    story = cast.draft()
    desk = at_desk(f"/admin/articles/story/{story.pk}/change/")
    gallery = desk.locator("#gallery-group")
    gallery.get_by_role("button", name="Tambah foto").click()
    dialog = desk.locator("dialog.photo-library")
    for name in ("Satu", "Dua", "Tiga"):
        dialog.locator(".photo-cell", has_text=name).locator("input").check()
    dialog.locator("button[value=use]").click()
    expect(gallery.locator(".gallery-item")).to_have_count(3)
    gallery.locator(".gallery textarea").nth(0).fill("Perahu pertama.")
    gallery.get_by_role("button", name="Pindahkan ke belakang: Satu").click()
    gallery.locator(".gallery-handle").nth(2).focus()
    desk.keyboard.press("Delete")
    expect(gallery.locator(".undo")).to_contain_text("Tiga dikeluarkan.")
    save_again(desk)
    assert [(use.photo.title, use.caption) for use in story.gallery.all()] == [("Dua", ""), ("Satu", "Perahu pertama.")]


@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (375, "light")])
def test_every_state_of_the_parts_is_accessible(visit, at_desk, cast, width, scheme):
    visit.awaited = ("inline style",)  # axe
    story = cast.draft(tags=[cast.rusia])
    StoryPhoto.objects.create(story=story, photo=make_photo(title="Perahu", alt="", colour="#225588"))
    desk = at_desk(f"/admin/articles/story/{story.pk}/change/", width=width, color_scheme=scheme)
    desk.context.add_init_script(path=AXE_FILE_PATH)
    desk.reload()
    faults = []

    def look():
        faults.extend(axe_faults(desk))

    look()
    desk.locator("#lead-photo").get_by_role("button", name="Keterangan dan kredit").click()
    expect(desk.locator("#lead-photo .photo-words")).to_be_visible()
    if width < 1024:
        desk.locator("[aria-controls=panel]").first.click()
    desk.locator("#tag_links-group .combo-input").fill("gor")
    expect(desk.locator("#tag_links-group [role=option]").first).to_be_visible()
    look()
    desk.locator("#gallery-group").get_by_role("button", name="Keterangan dan kredit").click()
    expect(desk.locator("#gallery-group .photo-words")).to_be_visible()
    desk.locator("#tag_links-group .chip-out").click()
    desk.locator("#credits-group .chip-name").first.click()
    look()
    if width < 1024:
        desk.locator("[aria-controls=panel]").first.click()
    desk.locator("#lead-photo").get_by_role("button", name="Ganti").click()
    expect(desk.locator(".photo-cell").first).to_be_visible()
    look()
    desk.keyboard.press("Escape")
    desk.evaluate(TAKE, ["dermaga.jpg", base64.b64encode(upload("dermaga.jpg").read()).decode()])
    expect(desk.locator("dialog.photo-take .photo-words")).to_be_visible()
    look()
    assert not faults, "\n".join(sorted(set(faults)))
    assert_fits(desk)


def test_a_picture_that_looks_like_one_of_the_library_gives_way_to_it_by_a_press(at_desk):
    desk = at_desk(ADD)
    lead = desk.locator("#lead-photo")
    for name, size in (("asli.jpg", (1600, 1000)), ("kecil.jpg", (480, 300))):
        give(lead, upload(name, "#335577", size=size))
        expect(lead.locator(".photo-words")).to_be_visible(timeout=20_000)
    lead.get_by_role("button", name="Pakai “asli” saja").click()
    expect(lead.locator(".photo-like")).to_have_count(0)
    assert desk.locator("#id_lead_photo").input_value() == str(Photo.objects.get(title="asli").pk)


def test_a_picture_for_the_text_gets_its_words_in_a_dialog(at_desk):
    desk = at_desk(ADD)
    desk.evaluate(TAKE, ["dermaga.jpg", base64.b64encode(upload("dermaga.jpg").read()).decode()])
    dialog = desk.locator("dialog.photo-take")
    dialog.get_by_label("Teks alternatif", exact=True).fill("Dermaga kayu")
    dialog.get_by_role("button", name="Pakai foto ini").click()
    taken = desk.evaluate("taken.then(({ uid, alt }) => [uid, alt])")  # once its words are stored
    photo = Photo.objects.get(title="dermaga")
    assert taken == [str(photo.uid), photo.alt] == [str(photo.uid), "Dermaga kayu"]


def test_a_photo_editor_gets_the_photos_as_places_and_the_rest_to_read(at_desk, cast):
    cast.somebody("photo")
    story = cast.draft(tags=[cast.rusia])
    desk = at_desk(f"/admin/articles/story/{story.pk}/change/", "photo")
    choose_lead_photo(desk, "Lilin di alun-alun")
    expect(desk.locator("#gallery-group").get_by_role("button", name="Tambah foto")).to_be_visible()
    expect(desk.locator("#tag_links-group")).to_contain_text("Rusia")
    expect(desk.locator(".combo-input")).to_have_count(0)


def test_a_name_that_was_typed_and_not_taken_says_that_it_is_not_stored(at_desk):
    desk = at_desk(ADD)
    desk.locator("#tag_links-group .combo-input").fill("danau limb")
    desk.locator("#id_headline").focus()
    expect(desk.locator("#tag_links-group .combo-told")).to_have_text(
        "“danau limb” belum ditambahkan: tekan Enter di kolom ini, atau kosongkan."
    )
    expect(desk.locator("#tag_links-group .combo-input")).to_have_value("danau limb")
