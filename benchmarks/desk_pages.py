"""The pages of the desk that desk.py measures, and how."""

import datetime
import fnmatch
import pathlib
import statistics
import time
import urllib.parse
from typing import NamedTuple

import desk_newsroom

HOST = "gorontalo.localhost"
ABSENT = (302, 403)
SIGN_IN = (
    "articles_desksession",
    "auth_user",
    "articles_deskpreference",
)  # tables that every request of an account asks
BOUNDS = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", "SET CONSTRAINTS")
LIST, HOME, PICKER, REFUSED, SAVE, FORM = (100, 15), (100, 25), (30, 5), (10, 15), (60, 30), (100, 25)  # ms, queries
OTHERS = [
    "person", "tag", "series", "section", "edition", "address", "correction", "auditentry", "membership", "readcount",
]  # fmt: skip


class Page(NamedTuple):
    name: str
    address: str
    limits: tuple[int, int]
    status: int = 200


def measure(count, only, times):
    """See desk.py's `measured`."""
    desk_newsroom.prepare(count)
    figures = {}
    for role in ("chief", "editor", "reporter", "photo"):
        measurer = Measurer(role, times)
        for page in pages(measurer.user, role):
            name = f"{role}: {page.name}"
            if _is_asked(name, only) and (figure := measurer.of(page)):
                figures[name] = figure
    if _is_asked("chief: save of a live story", only):
        figures["chief: save of a live story"] = Measurer("chief", times).of_saving()
    return figures


def _is_asked(name, patterns):
    return any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns)


def pages(user, role):
    from django.urls import reverse

    from articles.models import Story
    from articles.models.story import Standing
    from articles.tests.large_desk import COMMON, RARE, SELDOM

    stories, photos = reverse("admin:articles_story_changelist"), reverse("admin:articles_photo_changelist")
    yield Page("home", reverse("admin:index"), HOME)
    yield from _story_lists(user, stories, Standing, [RARE, SELDOM, COMMON])
    yield from _plans(reverse("admin:articles_story_agenda"), reverse("admin:articles_assignment_changelist"))
    yield from _photo_lists(photos, [RARE, SELDOM, COMMON])
    yield from _histories(user, reverse("admin:articles_revision_changelist"))
    for model in OTHERS:
        if user.has_perm(f"articles.view_{model}"):
            yield Page(f"list of {model}", reverse(f"admin:articles_{model}_changelist"), LIST)
    yield from _pickers(user, COMMON)
    yield from _stories(user, Story)


def _plans(agenda, assignments):
    from django.urls import reverse

    yield Page("agenda", agenda, LIST)
    yield from (Page(f"agenda, {view}", f"{agenda}?view={view}", LIST) for view in ("day", "week"))
    asked = {"": "", ", mine": "?tab=mine", ", open": "?tab=open", ", overdue": "?tab=overdue"}
    yield from (Page(f"assignments{name}", f"{assignments}{query}", LIST) for name, query in asked.items())
    yield Page("budget of a day", reverse("admin:articles_assignment_budget"), LIST)


def _story_lists(user, address, standings, words):
    from articles.models import Series

    edition, section = _desk(user)
    now = datetime.datetime.now(datetime.UTC)
    asked = {
        "stories": "", "stories by headline": "o=2", "stories by time": "o=-6",
        **{f"stories, {standing.value}": f"standing={standing.value}" for standing in standings},
        "stories of an edition": f"edition__id__exact={edition.pk}",
        "stories of a section": f"section__id__exact={section.pk}",
        "stories, opinion": "label__exact=opinion",
        "stories of a series": f"series__id__exact={Series.objects.order_by('pk')[3].pk}",
        "stories of a year": f"publish_at__year={now.year}",
        "stories of a month": f"publish_at__year={now.year}&publish_at__month={now.month}",
        "stories of a day": f"publish_at__year={now.year}&publish_at__month={now.month}&publish_at__day={now.day}",
        **{f"stories with “{word}”": f"q={word}" for word in words},
        "stories, live, with a common word": f"q={words[-1]}&standing=live",
        "stories, page 2": "p=2", "stories, page 25": "p=25",
    }  # fmt: skip
    for name, query in asked.items():
        yield Page(name, f"{address}?{query}", LIST)


def _photo_lists(address, words):
    edition = "gorontalo"
    asked = {
        "photos": "", "photos, page 2": "p=2", "photos, page 20": "p=20", "photos without alt": "lacking=alt",
        "photos without credit": "lacking=credit", "photos without caption": "lacking=caption",
        "photos, rights end": "rights=soon", "photos, rights ended": "rights=ended",
        "photos by machine": "rights=generated", "photos that readers see": "used=shown",
        "photos of an edition": f"used={edition}", "photos, tall": "shape=tall", "photos by AFP": "agency=AFP",
        "photos by use": "o=-4", "photos by title": "o=2",
        **{f"photos with “{word}”": f"q={word}" for word in words},
    }  # fmt: skip
    for name, query in asked.items():
        yield Page(name, f"{address}?{query}", LIST)


def _histories(user, address):
    from articles import permissions

    story = permissions.stories(user).filter(state="released").order_by("-pk").first()
    yield Page("revisions", address, LIST)
    yield Page("revisions, page 2", f"{address}?p=2", LIST)
    yield Page("revisions, released", f"{address}?move__exact=released", LIST)
    yield Page("revisions of a story", f"{address}?story__id__exact={story.pk}", LIST)
    yield Page("a revision", f"{address}{story.revisions.first().pk}/change/", LIST)


def _pickers(user, word):
    from django.urls import reverse

    from articles.models import Person, Tag

    for name in ("story", "photo"):
        address = reverse(f"admin:articles_{name}_find")
        yield Page(f"picker of {name}", address, PICKER)
        yield Page(f"picker of {name}, “{word}”", f"{address}?q={word}", PICKER)
    person, tag = Person.objects.order_by("pk")[20], Tag.objects.order_by("pk")[20]
    words = {
        ("credit", "person"): person.name[:4], ("taggedstory", "tag"): tag.name[:4], ("story", "series"): "Ba",
        ("story", "lead_photo"): word, ("story", "section"): "Bola", ("story", "verified_in"): word,
        ("story", "edition"): "Trib",
    }  # fmt: skip
    address = reverse("admin:autocomplete")
    for (model, field), begun in words.items():
        query = f"app_label=articles&model_name={model}&field_name={field}"
        yield Page(f"chooser of {field}", f"{address}?{query}&term=", PICKER)
        yield Page(f"chooser of {field}, “{begun}”", f"{address}?{query}&term={begun}", PICKER)


def _stories(user, model):
    from django.urls import reverse

    from articles import permissions

    def form(story):
        return reverse("admin:articles_story_change", args=[story.pk])

    own = permissions.stories(user)
    yield Page("open a live story", form(own.filter(state="released").order_by("-pk").first()), FORM)
    if draft := own.filter(state="draft").order_by("-pk").first():
        yield Page("open a draft", form(draft), FORM)
    elsewhere = model.objects.filter(edition__slug="ambon").exclude(pk__in=own.order_by("-pk").values("pk")[:1])
    yield Page("open a story that one may not see", form(elsewhere.order_by("pk").first()), REFUSED, 302)


def _desk(user):
    from articles.models import Section

    membership = user.memberships.get()
    return membership.edition, membership.section or Section.objects.filter(edition=membership.edition).first()


class Measurer:
    def __init__(self, role, times):
        from django.contrib.auth import get_user_model
        from django.test import Client

        self.user = get_user_model().objects.get(username=f"{role}-gorontalo-0")
        self.client, self.times = Client(HTTP_HOST=HOST, headers={"accept-language": "id"}), times
        self.client.force_login(self.user)

    def of(self, page):
        """The figures of a page; None if this role, or a desk of this size, does not have it."""
        answer = self.client.get(page.address)
        if answer.status_code in ABSENT and page.status not in ABSENT:
            return None
        if answer.status_code != page.status:
            raise SystemExit(f"{page.name}: {answer.status_code} at {page.address}")
        asked = self._queries(lambda: self.client.get(page.address))
        took = [self._cpu(lambda: self.client.get(page.address)) for _time in range(self.times)]
        return _figure(took, asked, page.limits)

    def of_saving(self):
        """Saving a live story with a new headline, each time undone, sent as browsers send a form without files."""
        from django.db import transaction
        from django.urls import reverse

        from articles import permissions
        from articles.tests.posting import form_of

        live = permissions.stories(self.user, "change").filter(state="released", first_published_at__isnull=False)
        story = live.order_by("-pk").first()
        address = reverse("admin:articles_story_change", args=[story.pk])
        _address, fields = form_of(self.client.get(address), having="headline")
        posted = urllib.parse.urlencode({**fields, "headline": f"{story.headline}, lagi"})

        def save():
            with transaction.atomic():
                answer = self.client.post(address, posted, content_type="application/x-www-form-urlencoded")
                transaction.set_rollback(True)
            if answer.status_code != 302:
                raise SystemExit(f"The story was not saved: {answer.status_code}")

        save()
        asked = self._queries(save)
        return _figure([self._cpu(save) for _time in range(self.times)], asked, SAVE)

    def _cpu(self, work):
        """Milliseconds of this process, and of PostgreSQL's for this connection."""
        began, served = time.process_time(), of_server()
        work()
        return (time.process_time() - began + of_server() - served) * 1000

    def _queries(self, work):
        from django.db import connection

        asked = []

        def note(execute, sql, *args):
            if not sql.startswith(BOUNDS):
                asked.append(sql)
            return execute(sql, *args)

        with connection.execute_wrapper(note):
            work()
        return sum(not any(f'FROM "{table}"' in sql for table in SIGN_IN) for sql in asked)


def _figure(took, queries, limits):
    most_cpu, most_queries = limits
    return {"cpu": statistics.median(took), "queries": queries, "most_cpu": most_cpu, "most_queries": most_queries}


def of_server():
    """CPU seconds of the PostgreSQL process of our connection; 0 on SQLite, or where it runs elsewhere."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0
    connection.ensure_connection()
    if not hasattr(connection.connection, "cpu_file"):
        with connection.cursor() as cursor:
            cursor.execute("SET max_parallel_workers_per_gather = 0")  # the work of helpers would not be seen
        connection.connection.cpu_file = pathlib.Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    file = connection.connection.cpu_file
    return int(file.read_text().split()[0]) / 1e9 if file.exists() else 0
