"""At 5,000 stories and 10,000 assignments the lists of the desk ask as much as at 60, and all queries read indexes."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client, TestCase
from django.urls import reverse

from articles.models import Person, Revision, Series, Tag
from articles.models.story import Standing

from ...large_desk import COMMON, LargeDesk
from ...large_plans import add_plans

pytestmark = pytest.mark.wide

LARGE = r"articles_(story|revision|photo|credit|taggedstory|storyphoto|photointext|auditentry|assign\w+|note|notice)"
# Who asks, in which language, and at which edition's host: a worker keeps the editions.
OF_SIGN_IN = re.compile(
    r'FROM "(articles_desksession|django_session|auth_user|articles_deskpreference)"|"articles_edition"."host" = '
)
MOST_OF_A_HOME, MOST_OF_A_LIST, MOST_OF_A_CHOOSER = 25, 15, 5  # of a page, one counts what is not seen
LISTS = {
    "photo": [
        "", "p=2", "lacking=alt", "lacking=credit", "lacking=caption", "rights=soon", "rights=ended",
        "rights=generated", "shape=tall", "shape=square", "used=shown", "used=gorontalo", "agency=AFP", f"q={COMMON}",
    ],
    "revision": ["", "p=2", "move__exact=saved"],
    "tag": ["", "q=Ba"], "series": ["", "q=Ba"], "person": ["", "q=Ba"], "section": [""], "correction": [""],
    "address": [""], "auditentry": ["", "p=2"],
    "assignment": [
        "", "p=2", "o=1", "tab=mine", "tab=open", "tab=overdue", "state__exact=planned", "wants_photo__exact=1", "q=ba",
    ],
    "story": [
        "", "p=2", "o=-6", f"q={COMMON}", "tab=mine", "tab=waiting", "tab=late", "tab=today", "label__exact=opinion",
        *(f"standing={standing.value}" for standing in Standing),
    ],
}  # fmt: skip
CHOOSERS = {
    "person": "credit", "tag": "taggedstory", "photo": "storyphoto", "lead_photo": "story", "series": "story",
    "section": "story", "edition": "story",
}  # fmt: skip


class LargeDeskTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        desk = LargeDesk()
        desk.add(60, photos=400)  # so that every filter finds some
        add_plans(desk, 200)
        cls.small = {role: cls.asked_of(role) for role in ("chief", "editor", "reporter")}
        desk.add(4_940)
        add_plans(desk, 9_800)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        cls.large = {role: cls.asked_of(role) for role in cls.small}

    @classmethod
    def asked_of(cls, role):
        """{address: [(SQL, parameters)]} of the pages that this role has, beside those of the sign-in."""
        user = Revision.objects.filter(story__edition__slug="gorontalo", number=1).earliest("pk").by
        if role != "reporter":
            user = get_user_model().objects.get(username=f"{role}-gorontalo-0")
        client = Client(HTTP_HOST="gorontalo.localhost")
        client.force_login(user)
        found = {address: _queries(client, address) for address in cls.addresses(user)}
        return {address: asked for address, asked in found.items() if asked is not None}

    @classmethod
    def addresses(cls, user):
        for model, queries in LISTS.items():
            address = reverse(f"admin:articles_{model}_changelist")
            yield from (f"{address}?{query}" for query in queries if user.has_perm(f"articles.view_{model}"))
        if user.has_perm("articles.delete_photo"):  # the first column is then the one of the boxes
            yield f"{reverse('admin:articles_photo_changelist')}?o=2"
        story = Revision.objects.filter(by=user).values_list("story", flat=True).first()
        yield f"{reverse('admin:articles_revision_changelist')}?story__id__exact={story or 0}"
        names = {"person": Person, "tag": Tag, "series": Series}
        for field, model in CHOOSERS.items():
            word = str(names[field].objects.first())[:3] if field in names else COMMON[:3]
            address = f"{reverse('admin:autocomplete')}?app_label=articles&model_name={model}&field_name={field}"
            yield from (f"{address}&term=", f"{address}&term={word}")
        for name in ("photo", "story"):
            yield from (f"{reverse(f'admin:articles_{name}_find')}{query}" for query in ("", f"?q={COMMON}"))
        yield from (
            reverse(f"admin:{name}") for name in ("index", "articles_story_agenda", "articles_assignment_budget")
        )
        yield from (f"{reverse('admin:articles_story_agenda')}?view={view}" for view in ("day", "week"))

    def each(self):
        for role, pages in self.large.items():
            for address, asked in pages.items():
                yield role, address, asked

    def test_no_page_asks_more_than_at_60(self):
        """But those of stories and assignments: at 60 many of them are empty, or one page, so that they ask less."""
        of_stories = tuple(reverse(f"admin:articles_{name}_changelist") for name in ("story", "assignment"))
        for role, address, asked in self.each():
            if "/find/" not in address and (address.startswith(of_stories) or address == reverse("admin:index")):
                continue
            with self.subTest(role=role, address=address):
                before = self.small[role].get(address)
                self.assertLessEqual(len(asked), len(before or asked), "\n".join(sql for sql, _params in asked))

    def test_lists_and_choosers_stay_below_their_limits(self):
        for role, address, asked in self.each():
            is_chooser = "autocomplete" in address or "/find/" in address
            with self.subTest(role=role, address=address):
                most = MOST_OF_A_CHOOSER if is_chooser else MOST_OF_A_LIST
                most = MOST_OF_A_HOME if address == reverse("admin:index") else most
                self.assertLessEqual(len(asked), most, "\n".join(sql for sql, _params in asked))

    def test_no_query_reads_a_large_table_without_an_index(self):
        known = set()
        for role, address, asked in self.each():
            for sql, params in asked:
                if sql not in known:
                    known.add(sql)
                    with self.subTest(role=role, address=address):
                        self.assertEqual(_read_whole(sql, params), [], sql)


def _queries(client, address):
    """The SELECTs of a page; None if this role does not have it."""
    asked = []

    def note(execute, sql, params, *rest):
        if sql.startswith("SELECT") and not OF_SIGN_IN.search(sql):
            asked.append((sql, params))
        return execute(sql, params, *rest)

    with connection.execute_wrapper(note):
        status = client.get(address).status_code
    return asked if status == 200 else None


def _read_whole(sql, params):
    """The parts of the plan that read all rows of a large table. A count stops at a thousand rows of any order."""
    if sql.startswith("SELECT COUNT(*) FROM (SELECT"):
        return []
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
            steps = [row[3] for row in cursor.fetchall()]
            whole = [re.match(rf"SCAN ({LARGE})\b(?!.* USING )", step) for step in steps]
            # The last row by its key is the first that is read.
            return [step[0] for step in whole if step and f'FROM "{step[1]}" ORDER BY 1 DESC LIMIT 1' not in sql]
        cursor.execute("SET LOCAL enable_seqscan = off")  # else it reads a table of some pages from end to end
        cursor.execute(f"EXPLAIN {sql}", params)
        steps = [row[0] for row in cursor.fetchall()]
        return [step for step in steps if re.search(rf"Seq Scan on {LARGE}\b", step)]
