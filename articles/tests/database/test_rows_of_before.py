"""What a release took and later ones refuse is mended when its database is migrated, and the log still holds."""

import datetime
import io
import json
from types import SimpleNamespace

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client

from articles.listings import search
from articles.models import Address, Edition, FollowLink, FormerTagSlug, OldAddress, Person, Revision, Story, Tag

from ..databases import RELEASES, as_released

pytestmark = [pytest.mark.django_db, pytest.mark.wide]

RELEASE = "0.1.0"
STORIES = {"both": "4d1fb1ff", "one": "83f2fa52", "third": "f197b880"}  # the first with a log of five moves
ENCODED = "/%d8%a7%d9%84/"


def migrate(*to):
    call_command("migrate", *to, verbosity=0, stdout=io.StringIO())


@pytest.fixture
def released(django_db_setup, django_db_blocker, tmp_path):
    with django_db_blocker.unblock(), as_released(RELEASE, tmp_path):
        yield


@pytest.fixture(scope="module")
def mended(django_db_setup, django_db_blocker, tmp_path_factory):
    """The stories of STORIES, in the migrated database of a release that had rows as it took them."""
    with django_db_blocker.unblock(), as_released(RELEASE, tmp_path_factory.mktemp("release")):
        rows = rows_at("0012_by_day")
        keys = {name: rows("Story").get(uid__startswith=start).pk for name, start in STORIES.items()}
        write_texts_names_and_slugs(rows, **keys)
        migrate("articles", "0019")
        write_old_addresses(rows_at("0019_photo_field_lengths"), keys["one"], keys["third"])
        migrate()
        yield SimpleNamespace(**{name: Story.objects.get(pk=key) for name, key in keys.items()})


def rows_at(migration):
    """The rows of a model, by its name, as they are once this migration is done."""
    apps = MigrationExecutor(connection).loader.project_state(("articles", migration)).apps
    return lambda name: apps.get_model("articles", name).objects


def write_texts_names_and_slugs(rows, both, one, third):
    jagung, rows_of_tags = rows("Tag").get(slug="jagung"), rows("TaggedStory")
    lower, unseen, zoe = (
        rows("Tag").create(name=name, slug=slug)
        for name, slug in [("jagung", "jagung_1"), ("Jagung\u200b", "Jagung-2"), ("Zoë", "zoë")]
    )
    rows_of_tags.filter(content_object_id__in=[both, one, third]).delete()
    tagged = [(both, jagung), (both, lower), (both, unseen), (both, zoe), (one, unseen), (third, jagung)]
    rows_of_tags.bulk_create(
        rows_of_tags.model(content_object_id=story, tag=tag, order=order) for order, (story, tag) in enumerate(tagged)
    )
    rows("Person").create(name="Zoë", slug="zoë")
    first = rows("Story").get(pk=both)
    bad = {"headline": "Baris\x0bzaitun", "standfirst": "Baris\x0bzaitun", "slug": "Harga cabai"}
    rows("Story").filter(pk=both).update(**bad)
    rows("Story").filter(pk=one).update(slug="harga-cabái", day=first.day)
    for slug in ("harga-lama", "Harga-Lama"):
        rows("Address").create(story_id=both, edition_id=first.edition_id, day=first.day, slug=slug)
    rows("Edition").filter(pk=first.edition_id).update(host="HTTPS://Gorontalo.localhost:8000/")
    rows("FollowLink").filter(channel="WhatsApp").update(url="http://wa.example/gorontalo")


def write_old_addresses(rows, first, second):
    edition = rows("Story").get(pk=first).edition_id
    for story, path in ((first, ENCODED), (second, ENCODED.upper()), (second, "/kedua/"), (second, "/100%/")):
        rows("OldAddress").create(story_id=story, edition_id=edition, path=path)


def test_texts_and_slugs_of_stories_are_mended(mended):
    both, one = mended.both, mended.one
    assert (both.headline, both.standfirst, both.slug) == ("Baris zaitun", "Baris\nzaitun", "harga-cabai")
    assert one.slug == "harga-cabai-2"
    assert [story.pk for story in search.find("zaitun", Story.objects.all())] == [both.pk]
    assert list(Address.objects.filter(story=both).values_list("slug", flat=True)) == ["harga-lama"]
    call_command("check_revisions", stdout=io.StringIO())
    Story.objects.filter(pk=one.pk).update(headline="Berita delima")  # the triggers are there again
    assert [story.pk for story in search.find("delima", Story.objects.all())] == [one.pk]


def test_names_that_are_one_become_one_and_their_slugs_lead_on(mended):
    assert set(mended.both.tags.names()) == {"Jagung", "Zoë"}
    assert set(mended.one.tags.names()) == {"Jagung"}
    tags, former = Tag.objects.filter(name__in=["Jagung", "Zoë"]), FormerTagSlug.objects.filter(row__name="Jagung")
    assert dict(tags.values_list("slug", "folded")) == {"jagung": "jagung", "zoe": "zoe"}
    assert dict(former.values_list("slug", "row__slug")) == {"jagung_1": "jagung", "jagung-2": "jagung"}
    assert Person.objects.get(name="Zoë").slug == "zoe"
    Tag.objects.filter(slug="zoe").update(slug="saldana")
    assert FormerTagSlug.objects.get(slug="zoe").row.slug == "saldana"


def test_hosts_and_links_are_mended(mended):
    assert mended.both.edition.host == "gorontalo.localhost"
    assert not Edition.objects.filter(host__contains="/").exists()
    assert set(FollowLink.objects.filter(channel="WhatsApp").values_list("url", flat=True)) == {
        "https://wa.example/gorontalo"
    }


def test_old_addresses_lead_on_in_every_spelling(mended):
    first, second = mended.one, mended.third
    kept = OldAddress.objects.filter(story__in=[first, second]).values_list("path", "host", "story")
    assert set(kept) == {("/ال/", "", first.pk), ("/kedua/", "", second.pk), ("/100%/", "", second.pk)}
    read_at = json.loads((RELEASES / f"{RELEASE}.json").read_text())["read_at"]
    with time_machine.travel(datetime.datetime.fromisoformat(read_at), tick=False):
        for path, story in ((ENCODED, first), (ENCODED.upper(), first), ("/kedua/amp/", second)):
            answer = Client(headers={"host": "gorontalo.localhost"}).get(path)
            assert (answer.status_code, answer["Location"]) == (301, story.get_absolute_url()), path


def test_the_log_of_moves_holds_when_who_did_it_is_told_by_name(released):
    altered = Revision.objects.filter(number=2).values_list("story", flat=True).first()
    migrate("articles", "0009")
    migrate("articles", "0010")
    call_command("check_revisions", stdout=io.StringIO())
    migrate("articles", "0009")
    Revision.objects.filter(story=altered, number=1).update(note="Disisipkan")
    migrate("articles", "0010")
    with pytest.raises(CommandError, match=" 1 "):
        call_command("check_revisions", stdout=io.StringIO())
