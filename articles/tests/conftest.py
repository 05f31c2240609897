import os
import shutil
import tempfile

import pytest
from django.conf import settings as django_settings
from zeal import zeal_context

PLAIN_STATIC = "django.contrib.staticfiles.storage.StaticFilesStorage"
MEDIA = tempfile.TemporaryDirectory(prefix="newsroom-media-")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


def pytest_unconfigure():
    MEDIA.cleanup()


def pytest_configure():
    """Tests need no collected static files, and leave nothing in var/."""
    django_settings.STORAGES["staticfiles"]["BACKEND"] = PLAIN_STATIC
    django_settings.WHITENOISE_USE_FINDERS = django_settings.WHITENOISE_AUTOREFRESH = True
    django_settings.MEDIA_ROOT = MEDIA.name
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def no_n_plus_one():
    """django-zeal raises where the same query runs once for each row."""
    with zeal_context():
        yield


@pytest.fixture(scope="session")
def chromium():
    """The system's Chromium. Without one the test is skipped, or fails where REQUIRE_BROWSER is set."""
    if not CHROMIUM:
        (pytest.fail if os.environ.get("REQUIRE_BROWSER") else pytest.skip)("no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
    flags += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    # Playwright runs an event loop in this thread, and Django refuses to query beside one.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
