"""Assignments by the thousand for the desk of large_desk.py: a month before now and a week after it, in each state."""

import datetime
import uuid

from articles.models import Assignee, Assignment, Story
from articles.models.desk.assignment import Plan
from articles.models.story import State

from .bulk_rows import insert, next_id, without_triggers

BEFORE, AFTER = datetime.timedelta(days=30), datetime.timedelta(days=7)
OPEN = 0.1  # of those that were due already; of those to come, nearly all


def add_plans(desk, count):
    """`count` assignments of all editions: most have one person, some two, some nobody; some have a story."""
    first, rows, assignees = next_id(Assignment), [], []
    drafts = list(Story.objects.filter(state=State.DRAFT, assignment=None).values_list("pk", flat=True)[: count // 20])
    for number in range(count):
        edition = desk.editions[number % 7 % len(desk.editions)]
        due_at = desk.now - BEFORE + (BEFORE + AFTER) * number / count
        is_open = due_at > desk.now or desk.rng.random() < OPEN
        state = desk.rng.choice([Plan.PLANNED, *4 * [Plan.CONFIRMED]] if is_open else [*4 * [Plan.DONE], Plan.DROPPED])
        rows.append({
            "id": first + number, "uid": uuid.UUID(int=desk.rng.getrandbits(128), version=4),
            "section_id": desk.rng.choice(desk.sections[edition.pk]).pk, "headline": desk.sentence(5),
            "kicker": "", "due_at": due_at, "place": desk.name(), "brief": desk.sentence(20),
            "wants_photo": number % 3 == 0, "state": state.value, "closed_at": None if is_open else due_at,
            "story_id": drafts.pop() if is_open and drafts and number % 4 == 0 else None,
            "created_by_id": desk.staff[edition.pk]["chief"][0][0], "created_at": due_at,
        })  # fmt: skip
        staff = desk.staff[edition.pk]["reporter"]
        for user, _person in desk.rng.sample(staff, desk.rng.choice([0, 1, 1, 1, 1, 2])):
            assignees.append({"assignment_id": first + number, "user_id": user})
    with without_triggers():
        insert(Assignment, rows)
        insert(Assignee, assignees)
