"""The rows that tell people, and those that they have not seen."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import OuterRef, Subquery

from articles.database.compiled import CompiledQuery
from articles.models import MailChoice, Notice
from articles.models.desk.notice import Mail

from . import mail

MOST = 100  # unseen notices that are counted

_unseen = CompiledQuery(
    lambda user: (
        Notice.objects.filter(to=user, seen_at__isnull=True).order_by("-pk").values_list("pk", flat=True)[:MOST]
    )
)


@transaction.atomic(savepoint=False)
def tell(kind, people, by, at, *, story=None, assignment=None):
    """Tell these accounts, by id, that `by` did this to a story or an assignment. Nobody is told of an act of theirs.

    It belongs into the transaction of the act: then both are stored, or neither is.
    """
    ids = {pk for pk in people if pk} - {by.pk if by else None}
    wanted = _wanted(kind, ids) if ids else {}
    about = {"kind": kind, "by": by, "at": at, "story": story, "assignment": assignment}
    written = Notice.objects.bulk_create(Notice(to_id=pk, mail=when, **about) for pk, when in wanted.items())
    for notice in written:
        if notice.mail == Mail.AT_ONCE:
            mail.send.enqueue(notice.pk)


def _wanted(kind, ids):
    """{id: when they want e-mail of this kind} of those who work at the desk."""
    choice = MailChoice.objects.filter(user=OuterRef("pk"), kind=kind).values("mail")
    people = get_user_model().objects.filter(pk__in=ids, is_active=True, is_staff=True).order_by("pk")
    rows = people.values_list("pk", "email", Subquery(choice))
    return {pk: (chosen or Mail.DIGEST) if settings.MAIL_IS_ON and email else Mail.NEVER for pk, email, chosen in rows}


def unseen(user_id):
    """The ids of what somebody has not seen, newest first, at most MOST."""
    return _unseen(user=user_id)


def mark_seen(notices, at):
    """Note that the person has seen them. Returns how many were new."""
    return notices.filter(seen_at__isnull=True).update(seen_at=at)
