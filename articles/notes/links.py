"""Preview links: an address by which somebody without an account reads one story that is not published yet.

The secret stands behind the "#" of the address. A browser sends that part to nobody, so it stands in no log, in no
Referer, and a chat program that fetches the link learns nothing. Here only its hash is stored. A link ends at its time,
when it is revoked, when the account that made it is closed, and when readers get the story.
"""

import datetime
import secrets

from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import audit, permissions
from articles.models import PreviewLink, Revision
from articles.models.audit_entry import Action
from articles.models.revision import Move
from articles.models.story import Standing
from articles.publishing import Refused

SALT = "articles.notes.links"
LASTS = {
    "hour": (gettext_lazy("one hour"), datetime.timedelta(hours=1)),
    "day": (gettext_lazy("one day"), datetime.timedelta(days=1)),
    "days": (gettext_lazy("three days"), datetime.timedelta(days=3)),
    "week": (gettext_lazy("one week"), datetime.timedelta(days=7)),
}
MOST = 20  # links of a story that are open at once
ENDED = {Standing.LIVE, Standing.WITHDRAWN, Standing.EXPIRED}
_signed = signing.Signer(salt=SALT, sep=".")
_of_photos = signing.Signer(salt=f"{SALT}.photos", sep=".")


@transaction.atomic
def make(story, by, at, reader, lasts, is_of_now=False, request=None):
    """(PreviewLink, its secret, which is never told again). `is_of_now`: bound to the revision of now, else always the
    newest. Raises PermissionDenied, Refused."""
    _ask(by, story)
    if not reader.strip():
        raise Refused(_("Write for whom the link is."))
    if lasts not in LASTS:
        raise Refused(_("Choose how long the link lasts."))
    if story.standing(at) in ENDED:
        raise Refused(_("Only a story that is not published yet has preview links."))
    if open_to(story, at).count() >= MOST:
        raise Refused(_("This story has too many open links: end some first."))
    secret = _signed.sign(secrets.token_urlsafe(24))
    link = PreviewLink.objects.create(
        story=story,
        secret_hash=_hash(secret),
        reader=reader[:80],
        revision_number=newest(story).number if is_of_now else None,
        made_by=by,
        made_at=at,
        ends_at=at + LASTS[lasts][1],
    )
    audit.write(Action.LINK_MADE, story, by.get_username(), request, into=link)
    return link, secret


@transaction.atomic
def revoke(link, by, at, request=None):
    """Raises PermissionDenied."""
    _ask(by, link.story)
    if PreviewLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=at):
        audit.write(Action.LINK_REVOKED, link.story, by.get_username(), request, into=link)


def open_to(story, at):
    return PreviewLink.objects.filter(story=story, revoked_at=None, ends_at__gt=at)


def found(secret, edition, at):
    """The link of this secret at this edition, if it still opens something; else None."""
    try:
        _signed.unsign(secret)
    except signing.BadSignature:
        return None
    return _still_open({"secret_hash": _hash(secret)}, edition, at)


def of_photos(link):
    """What stands in the addresses of the photos of a link: it opens nothing else, and ends with the link."""
    return _of_photos.sign(link.uid.hex)


def found_by_photos(sign, edition, at):
    try:
        return _still_open({"uid": _of_photos.unsign(sign)}, edition, at)
    except signing.BadSignature:
        return None


def _still_open(key, edition, at):
    links = PreviewLink.objects.select_related("story__edition", "made_by").filter(**key, story__edition=edition)
    link = links.filter(revoked_at=None, ends_at__gt=at, made_by__is_active=True).first()
    return link if link and link.story.standing(at) not in ENDED else None


@transaction.atomic
def opened(link, at, request):
    """Count and log that somebody read by this link."""
    PreviewLink.objects.filter(pk=link.pk).update(views=F("views") + 1, viewed_at=at)
    audit.write(Action.LINK_OPENED, link.story, "", request, into=link)


def newest(story):
    """The newest revision that was the story; None for one that was loaded and not changed since."""
    return Revision.objects.filter(story=story).exclude(move=Move.SET_ASIDE).order_by("-number").first()


def shown(link):
    """The revision that the link shows; None for a story without revisions."""
    if link.revision_number is None:
        return newest(link.story)
    return Revision.objects.filter(story=link.story_id, number=link.revision_number).first()


def _hash(secret):
    return salted_hmac(SALT, secret, algorithm="sha256").hexdigest()


def may_have(user, story):
    """Whether somebody may make and end links of this story: whoever may change its words."""
    return permissions.may(user, "change", story) and not permissions.may_only_illustrate(user, story)


def _ask(by, story):
    if not may_have(by, story):
        raise PermissionDenied(_("Your role does not allow this move with this story."))
