import gc
import os
import pathlib
import re
import shutil
import tempfile
import threading
from unittest import mock

import pytest
from django.conf import settings as django_settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.db import connection
from django.utils.translation import override

PLAIN_STATIC = "django.contrib.staticfiles.storage.StaticFilesStorage"
MEDIA = tempfile.TemporaryDirectory(prefix="newsroom-media-")
USUAL_DATABASE = django_settings.DATABASES["default"]["NAME"]
# Without windows of its own, where there is one: a page then costs half.
CHROMIUM = next(filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser"))), None)
LONGEST = [
    "test_browser_parts", "test_desk_html_and_accessibility", "test_browser_copies", "test_html_and_accessibility",
    "test_browser_paper", "test_migrations", "test_permissions_acts", "test_browser_editor",
    "test_desk_junk", "test_form_merged", "test_desk_isolation", "test_large_desk", "test_delivery", "test_crawl",
    "test_bounds", "test_serve_postgres", "test_races", "test_demo_day",
]  # fmt: skip
PATIENCE = 30_000  # milliseconds, on a machine that does other things too
SENT_AGAIN = ("429", "/copies/keep/")  # a slow machine lets two copies arrive within a second: it comes again


def pytest_unconfigure():
    MEDIA.cleanup()


def pytest_configure():
    """Tests need no collected static files, and leave nothing in var/ or in anybody's bucket."""
    gc.set_threshold(100_000, 30, 30)  # looking often at thousands of tests in memory is a fifth of the start
    django_settings.STORAGES["staticfiles"]["BACKEND"] = PLAIN_STATIC
    django_settings.WHITENOISE_USE_FINDERS = django_settings.WHITENOISE_AUTOREFRESH = True
    django_settings.STORAGES["default"] = {"BACKEND": "articles.photos.disk.WholeFileSystemStorage"}
    django_settings.UNTRACKED_QUERIES_FAIL = True
    django_settings.MEDIA_ROOT = MEDIA.name
    django_settings.VAR = pathlib.Path(MEDIA.name)
    django_settings.COUNT_READS = False  # a thread beside the tests would write into their database
    os.environ.pop("MEDIA_STORAGE", None)
    django_settings.DESK_HOST, django_settings.REQUIRE_MFA = "", []
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    django_settings.DATABASES["default"].setdefault("TEST", {})["MIGRATE"] = False


def _left_out(config):
    """The marks whose tests the run leaves out, whatever else they are marked with."""
    asked = config.option.markexpr
    return set() if " or " in asked else set(re.findall(r"not (\w+)", asked))


def pytest_ignore_collect(collection_path, config):
    """Of the whole suite, a file that is left out by its `pytestmark` is not even imported."""
    if collection_path.suffix != ".py" or any(".py" in asked for asked in config.args):
        return None
    marks = re.search(r"^pytestmark = (.*)$", collection_path.read_text(), re.M)
    return bool(marks and _left_out(config) & set(re.findall(r"mark\.(\w+)", marks[1]))) or None


def pytest_collection_modifyitems(items):
    """Marks the tests that ask the database of the tests: the run on PostgreSQL leaves out all others (.ci/run).

    The longest files begin, so that at the end no core waits for one of them.
    """
    from django.test import TransactionTestCase  # when Django is set up

    for item in items:
        is_case = issubclass(getattr(item, "cls", None) or object, TransactionTestCase)
        asks = {"db", "transactional_db", "django_db_setup", "live_server"} & set(item.fixturenames)
        if is_case or asks or item.get_closest_marker("django_db"):
            item.add_marker("database")
    items.sort(key=lambda item: LONGEST.index(item.path.stem) if item.path.stem in LONGEST else len(LONGEST))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The tables are made from the models, a tenth of the work; test_upgrade.py holds them against the migrations.

    Once the migrations are noted as done, `migrate` makes the triggers and the search index. Where no test asks for
    the database, there is only the usual one, which stays as it is.
    """
    if django_settings.DATABASES["default"]["NAME"] != USUAL_DATABASE:
        with django_db_blocker.unblock():
            call_command("migrate", fake=True, verbosity=0)


@pytest.fixture(autouse=True, scope="module")
def content_types_are_read_anew():
    """A test that empties the database and is rolled back leaves ids in Django's memory that are no longer there."""
    from django.contrib.contenttypes.models import ContentType  # when Django is set up

    ContentType.objects.clear_cache()


@pytest.fixture(autouse=True)
def library_of_looks_is_read_anew():
    """What a process remembers of a test's photos, by numbers that the next test's database gives once more."""
    from articles.photos.near_doubles import doubles  # when Django is set up

    doubles.library.cache_clear()


@pytest.fixture(autouse=True, scope="session")
def nobody_listens():
    """A connection that listens would keep the tests' database from being dropped; test_notify.py ends its own."""
    with mock.patch("articles.cache.freshness._listen"):
        yield


@pytest.fixture(scope="session")
def chromium():
    """The system's Chromium. Without one the test is skipped, or fails where REQUIRE_TOOLS is set."""
    if not CHROMIUM:
        (pytest.fail if os.environ.get("REQUIRE_TOOLS") else pytest.skip)("no Chromium on this machine")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
    flags += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    flags += ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost, EXCLUDE 127.0.0.1"]
    # Playwright runs an event loop in this thread, and Django refuses to query beside one.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def in_english():
    with override("en"):
        yield


@pytest.fixture
def one_at_a_time(monkeypatch):
    """The test and the threads of the live server share one connection to a SQLite that is in memory: they take turns.

    Otherwise one that holds Python's lock waits for SQLite's, while SQLite calls a function of ours in the other.
    """
    turn, answer = threading.RLock(), WSGIHandler.__call__
    asked, some = [], threading.Condition()

    def in_turn(call, *args):
        with turn:
            return call(*args)

    def answered(*args):
        with some:
            asked.append(args)
        try:
            return in_turn(answer, *args)
        finally:
            with some:
                asked.pop()
                some.notify_all()

    monkeypatch.setattr(WSGIHandler, "__call__", answered)
    with connection.execute_wrapper(in_turn):
        yield
    with some:  # a form that keeps what was typed may still be answered, and the database is emptied next
        assert some.wait_for(lambda: not asked, 30)


@pytest.fixture
def cast(transactional_db):
    """The newsroom of newsroom.py, stored: for tests that are functions."""
    from .newsroom import NewsroomTestCase  # when Django is set up

    class Cast(NewsroomTestCase):
        pass

    Cast.setUpTestData()
    return Cast


@pytest.fixture
def newsroom(cast):
    """What a browser finds, and a chief who signs in as “editor”; a file that needs more has its own."""
    cast.somebody("chief", name="editor")
    return cast


def told_by(page, said):
    return f"{page.url}: {said.text} ({said.location.get('url')})"


@pytest.fixture
def visit(django_db_setup, chromium, live_server, newsroom, one_at_a_time):
    """Opens a page of `newsroom` in a new browser; fails at the end for what its console complained of.

    A test that breaks something by itself names in `visit.awaited` what the console will say.
    `django_db_setup` comes before `live_server`, which asks only once whether the database is in memory.
    """
    contexts, complaints = [], []

    def visit(path, width, cookies=(), **manners):
        manners = {"locale": "id-ID", "reduced_motion": "reduce", **manners}  # a broken-off transition complains
        context = chromium.new_context(viewport={"width": width, "height": 800}, **manners)
        context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in cookies])
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: said.type == "error" and complaints.append(told_by(page, said)))
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        page.goto(live_server.url + path)
        return page

    visit.awaited = ()
    yield visit
    told = [said for said in complaints if not any(words in said for words in visit.awaited)]
    told = [said for said in told if not all(words in said for words in SENT_AGAIN)]
    for context in contexts:
        context.set_offline(True)  # so that a form asks nothing more while the database is emptied
        context.close()
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:  # of the live server: it closes its share of the database yet
            thread.join(10)
    assert not told, told


@pytest.fixture
def at_desk(visit):
    """Opens a page of the desk, signed in."""
    from django.contrib.auth.models import User  # when Django is set up

    from .newsroom import signed_in

    def at_desk(path, name="editor", width=1280, **manners):
        session = signed_in(User.objects.get(username=name))
        return visit(path, width, cookies=[(django_settings.SESSION_COOKIE_NAME, session)], **manners)

    return at_desk
