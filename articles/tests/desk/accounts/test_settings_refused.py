"""Settings that are unsafe, or would not do what they say, are refused at the start, with a sentence."""

import importlib.util
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

KEY = "rahasia-penerbit-1234567890-abcdefghijklmnopqrstuvwxyz"
PRODUCTION = {"PRODUCTION": "1", "SECRET_KEY": KEY, "ALLOWED_HOSTS": "meja.example.com,berita.example.com"}
OF_A_STRANGER = "only-for-localhost-" + "0" * 40  # stands in the source
REFUSED = [  # variables, a part of the sentence
    ({"SECRET_KEY": "pendek"}, "SECRET_KEY is too weak"),
    ({"SECRET_KEY_FALLBACKS": f"{KEY},{OF_A_STRANGER}"}, "SECRET_KEY_FALLBACKS has a key that can be guessed"),
    ({"FACTOR_KEY": "pendek"}, "FACTOR_KEY has a key that can be guessed"),
    ({"DEBUG": "1"}, "unset it under PRODUCTION"),
    ({"PRODUCTION": "ya"}, "PRODUCTION is ya: it must be on or off"),
    ({"BEHIND_PROXY": "nginx"}, "BEHIND_PROXY is nginx"),
    ({"ALLOWED_HOSTS": ""}, "so must be: ALLOWED_HOSTS"),
    ({"ALLOWED_HOSTS": "*"}, "name the hosts of the editions"),
    ({"ALLOWED_HOSTS": "meja.example.com, .com"}, "name the hosts of the editions"),
    ({"ALLOWED_HOSTS": "https://meja.example.com"}, "ALLOWED_HOSTS names https://meja.example.com"),
    ({"ALLOWED_HOSTS": "meja.example.com:443"}, "without scheme and port"),
    ({"HSTS_SECONDS": "0"}, "HSTS_SECONDS is below 300"),
    ({"HSTS_SECONDS": "setahun"}, "HSTS_SECONDS is setahun: it must be a number"),
    ({"THREADS": "0"}, "THREADS is 0: it must be a number from 2"),
    ({"PUBLIC_PORT": "99999"}, "PUBLIC_PORT is 99999"),
    ({"PAGE_STORE_MB": "-5"}, "PAGE_STORE_MB is -5"),
    ({"DESK_HOST": "lain.example.com"}, "DESK_HOST is lain.example.com: it must stand in ALLOWED_HOSTS"),
    ({"DESK_HOST": "https://meja.example.com"}, "without scheme and port"),
    ({"REQUIRE_MFA": "editr"}, "REQUIRE_MFA names editr"),
    ({"METRICS_TOKEN": "pendek"}, "METRICS_TOKEN must have 20 letters"),
    ({"SECURITY_CONTACT": "a@example.com"}, "SECURITY_CONTACT begins with mailto:"),
    ({"DATABASE_URL": "mysql://newsroom:rahasia@db/newsroom"}, "DATABASE_URL is of mysql"),
    ({"MAIL_URL": "smtp://meja:rahasia@mail.example", "MAIL_FROM": "a@example.com"}, "sends its password for all"),
    ({"MEDIA_STORAGE": "s3://bucket/foto?default_acl=public-read"}, "MEDIA_STORAGE must be s3://bucket/folder"),
]


@pytest.mark.parametrize(("variables", "told"), REFUSED)
def test_it_is_refused_with_a_sentence_that_tells_no_secret(tmp_path, monkeypatch, variables, told):
    with pytest.raises(ImproperlyConfigured) as refused:
        read(monkeypatch, VAR=str(tmp_path), **PRODUCTION | variables)
    assert told in str(refused.value)
    assert "rahasia" not in str(refused.value)


def test_a_variable_that_is_set_to_nothing_does_not_take_the_second_factor_away(tmp_path, monkeypatch):
    empty = dict.fromkeys(["REQUIRE_MFA", "BEHIND_PROXY", "HSTS_SECONDS", "THREADS", "FACTOR_KEY"], "")
    found = read(monkeypatch, VAR=str(tmp_path), **PRODUCTION, **empty)
    assert (found.REQUIRE_MFA, found.SECURE_HSTS_SECONDS, found.THREADS) == (["release"], 31_536_000, 32)


def read(monkeypatch, **variables):
    """The settings as they are with these variables; those of the tests stay as they are."""
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    spec = importlib.util.find_spec("newsroom.settings")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def started(tmp_path, code, **variables):
    environ = {**os.environ, "VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "newsroom.settings", **variables}
    command = [sys.executable, "-c", f"from django.conf import settings; {code}"]
    return subprocess.run(command, env=environ, cwd=settings.ROOT, capture_output=True, text=True)


@pytest.mark.wide
def test_in_production_whoever_can_release_must_have_a_factor_and_elsewhere_nobody(tmp_path):
    code = "print(settings.REQUIRE_MFA, settings.MFA_SUPPORTED_TYPES)"
    assert started(tmp_path, code, **PRODUCTION).stdout == "['release'] ['totp', 'recovery_codes']\n"
    there = started(tmp_path, code, **PRODUCTION, DESK_HOST="meja.example.com")
    assert there.stdout == "['release'] ['totp', 'recovery_codes', 'webauthn']\n"
    assert started(tmp_path, code).stdout.startswith("[]")
    assert started(tmp_path, code, **PRODUCTION, REQUIRE_MFA="none").stdout.startswith("[]")


@pytest.mark.wide
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
