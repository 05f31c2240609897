"""By which id a post of WordPress, its authors and its terms are known: the same at every export, another elsewhere."""

import pytest
from django.utils.translation import override

from articles.wire.values.item import Item, Refusal

from ...wordpress_exports import POST, category, element, export, head, meta, post, read, sample, utc

pytestmark = pytest.mark.usefixtures("in_english")

SITE = "<wp:base_blog_url>https://a.example</wp:base_blog_url>"
NUMBERED = "https://a.example/?p=5"


@pytest.mark.parametrize(
    ("changes", "uri", "others"),
    [
        ({}, NUMBERED, []),
        ({"guid": "http://lama.example/?p=5"}, "http://lama.example/?p=5", []),
        ({"guid": "urn:post:5"}, "urn:post:5", []),
        ({"guid": "https://lain.example/?p=7"}, NUMBERED, ["https://lain.example/?p=7"]),
        ({"guid": "https://a.example/2024/01/judul/"}, NUMBERED, ["https://a.example/2024/01/judul/"]),
        ({"guid": None}, NUMBERED, [POST["link"]]),
        ({"guid": None, "link": None}, NUMBERED, []),
        ({"guid": None, "link": "/2024/01/judul/"}, NUMBERED, ["/2024/01/judul/"]),
        ({"guid": None, "wp__post_id": None}, POST["link"], []),
        ({"guid": None, "wp__post_id": None, "link": "/x/"}, "https://a.example/x/", []),
        ({"guid": "apa saja", "wp__post_id": "lima"}, "apa saja", []),
    ],
)
def test_a_guid_that_is_its_own_names_a_post_or_else_its_site_and_number(changes, uri, others):
    found = post(before=SITE, **changes)
    assert (found.uri, found.other_uris, found.remarks) == (uri, others, [])


def test_a_post_that_nothing_names_is_refused():
    for changes in ({"guid": None, "link": None}, {"guid": None, "link": "/a/", "wp:post_id": "5"}):
        assert isinstance(read(export(element(POST | changes)))[0][1], Refusal)


def test_two_posts_with_one_guid_both_come_and_are_told():
    found = {item.headline: item for _position, item in sample("wordpress-situations.xml") if isinstance(item, Item)}
    twins = found["Kembar satu"], found["Kembar dua"]
    assert [one.uri for one in twins] == ["https://lama.example/?p=105", "https://lama.example/?p=106"]
    for one in twins:
        assert one.remarks == ["Another post has the same guid: this one is known by its site and number."]
        assert not any("?p=7" in address for address in one.old_addresses)


@pytest.mark.parametrize(
    "written",
    ["https://a.example", "http://a.example/", "https://www.A.example", " https://a.example\n"],
)
def test_a_site_is_one_whether_it_has_www_or_a_certificate(written):
    found = post(category("Kota", "kota"), f"<wp:base_blog_url>{written}</wp:base_blog_url>", dc__creator="siti")
    assert (found.section.uri, found.people[0].uri) == (
        "https://a.example/#category:kota",
        "https://a.example/#author:siti",
    )


def test_a_site_in_a_folder_is_another_than_that_of_the_host():
    found = post(before="<wp:base_blog_url>https://a.example/olahraga/</wp:base_blog_url>", guid=None)
    assert found.uri == "https://a.example/olahraga/?p=5"


def test_a_login_is_no_name_and_two_sites_never_share_one():
    people = [sample(f"wxr-author-site-{site}.xml")[0][1].people[0] for site in "ab"]
    assert [(person.name, person.slug, person.is_login) for person in people] == [
        ("Budi Santoso", "", False),
        ("Rina Mokodompit", "", False),
    ]
    assert people[0].uri == "https://contoh.example/#author:admin"
    assert people[1].uri == "https://lain.example/#author:admin"


def test_an_author_whom_the_file_does_not_name_is_a_login():
    author = head("wp:author", author_login="siti", author_display_name="Siti")
    cut, whole = (post(after=after, dc__creator="siti") for after in ("", author))
    assert [(one.people[0].name, one.people[0].is_login, one.missing) for one in (cut, whole)] == [
        ("siti", True, 1),
        ("Siti", False, 0),
    ]
    assert cut.people[0].uri == whole.people[0].uri
    assert (cut.source == whole.source, cut.beside == whole.beside) == (True, False)


def test_what_changes_though_nobody_touched_the_post_is_no_part_of_its_words():
    same = [
        post(),
        post(category("Kota baru", "kota"), link="https://baru.example/judul/"),
        post(meta("_yoast_wpseo_primary_category", "7"), wp__menu_order="3"),
    ]
    assert same[0].source == same[1].source == same[2].source
    assert post(wp__post_modified_gmt="2024-02-02 00:00:00").source != same[0].source


@pytest.mark.parametrize(
    ("gmt", "local", "rss", "modified", "expected", "version"),
    [
        ("", "2008-09-05 19:39:12", "Fri, 05 Sep 2008 19:39:12 +0000", "", utc(2008, 9, 5, 19, 39, 12), None),
        (
            "0000-00-00 00:00:00",
            "2009-02-16 06:00:00",
            "Sun, 15 Feb 2009 23:00:00 +0000",
            "2009-03-01 07:00:00",
            utc(2009, 2, 15, 23),
            utc(2009, 3, 1),
        ),
        ("", "", "Fri, 05 Sep 2008 19:39:12", "", None, None),
        ("", "", "Mon, 30 Nov -0001 00:00:00 +0000", "", None, None),
    ],
)
def test_a_time_with_a_zone_comes_before_a_guess(gmt, local, rss, modified, expected, version):
    found = post(
        wp__post_date_gmt=gmt, wp__post_date=local, pubDate=rss, wp__post_modified=modified, wp__post_modified_gmt=gmt
    )
    assert (found.publish_at, found.first_published_at, found.version_at) == (expected, expected, version)
    assert found.state == ("released" if expected else "draft")
    assert found.remarks == ([] if expected else ["It has no date that can be read: taken as a draft."])


def test_an_old_export_whose_date_has_a_zone_is_not_guessed():
    assert sample("wxr-pubdate.xml")[0][1].publish_at == utc(2008, 9, 5, 19, 39, 12)


def test_comments_do_not_come_and_are_told():
    comment = "<wp:comment><wp:comment_content>Bagus</wp:comment_content></wp:comment>"
    assert post(comment * 2).remarks == ["Its 2 comments did not come."]


def test_what_a_post_is_known_by_is_the_same_in_every_language():
    found = []
    for language in ("en", "id"):
        with override(language):
            found.append(sample("wxr-remark.xml")[0][1])
    assert found[0].remarks != found[1].remarks
    assert (found[0].source, found[0].beside, found[0].uri) == (found[1].source, found[1].beside, found[1].uri)
