"""Several people move one story at the same moment, each by a connection of their own: one wins, the others are told.

    RACE_ROUNDS=10 .venv/bin/pytest -m slow

Without RACE_ROUNDS it is 200 rounds. What they are about is the same every time; who wins is not.
"""

import datetime
import os
import random
import threading
from typing import NamedTuple

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from articles import assigning, publishing
from articles.models import Assignment, Correction, Photo, Revision, Story, WaitingChange
from articles.models.story import State

from ..cases import DeskTest
from ..databases import database_in_a_file
from ..moves import FIT, LOGGED, STARTS, broken
from ..newsroom import LATER, PUBLISHED, NewsroomTestCase
from ..uploads import UPLOAD, upload

pytestmark = [pytest.mark.slow, pytest.mark.both_databases]

ROUNDS = int(os.environ.get("RACE_ROUNDS", "200"))
SEED = 603
PATIENCE = 60  # seconds until somebody who waits at the start gives up
HOUR = datetime.timedelta(hours=1)
NOW = PUBLISHED + HOUR

MOVES = {
    "submit": lambda story, by: publishing.submit(story, by, NOW),
    "approve": lambda story, by: publishing.approve(story, by, NOW),
    "release": lambda story, by: publishing.release(story, by, NOW),
    "reschedule": lambda story, by: publishing.reschedule(story, by, NOW, NOW + 9 * HOUR),
    "withdraw": lambda story, by: publishing.withdraw(story, by, NOW, "trauma"),
}


class Round(NamedTuple):
    """How the story stands at first, what is done with it at once, and how many of these can win (None: it depends)."""

    changes: dict
    moves: list[str]
    winners: int | None = None


DRAFT, APPROVED = {"state": State.DRAFT, "publish_at": None}, {"state": State.APPROVED, "publish_at": NOW + HOUR}
LIVE, SCHEDULED, EMBARGOED = {}, {"publish_at": NOW + HOUR}, {"embargo_until": NOW + HOUR}
ROUND_KINDS = [
    Round(DRAFT, ["release"] * 3, 1),
    Round(DRAFT, ["submit", "submit"], 1),
    Round(DRAFT, ["submit", "approve", "release"]),
    Round(APPROVED, ["release"] * 2, 1),
    Round(APPROVED, ["release", "release", "withdraw"]),
    Round(LIVE, ["withdraw"] * 3, 1),
    Round(LIVE, ["withdraw", "reschedule", "release"]),
    Round(SCHEDULED, ["withdraw"] * 3, 1),
    Round(SCHEDULED, ["withdraw", "withdraw", "reschedule"]),
    Round(SCHEDULED, ["withdraw", "reschedule", "release"]),
    Round(EMBARGOED, ["reschedule", "reschedule", "withdraw"]),
]


@pytest.fixture
def cast(transactional_db):
    class Cast(DeskTest):
        host = NewsroomTestCase.host

    with database_in_a_file():
        Cast.setUpTestData()
        yield Cast


@pytest.fixture
def chiefs(cast):
    return [cast.somebody("chief", f"chief-{number}") for number in range(3)]


def at_once(*tries):
    """What came of each, done at the same moment in a thread and by a connection of its own: a value or an exception.

    Each is a function that gets ready and returns the function that does it.
    """
    start, outcomes = threading.Barrier(len(tries)), [None] * len(tries)

    def run(number, get_ready):
        try:
            do = get_ready()
            start.wait(PATIENCE)
            outcomes[number] = do()
        except Exception as error:
            outcomes[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(tries)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def moving(name, story, by):
    def get_ready():
        read = Story.objects.get(pk=story.pk)
        return lambda: bool(MOVES[name](read, by))

    return get_ready


def refusals(outcomes):
    """Which of the outcomes were refused. Fails for any that is neither that nor a success."""
    refused = [isinstance(each, publishing.Refused) for each in outcomes]
    broken_off = [
        repr(each) for each, told in zip(outcomes, refused, strict=True) if isinstance(each, Exception) and not told
    ]
    assert not broken_off, f"Instead of a refusal: {broken_off}"
    return refused


def check(told, story, each, refused):
    """State, log and corrections are those of the transitions that were made, one after the other."""
    before = story.standing(NOW)
    made = [name for name, is_refused in zip(each.moves, refused, strict=True) if not is_refused]
    begun, *logged = [*Revision.objects.filter(story=story).order_by("number").values_list("move", flat=True)] or [None]
    story = Story.objects.get(pk=story.pk)
    told = f"{told}: {each.moves} made {made}, logged {logged}, now {story.state}"

    assert begun == ("loaded" if made else None), told
    assert sorted(logged) == sorted(LOGGED.get(name, FIT[name]) for name in made), told
    assert broken(story) == [], f"{told}: the chain is broken at {broken(story)}"
    assert story.version == 1 + len(made), told
    assert not logged or story.state == FIT[name_of(logged[-1])], told
    assert each.winners in (None, len(made)), told

    standings, withdrawn_in_public = [before], 0
    for name in map(name_of, logged):
        assert name in STARTS[standings[-1]], f"{told}: {name} cannot start at {standings[-1]}"
        withdrawn_in_public += name == "withdraw" and standings[-1] == "live"
        standings.append(standing_after(name, story))
    for name in set(each.moves) - set(made):
        assert any(name not in STARTS[standing] for standing in standings), f"{told}: {name} was refused for nothing"
    assert Correction.objects.filter(story=story).count() == withdrawn_in_public, told


def name_of(logged):
    return next(name for name, fit in {**FIT, **LOGGED}.items() if fit == logged)


def standing_after(name, story):
    """What the clock makes of a story of these tests after that move."""
    if FIT[name] != "released":
        return FIT[name]
    return "live" if max(story.publish_at, story.embargo_until or story.publish_at) <= NOW else "scheduled"


def test_one_wins_the_others_are_told_and_state_and_log_agree(cast, chiefs):
    dice = random.Random(SEED)
    for number in range(ROUNDS):
        each = ROUND_KINDS[number % len(ROUND_KINDS)]
        story = cast.story(f"Balapan {number}", lead_photo=cast.lilin, **each.changes)
        moves = dice.sample(each.moves, len(each.moves))
        each = each._replace(moves=moves)
        tries = [moving(name, story, by) for name, by in zip(moves, chiefs, strict=False)]
        check(f"Round {number}", story, each, refusals(at_once(*tries)))


def test_two_stories_do_not_take_one_address(cast, chiefs):
    for number in range(ROUNDS):
        stories = [cast.draft(f"Sama {number}"), cast.draft(f"Sama {number}")]
        refused = refusals(at_once(*(moving("release", *pair) for pair in zip(stories, chiefs, strict=False))))
        assert sorted(refused) == [False, True], f"Round {number}: of two stories with one address went out {refused}"
        assert Story.objects.filter(slug=f"sama-{number}", state="released").count() == 1


def preparing(story, by, goes_out_at):
    wanted = {**publishing.snapshot(Story.objects.for_page().get(pk=story.pk)), "headline": f"Dari {by}"}
    return lambda: lambda: publishing.schedule_change(story, by, NOW, wanted, goes_out_at)


def test_a_change_that_waits_goes_out_once_and_whole_or_not_at_all(cast, chiefs):
    eight = NOW + HOUR
    for number in range(ROUNDS):
        story = cast.story(f"Menunggu {number}", lead_photo=cast.lilin)
        refused = refusals(at_once(*(preparing(story, by, eight) for by in chiefs)))
        assert not any(refused), f"Round {number}: {refused}"
        letting_out = [lambda: lambda: publishing.apply_due(eight)] * 2
        refusals(at_once(*letting_out, moving("withdraw", story, chiefs[0])))
        publishing.apply_due(eight)  # who found the story locked for too long left the change to the next run
        story.refresh_from_db()
        logged = list(story.revisions.order_by("number").values_list("move", flat=True))
        told = f"Round {number}: {logged}, “{story.headline}”"
        assert logged[:4] == ["loaded", *["prepared"] * 3], told
        assert sorted(logged[4:]) in (["went_out", "withdrawn"], ["withdrawn"]), told
        assert ("went_out" in logged) == story.headline.startswith("Dari"), told
        assert ("went_out" in logged) != WaitingChange.objects.filter(story=story).exclude(refusal="").exists(), told
        assert broken(story) == [], told


def calling_off(story, by):
    return lambda: lambda: publishing.cancel_change(story, by, NOW)


def test_calling_a_change_off_and_withdrawing_its_story_are_both_logged(cast, chiefs):
    for number in range(ROUNDS):
        story = cast.story(f"Batal {number}", lead_photo=cast.lilin)
        preparing(story, chiefs[0], NOW + HOUR)()()
        refused = refusals(at_once(calling_off(story, chiefs[0]), moving("withdraw", story, chiefs[1])))
        assert not any(refused), f"Round {number}: {refused}"
        logged = sorted(story.revisions.values_list("move", flat=True))
        assert logged == ["called_off", "loaded", "prepared", "withdrawn"], f"Round {number}: {logged}"
        assert broken(story) == [], f"Round {number}"


def browser(user):
    client = Client(headers={"host": NewsroomTestCase.host})
    client.force_login(user)
    return client


def sending(user, address, fields):
    client = browser(user)
    return lambda: lambda: client.post(address, fields)


def test_of_three_browsers_with_one_form_one_saves_and_two_are_told(cast, chiefs):
    desk = cast()
    for number in range(max(1, ROUNDS // 10)):
        story = cast.story(f"Formulir {number}", lead_photo=cast.lilin, publish_at=LATER)
        desk.client = browser(chiefs[0])
        form = desk.form(story)
        address = desk.address("change", story)
        posts = [sending(user, address, {**form, "standfirst": f"Dari {user}.", "_continue": ""}) for user in chiefs]
        answers = at_once(*posts)
        assert not any(refusals(answers))
        assert sorted(answer.status_code for answer in answers) == [200, 200, 302], f"Round {number}"
        winner = next(user for user, answer in zip(chiefs, answers, strict=True) if answer.status_code == 302)
        story.refresh_from_db()
        assert (story.standfirst, story.version) == (f"Dari {winner}.", 2)
        assert [revision.by for revision in story.revisions.all()] == [winner, None]


def test_of_three_browsers_that_withdraw_one_does_and_two_are_told(cast, chiefs):
    for number in range(max(1, ROUNDS // 10)):
        story = cast.story(f"Dicabut {number}", lead_photo=cast.lilin)
        address = reverse("admin:articles_story_move", args=[story.pk, "withdraw"])
        answers = at_once(*(sending(user, address, {"_ask": "", "reason": "trauma"}) for user in chiefs))
        assert not any(refusals(answers))
        assert sorted(answer.status_code for answer in answers) == [200, 200, 302], f"Round {number}"
        assert (story.revisions.count(), story.corrections.count()) == (2, 1), f"Round {number}"


def acting(act, assignment, by):
    return lambda: lambda: act(assignment, by, NOW)


def test_an_assignment_that_three_begin_at_once_has_one_story(cast, chiefs):
    for number in range(max(1, ROUNDS // 10)):
        planned = Assignment.objects.create(headline=f"Rapat {number}", section=cast.dunia, due_at=NOW, created_at=NOW)
        begun = at_once(*(acting(assigning.start, planned, by) for by in chiefs))
        assert not any(refusals(begun))
        assert len({story.pk for story in begun}) == 1, f"Round {number}"
        assert Story.objects.filter(headline=f"Rapat {number}").count() == 1


def test_of_three_who_take_an_assignment_one_has_it_and_two_are_told(cast):
    reporters = [cast.somebody("reporter", f"wartawan-{number}") for number in range(3)]
    for number in range(max(1, ROUNDS // 10)):
        free = Assignment.objects.create(headline=f"Sidang {number}", section=cast.dunia, due_at=NOW, created_at=NOW)
        taken = at_once(*(acting(assigning.take, free, by) for by in reporters))
        assert sorted(refusals(taken)) == [False, True, True], f"Round {number}"
        assert free.assignees.count() == 1


def test_the_same_photo_sent_several_times_at_once_is_stored_once(cast):
    user = cast.somebody("photo", "juru-foto")

    def sending(colour):
        client = Client(headers={"host": cast.host, "accept": "application/json"})
        client.force_login(user)
        file = upload("dermaga.jpg", colour)
        return lambda: client.post(UPLOAD, {"files": file}).json()["results"][0]["error"]

    for number in range(min(ROUNDS, 20)):
        colour = f"#{number * 10:02x}4060"
        outcomes = at_once(*[lambda colour=colour: sending(colour)] * 3)
        assert sorted(map(bool, outcomes)) == [False, True, True], outcomes
        assert Photo.objects.filter(title="dermaga").count() == number + 1
