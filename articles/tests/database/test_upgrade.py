"""The database of each release (releases/) is migrated to what stands here; readers and desk find all of it again."""

import datetime
import io
import json

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction

from articles import publishing
from articles.listings import search
from articles.models import Credit, PhotoInText, Revision, Story, Touch, WaitingChange

from ..databases import RELEASED, RELEASES, as_released
from ..releases import reading
from ..structure import structure

pytestmark = [pytest.mark.django_db, pytest.mark.wide, pytest.mark.both_databases]


@pytest.fixture(scope="module")
def as_the_models_say(django_db_setup, django_db_blocker):
    """The tables of the tests' own database, which is made from the models (conftest.py)."""
    with django_db_blocker.unblock():
        return structure()


@pytest.fixture(scope="module", params=RELEASED)
def release(request, as_the_models_say, django_db_blocker, tmp_path_factory):
    """What the release told of itself; its database is migrated and is the default one."""
    folder = tmp_path_factory.mktemp("release")
    with django_db_blocker.unblock(), as_released(request.param, folder):
        call_command("migrate", verbosity=0, stdout=io.StringIO())
        yield json.loads((RELEASES / f"{request.param}.json").read_text())


@pytest.fixture(autouse=True)
def at_its_time(release):
    """Readers and desk look when the release looked, and what a test writes is taken back."""
    with time_machine.travel(datetime.datetime.fromisoformat(release["read_at"]), tick=False), transaction.atomic():
        yield
        transaction.set_rollback(True)


def a_story(start):
    return Story.objects.for_page().get(uid__startswith=start)


def read(address):
    """What is there now; where the address has moved since, what it leads to."""
    page = reading.read(f"http://{address}")
    if page.status == 301 and page.location:
        page = reading.read(reading.urljoin(page.address, page.location))
    return page.told()


def lost(was, now, live):
    """What of a page is not there any more, or should not be."""
    for name in ("status", "headline", "tags"):
        if was.get(name) != now.get(name):
            yield f"{name} was {was.get(name)}, is {now.get(name)}"
    for name in ("byline", "stories", "words"):
        if gone := set(was.get(name, ())) - set(now.get(name, ())):
            yield f"{name}: without {sorted(gone)}"
    if hidden := set(now.get("stories", ())) - live:
        yield f"leads to {sorted(hidden)}"


def test_the_migrations_make_what_the_models_say(release, as_the_models_say):
    migrated = structure()
    assert (migrated - as_the_models_say, as_the_models_say - migrated) == (set(), set())


@pytest.mark.wide
def test_every_address_answers_as_it_did(release):
    pages = release["pages"]
    live = {address.partition("?")[0] for address, was in pages.items() if was["status"] in (200, 301, 410)}
    faults = []
    for address, was in pages.items():
        if was["status"] == 301:
            page = reading.read(f"http://{address}")
            faults += [f"{address}: {page.status} {page.location}"] if page.location != was["location"] else []
        elif was["status"] in (200, 410):
            faults += [f"{address}: {fault}" for fault in lost(was, read(address), live)]
        elif was["status"] == 404:
            faults += [f"{address}: {now['status']}"] if (now := read(address))["status"] != 404 else []
    assert not faults, "\n".join(faults)
    assert len(pages) > 150


def test_what_the_release_could_not_show_is_shown(release):
    failed = [address for address, was in release["pages"].items() if was["status"] >= 500]
    assert failed
    answers = {address: read(address)["status"] for address in failed}
    assert set(answers.values()) == {200}, answers


def test_the_log_of_moves_is_as_it_was_written(release):
    call_command("check_revisions", stdout=io.StringIO())
    now = {f"{one.story.uid} {one.number}": one.hash for one in Revision.objects.select_related("story", "by")}
    assert now == release["revisions"]


def test_a_story_that_is_changed_is_found_dated_and_told_to_held_pages(release):
    story, later = a_story("a4bcb373"), datetime.datetime(2026, 11, 20, 3, tzinfo=datetime.UTC)
    touched, photo = Touch.objects.order_by("-pk").first().pk, a_story("c1edd65d").lead_photo
    body = f'<p>Paragraf.</p><figure data-photo="{photo.uid}"></figure>'
    Story.objects.filter(pk=story.pk).update(headline="Qasidah di jembatan", publish_at=later, body=body)
    assert list(search.find("qasidah", Story.objects.all())) == [story]
    assert set(Credit.objects.filter(story=story).values_list("live_from", flat=True)) == {later}
    assert [row.uid for row in PhotoInText.objects.filter(story=story)] == [photo.uid]
    keys = set(Touch.objects.filter(pk__gt=touched).values_list("key", flat=True))
    assert any(key.startswith("s") for key in keys), keys


def test_the_log_goes_on_where_it_ended(release):
    story = a_story("c9950846")
    last = story.revisions.order_by("-number").first()
    revision = publishing.record(story, None, last.at)
    assert (revision.number, revision.previous_hash) == (last.number + 1, last.hash)
    call_command("check_revisions", stdout=io.StringIO())


def test_whom_a_revision_named_comes_back_though_they_were_renamed_since(release):
    story = a_story("c9950846")
    credited = [(credit.person, credit.role) for credit in story.credits.all()]
    tags = [link.tag for link in story.tag_links.all()]
    for row in [*tags, *(person for person, _role in credited)]:
        was = row.slug
        type(row).objects.filter(pk=row.pk).update(slug=f"{was}-baru")
        type(row).objects.create(name=f"Lain dari {was}", slug=was)
    for rows in (story.credits, story.tag_links):
        rows.all().delete()
    Story.objects.filter(pk=story.pk).update(state="draft", publish_at=None)
    story = publishing.bring_back(story.revisions.get(number=1), None, story.changed_at)
    assert [(credit.person, credit.role) for credit in story.credits.all()] == credited
    assert [link.tag for link in story.tag_links.all()] == tags


def test_a_change_that_waited_goes_out_with_its_people_and_tags(release):
    waiting = WaitingChange.objects.get()
    with time_machine.travel(waiting.goes_out_at, tick=False):
        page = reading.read(waiting.story.edition.absolute(waiting.story.get_absolute_url())).told()
    assert not WaitingChange.objects.exists(), WaitingChange.objects.first().refusal
    story = a_story("5a06cdba")
    assert story.standfirst == "Pengerukan dilanjutkan bersama nelayan."
    assert story.series is None
    assert len(story.tag_links.all()) == len(page["tags"]) == 2
    assert [credit.role for credit in story.credits.all()][-1] == "contributor"
