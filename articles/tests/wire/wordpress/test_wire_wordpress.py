"""Posts of WordPress: each field from where the export has it, and what is passed over or refused."""

import dataclasses

import pytest

from articles.wire.values.item import Item, Party, Passed, Picture, Term, uid_of

from ...wordpress_exports import (
    POST,
    UPLOADS,
    category,
    element,
    export,
    head,
    meta,
    numbered,
    photo,
    post,
    read,
    sample,
    told,
    utc,
)

pytestmark = pytest.mark.usefixtures("in_english")

LAIN = "https://lain.example/wp-content/uploads/"
SHORT = "https://a.example/?p=5"


SITE = "https://kabarteluk.example"
LAKE = Picture(
    uri=f"{SITE}/?attachment_id=121",
    file="2023/10/danau.jpg",
    caption="Perahu warga.",
    alt="Perahu kayu di jalan",
    other_uris=[f"{SITE}/wp-content/uploads/2023/10/danau.jpg"],
)
POST_OFFICE = Picture(
    uri=f"{SITE}/?attachment_id=122",
    file="2023/10/posko-scaled.jpg",
    other_files=("2023/10/posko.jpg",),
    other_uris=[f"{SITE}/wp-content/uploads/2023/10/posko-scaled.jpg"],
)


def test_a_post_of_the_classic_editor():
    caption = "Perahu di depan balai desa. Foto: Teluk/Ani"
    [(position, found), *photos, (_position, page)] = sample("wordpress-classic.xml")
    assert position == "item 1 (post 120)"
    assert [photo.uri for _position, photo in photos] == [LAKE.uri, POST_OFFICE.uri]
    assert page == Passed("page", "Tentang kami")
    assert told(found) == Item(
        uri=f"{SITE}/?p=120",
        headline="Air Danau Naik, Warga Tiga Desa Mengungsi",
        body="<p><strong>LIMBOTO</strong> - Air danau naik setengah meter &amp; masuk ke rumah."
        "<br>Warga pindah ke balai desa.</p>"
        f'<figure data-photo="{LAKE.uid}"><figcaption>{caption}</figcaption></figure>'
        f'<p>Baca juga: <a href="{SITE}/2023/10/hujan-semalam/">Hujan Semalam</a></p><hr>'
        "<p>Dapur umum buka [sic] malam ini.</p>",
        standfirst="Tiga desa di tepi danau terendam.",
        slug="air-danau-naik",
        section=Term("Bencana", "bencana", uri=f"{SITE}/#category:bencana"),
        tags=[
            Term("Daerah", "daerah", uri=f"{SITE}/#category:daerah"),
            Term("banjir", "banjir", uri=f"{SITE}/#post_tag:banjir"),
        ],
        people=[Party("Rahma Djafar", "author", uri=f"{SITE}/#author:rahma")],
        lead=POST_OFFICE,
        gallery=[LAKE, POST_OFFICE, Picture(f"{SITE}/?attachment_id=999")],
        pictures=[dataclasses.replace(LAKE, use_caption=caption)],
        version_at=utc(2023, 10, 20, 1),
        publish_at=utc(2023, 10, 19, 2, 30),
        first_published_at=utc(2023, 10, 19, 2, 30),
        old_addresses=[f"{SITE}/2023/10/air-danau-naik/", f"{SITE}/?p=120", f"{SITE}/2023/10/danau-naik/"],
        remarks=["Its 1 comment did not come.", "Photos of its gallery that are not in the file: 1."],
        missing=1,
    )


def test_a_post_of_the_block_editor():
    [(_position, found)] = sample("wordpress-blocks.xml")
    uri = "https://i0.wp.com/kabarteluk.example/wp-content/uploads/2024/05/kopi.jpg"
    assert found.pictures == [Picture(uri=uri, file="2024/05/kopi.jpg", caption="Seduh pertama.", alt="Barista")]
    site = "https://kabarteluk.example"
    assert found.body == (
        "<p>Dua puluh kedai buka sampai malam.</p>"
        f'<figure data-photo="{uid_of(uri)}"><figcaption>Seduh pertama.</figcaption></figure>'
        '<p><a href="https://video.example/watch?v=1">https://video.example/watch?v=1</a></p><hr><ul><li>Sabtu</li></ul>'
    )
    assert found.people == [
        Party("Rahma Djafar", "author", "rahma", uri=f"{site}/#author:rahma"),
        Party("Budi Lahay", "author", "budi-lahay", uri=f"{site}/#author:budi-lahay"),
    ]
    assert (found.section, found.tags, found.standfirst) == (None, [], "")
    assert found.remarks == ["Lines across the text (hr) left out: 1."]


def test_an_export_of_2009():
    [(_position, found)] = sample("wordpress-old.xml")
    site = "https://kabarteluk.example"
    assert found.headline == "Dayung & Perahu Naga"
    assert found.section == Term("Olahraga", "olahraga", uri=f"{site}/#category:olahraga")
    assert found.tags == [Term("dayung", "dayung", uri=f"{site}/#post_tag:dayung")]
    assert found.people == [Party("admin", "author", uri=f"{site}/#author:admin", is_login=True)]
    assert found.publish_at == utc(2009, 2, 15, 23)
    assert found.old_addresses[2] == "http://kabarteluk.example/2009/02/dayung-perahu.html"
    assert found.remarks == []


@pytest.mark.parametrize(
    ("changes", "state", "remark"),
    [
        ({}, "released", ""),
        ({"wp__status": "future", "wp__post_date_gmt": "2190-01-01 00:00:00"}, "released", ""),
        ({"wp__status": "draft"}, "draft", ""),
        ({"wp__status": "pending"}, "draft", ""),
        ({"wp__status": "auto-draft"}, "draft", ""),
        ({"wp__status": "private"}, "draft", "It is private: taken as a draft."),
        ({"wp__post_password": "x"}, "draft", "It lies behind a password: taken as a draft."),
        ({"wp__status": "pitch"}, "draft", "Its status “pitch” is unknown: taken as a draft."),
        ({"wp__post_date_gmt": "kemarin"}, "draft", "It has no date that can be read: taken as a draft."),
    ],
)
def test_what_wordpress_keeps_from_the_public_is_a_draft(changes, state, remark):
    found = post(**changes)
    assert (found.state, "".join(found.remarks)) == (state, remark)
    assert (found.publish_at is None) == (state == "draft")


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"wp:post_type": "page"}, "page"),
        ({"wp:post_type": "nav_menu_item"}, "menu item"),
        ({"wp:post_type": "revision"}, "revision"),
        ({"wp:post_type": "wp_block"}, "pattern of the block editor"),
        ({"wp:post_type": "berita"}, "own post type “berita”"),
        ({"wp:post_type": "attachment", "wp:attachment_url": f"{UPLOADS}a.mp4"}, "file that is no photo"),
        ({"wp:status": "trash"}, "in the trash"),
        ({"wp:status": "auto-draft", "content:encoded": ""}, "draft without a text"),
    ],
)
def test_what_is_no_story_is_passed_over_and_told(changes, kind):
    assert read(export(element(POST | changes))) == [("item 1 (post 5)", Passed(kind, "Judul"))]


@pytest.mark.parametrize(
    ("gmt", "local", "rss", "expected"),
    [
        ("2024-01-02 03:04:05", "2024-01-02 11:04:05", "", utc(2024, 1, 2, 3, 4, 5)),
        ("0000-00-00 00:00:00", "2024-01-02 11:04:05", "", utc(2024, 1, 2, 3, 4, 5)),
        ("", "", "Tue, 02 Jan 2024 03:04:05 +0000", utc(2024, 1, 2, 3, 4, 5)),
        ("0000-00-00 00:00:00", "2024-13-45 99:00:00", "Mon, 30 Nov -0001 00:00:00 +0000", None),
        ("", "", f"Tue, {'9' * 30} Jan 2024 03:04:05 +0000", None),
    ],
)
def test_the_date_is_the_first_that_can_be_read(gmt, local, rss, expected):
    assert post(wp__post_date_gmt=gmt, wp__post_date=local, pubDate=rss).publish_at == expected


@pytest.mark.parametrize(
    ("modified_gmt", "modified", "expected"),
    [
        ("2024-02-01 00:00:00", "2024-02-01 08:00:00", utc(2024, 2, 1)),
        ("0000-00-00 00:00:00", "2024-02-01 08:00:00", utc(2024, 2, 1)),
        (None, None, None),
    ],
)
def test_versions_are_ordered_by_the_last_change(modified_gmt, modified, expected):
    assert post(wp__post_modified_gmt=modified_gmt, wp__post_modified=modified).version_at == expected


def test_authors_and_terms_may_follow_the_posts():
    author = head("wp:author", author_login="siti", author_display_name="Siti A.")
    term = head("wp:term", term_id="8", term_taxonomy="category", term_slug="seni")
    more = category("Kota", "kota") + category("Seni", "seni") + meta("rank_math_primary_category", "8")
    found = post(more, after=author + term, dc__creator="siti")
    assert found.people == [Party("Siti A.", "author", uri="https://a.example/#author:siti")]
    assert (found.section.name, [tag.name for tag in found.tags]) == ("Seni", ["Kota"])


@pytest.mark.parametrize("side", ["before", "after"])
def test_the_lead_photo_may_stand_before_or_after_its_post(side):
    found = post(meta("_thumbnail_id", "77"), **{side: photo(77, "2023/10/lilin.jpg", "Lilin &amp; doa", "Lilin")})
    assert found.lead == Picture(
        numbered(77),
        file="2023/10/lilin.jpg",
        caption="Lilin & doa",
        alt="Lilin",
        other_uris=["urn:77", f"{UPLOADS}2023/10/lilin.jpg"],
    )


def test_a_lead_photo_that_is_elsewhere_is_known_by_site_and_number_and_told():
    found = post(meta("_thumbnail_id", "77"))
    assert (found.lead, found.missing) == (Picture(numbered(77)), 1)
    assert found.remarks == ["Its lead photo (attachment 77) is not in the file."]


@pytest.mark.parametrize(
    ("image", "uri", "file"),
    [
        (f'<img src="{UPLOADS}2023/10/lilin-1024x683.jpg">', numbered(77), "2023/10/lilin.jpg"),
        (f'<img src="{UPLOADS}2023/10/besar-300x200.jpg">', numbered(78), "2023/10/besar-scaled.jpg"),
        (f'<img class="wp-image-77" src="{UPLOADS}2023/10/lilin-e1699.jpg">', numbered(77), "2023/10/lilin.jpg"),
        (f'<img src="{UPLOADS}2020/lain-300x200.jpg?x=1">', f"{UPLOADS}2020/lain.jpg", "2020/lain.jpg"),
        ('<img src="/wp-content/uploads/a%20b.jpg">', f"{UPLOADS}a%20b.jpg", "a b.jpg"),
        ('<img src="https://b.example/x.jpg">', "https://b.example/x.jpg", "x.jpg"),
        (f'<img src="{LAIN}2023/10/lilin.jpg">', f"{LAIN}2023/10/lilin.jpg", "2023/10/lilin.jpg"),
        (f'<img class="wp-image-77" src="{LAIN}2023/10/kue.jpg">', f"{LAIN}2023/10/kue.jpg", "2023/10/kue.jpg"),
        (
            '<img src="https://i0.wp.com/a.example/wp-content/uploads/2023/10/lilin.jpg?w=9">',
            numbered(77),
            "2023/10/lilin.jpg",
        ),
        ('<img src="https://cdn.a.example/wp-content/uploads/2023/10/lilin.jpg">', numbered(77), "2023/10/lilin.jpg"),
    ],
)
def test_pictures_of_the_text_are_those_of_the_library(image, uri, file):
    attachments = photo(77, "2023/10/lilin.jpg") + photo(78, "2023/10/besar-scaled.jpg")
    [picture] = post(after=attachments, content__encoded=image).pictures
    assert (picture.uri, picture.file) == (uri, file)


def test_a_link_that_is_no_address_harms_nothing():
    found = post(link="http://[", content__encoded='<img src="/a.jpg">')
    assert (found.pictures[0].uri, found.old_addresses) == ("https://a.example/a.jpg", ["https://a.example/?p=5"])


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"wp__post_name": "Banjir-di-Kota"}, "banjir-di-kota"),
        ({"wp__post_name": "caf%C3%A9-baru"}, "cafe-baru"),
        ({"wp__post_name": "%e6%97%a5"}, "ri"),
        ({"wp__post_name": "%e2%80%93"}, ""),
        ({"wp__post_name": None}, ""),
    ],
)
def test_a_slug_is_ascii_or_left_to_us(changes, expected):
    assert post(**changes).slug == expected


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("https://a.example/2024/judul/", ["https://a.example/2024/judul/", SHORT, "https://a.example/2024/lama/"]),
        ("https://a.example/5-judul.html", ["https://a.example/5-judul.html", SHORT, "https://a.example/5-lama.html"]),
        ("/2024/judul/", ["https://a.example/2024/judul/", SHORT, "https://a.example/2024/lama/"]),
        (SHORT, [SHORT]),
        ("", [SHORT]),
    ],
)
def test_old_slugs_make_old_addresses(link, expected):
    site = "<wp:base_blog_url>https://a.example</wp:base_blog_url>"
    assert post(meta("_wp_old_slug", "lama"), site, link=link, guid="urn:5").old_addresses == expected


def test_an_old_day_makes_an_old_address():
    found = post(meta("_wp_old_date", "2023-12-31"), wp__post_date="2024-01-02 11:04:05")
    assert found.old_addresses == [POST["link"], SHORT, "https://a.example/2023/12/judul/"]


def test_without_a_title_the_first_words_are_the_headline():
    found = post(title="", content__encoded="satu " * 20)
    assert found.headline == "satu " * 12 + "…"
    assert found.remarks == ["It has no title: the first words of its text stand in."]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"title": "", "content__encoded": "<script>x</script>"}, "It has neither a title nor a text."),
        ({"guid": None, "link": None}, "It has no id: neither a guid nor an address, nor a number on a site."),
    ],
)
def test_a_post_that_is_none_is_refused(changes, why):
    assert str(post(**changes)) == why


def test_of_thousands_of_tags_the_first_are_taken():
    found = post("".join(category(f"t{number}", domain="post_tag") for number in range(3_000)))
    assert (len(found.tags), found.remarks) == (100, ["Of its 1000 tags, the first 100 were taken."])


def test_terms_of_the_sites_own_taxonomies_are_told():
    found = post(category("Pilkada", domain="topik") + category("Video", domain="post_format"))
    assert (found.tags, found.remarks) == ([], ["Terms of its site's own taxonomies did not come: topik: Pilkada."])
