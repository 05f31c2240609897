"""What `manage.py doctor` says of a set-up, beside the checks of a running newsroom: what is wrong, and what to do.

A fault ends the command with 1. A word is worth a look and may be meant so.
"""

import datetime
import os
import pathlib
import shutil
import urllib.error
import urllib.request

from django.conf import settings
from django.core import checks as of_django
from django.core.files.storage import default_storage
from django.core.mail import mailers
from django.db import DatabaseError, connection
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Edition, Photo
from articles.tasks import queue

from . import checks, data, front
from .finding import Finding

MOST_SKEW = datetime.timedelta(seconds=2)
LEAST_ROOM = 1_000_000_000  # bytes
PATIENCE = 5  # seconds
MEANT = {"security.W004", "security.W008"}  # HTTPS without PRODUCTION is told by one line of ours


def findings():
    """All Findings; none if all is well."""
    found = checks.look()
    yield from _running(found)
    yield from _settings()
    yield from _media()
    yield from _mail()
    if found["database"] == checks.OK and found["migrations"] == checks.OK:
        yield from _database()
        yield from data.findings()
        yield from front.findings()


def _running(found):
    for name, word in found.items():
        if word != checks.OK:
            what, to_do = _words(name, word)
            yield Finding(name, what, to_do)


def _words(name, word):
    if word == checks.SLOW:
        to_do = _("Look at DATABASE_URL and its server; for the storage at the disk or the bucket.")
        return _("It does not answer."), to_do
    return {
        "triggers": (_("Triggers are missing or old: pages would go stale."), _("Run `manage.py migrate`.")),
        "migrations": (_("The database is not that of this release."), _("Run `manage.py migrate` of this release.")),
        "pages": (_("This process does not learn what changes."), _("Look at the clock and at who writes the file.")),
        "storage": (
            _("No file can be written where photos are."),
            _("Look at the owner and room of VAR, or at MEDIA_STORAGE and its keys."),
        ),
        "schedule": (
            _("A scheduled change is late by more than a minute."),
            _("Open the front page; then look for “Waiting change” in the log."),
        ),
        "tasks": (
            _("A task has waited for more than five minutes: no worker runs."),
            _("Start `manage.py worker` as a unit of its own; `serve` has one only where MAIL_URL is set."),
        ),
    }[name]


def _settings():
    if settings.DEBUG:
        yield Finding("DEBUG", _("Errors show the inside of the program to everybody."), _("Unset DEBUG."))
    if not settings.PRODUCTION:
        yield Finding(
            "PRODUCTION", _("It runs for this machine only."), _("Set PRODUCTION where readers come."), is_fault=False
        )
        return
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        what = _("This command runs as root, so it cannot tell what the service may read and write.")
        yield Finding(
            "root", what, _("Run it as the account of the service: `newsroom-manage doctor`."), is_fault=False
        )
    if not settings.DESK_HOST:
        what = _("The desk answers at every edition's host, and takes no passkeys.")
        yield Finding("DESK_HOST", what, _("Set DESK_HOST to a host of its own."), is_fault=False)
    if "*" in settings.ALLOWED_HOSTS:
        yield Finding("ALLOWED_HOSTS", _("Any host is answered."), _("Name the hosts of the editions."))
    if not settings.BEHIND_PROXY:
        what = _("X-Forwarded-… is not believed: right only if no proxy stands in front.")
        yield Finding("BEHIND_PROXY", what, _("Set it behind nginx or a CDN."), is_fault=False)
    for one in of_django.run_checks(include_deployment_checks=True):
        if one.id not in MEANT and not one.is_silenced():
            is_fault = one.level >= of_django.WARNING
            yield Finding(one.id or "check", str(one.msg).splitlines()[0], str(one.hint or ""), is_fault)


def _media():
    folder = pathlib.Path(settings.MEDIA_ROOT).resolve()
    public = [settings.STATIC_ROOT, *settings.STATICFILES_DIRS]
    if any(pathlib.Path(one).resolve() in (folder, *folder.parents) for one in public):
        what = _("Originals lie within the static files, which everybody gets.")
        yield Finding("MEDIA_ROOT", what, _("Move VAR out of there."))
    if settings.PRODUCTION and not (settings.STATIC_ROOT / "staticfiles.json").exists():
        what = _("Static files are not collected: pages have no style.")
        yield Finding("static", what, _("Start `manage.py serve`, or run `manage.py collectstatic`."))
    if hasattr(default_storage, "bucket_name") and _is_public():
        what = _("Everybody can read originals from the bucket.")
        yield Finding("MEDIA_STORAGE", what, _("Block public access to the bucket."))
    if (free := shutil.disk_usage(settings.VAR).free) < LEAST_ROOM:
        what = _("Only %(count)d MB are free.") % {"count": free // 1_000_000}
        yield Finding("VAR", what, _("Make room."))


def _is_public():
    """Whether an original is sent to somebody without keys."""
    photo = Photo.objects.order_by("-pk").first()
    if photo is None:
        return False
    address = default_storage.address_without_keys(photo.file.name)
    try:
        asked = urllib.request.Request(address, method="HEAD")  # noqa: S310 - the address of our bucket
        with urllib.request.urlopen(asked, timeout=PATIENCE) as answer:  # noqa: S310
            return answer.status == 200
    except OSError:  # also every status above 399
        return False


def _mail():
    if not settings.MAIL_IS_ON:
        what = _("Nobody is told by e-mail.")
        yield Finding("MAIL_URL", what, _("Set MAIL_URL and MAIL_FROM, or leave it so."), is_fault=False)
        return
    try:
        link = _link()
        link.open()
        link.close()
    except OSError as error:
        what = _("The server of our mail refuses: %(kind)s.") % {"kind": type(error).__name__}
        yield Finding("MAIL_URL", what, _("Look at host, port, name and password."))


def _link():
    return mailers["default"]


def _database():
    try:
        skew = abs(_clock_of_database() - timezone.now())
    except DatabaseError:
        return
    if skew > MOST_SKEW:
        what = _("The clocks of this machine and of the database differ by %(count)d seconds.")
        yield Finding("clock", what % {"count": skew.total_seconds()}, _("Set both by NTP."))
    if count := queue.given_up().count():
        what = _("%(count)d tasks were given up within a week.") % {"count": count}
        yield Finding("tasks", what, _("Look at /admin/tasks/ and try them again."), is_fault=False)
    for edition in Edition.objects.all():
        if not _is_allowed(edition.host):
            what = _("%(host)s, the host of an edition, is not allowed.") % {"host": edition.host}
            yield Finding("ALLOWED_HOSTS", what, _("Add it to ALLOWED_HOSTS."))


def _is_allowed(host):
    from django.http.request import validate_host

    return validate_host(host, settings.ALLOWED_HOSTS)


def _clock_of_database():
    if connection.vendor == "sqlite":
        return timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]
