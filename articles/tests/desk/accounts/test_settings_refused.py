"""Settings of accounts that would not do what they say are refused at the start, with a sentence."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

pytestmark = pytest.mark.wide
KEY = "rahasia-penerbit-1234567890-abcdefghijklmnopqrstuvwxyz"
PRODUCTION = {"PRODUCTION": "1", "SECRET_KEY": KEY, "ALLOWED_HOSTS": "meja.example.com,berita.example.com"}


def started(tmp_path, code, **variables):
    environ = {**os.environ, "VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "newsroom.settings", **variables}
    command = [sys.executable, "-c", f"from django.conf import settings; {code}"]
    return subprocess.run(command, env=environ, cwd=settings.ROOT, capture_output=True, text=True)


@pytest.mark.parametrize(
    ("variables", "told"),
    [
        ({"DESK_HOST": "lain.example.com"}, "DESK_HOST is lain.example.com: it must stand in ALLOWED_HOSTS"),
        ({"DESK_HOST": "https://meja.example.com"}, "without scheme and port"),
        ({"REQUIRE_MFA": "editr"}, "REQUIRE_MFA names editr"),
    ],
)
def test_it_is_refused_with_a_sentence(tmp_path, variables, told):
    refused = started(tmp_path, "settings.DEBUG", **PRODUCTION, **variables)
    assert refused.returncode
    assert told in refused.stderr


def test_in_production_whoever_can_release_must_have_a_factor_and_elsewhere_nobody(tmp_path):
    code = "print(settings.REQUIRE_MFA, settings.MFA_SUPPORTED_TYPES)"
    assert started(tmp_path, code, **PRODUCTION).stdout == "['release'] ['totp', 'recovery_codes']\n"
    there = started(tmp_path, code, **PRODUCTION, DESK_HOST="meja.example.com")
    assert there.stdout == "['release'] ['totp', 'recovery_codes', 'webauthn']\n"
    assert started(tmp_path, code).stdout.startswith("[]")
    assert started(tmp_path, code, **PRODUCTION, REQUIRE_MFA="none").stdout.startswith("[]")


@pytest.mark.parametrize(
    ("variables", "told"),
    [
        ({"DEBUG": "1"}, "unset it under PRODUCTION"),
        ({"ALLOWED_HOSTS": "*"}, "name the hosts of the editions"),
        ({"HSTS_SECONDS": "0"}, "HSTS_SECONDS is below 300"),
        ({"SECURITY_CONTACT": "a@example.com"}, "SECURITY_CONTACT begins with mailto:"),
    ],
)
def test_what_is_unsafe_or_false_is_refused(tmp_path, variables, told):
    refused = started(tmp_path, "settings.DEBUG", **{**PRODUCTION, **variables})
    assert refused.returncode
    assert told in refused.stderr


def test_cookies_of_production_belong_to_one_host_and_are_not_sent_without_https(tmp_path):
    code = (
        "import django; django.setup(); "
        "from articles.desk.telling.messages import HostCookie; s = settings; "
        "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, HostCookie.cookie_name, s.SESSION_COOKIE_SECURE, "
        "s.CSRF_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY, s.SESSION_COOKIE_SAMESITE, s.CSRF_COOKIE_SAMESITE, "
        "s.SESSION_COOKIE_DOMAIN, s.CSRF_COOKIE_DOMAIN)"
    )
    told = started(tmp_path, code, **PRODUCTION)
    assert told.stdout == ("__Host-sessionid __Host-csrftoken __Host-messages True True True Lax Lax None None\n"), (
        told.stderr
    )
