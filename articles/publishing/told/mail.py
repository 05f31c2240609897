"""Notices by e-mail: a headline and a link, at once or once a day. The worker sends them (articles/tasks/).

Whether somebody may still see a story is asked when the mail is sent. A mail holds no text, no note, no source and no
name that is to be protected; of a story under embargo it says that there is news, and nothing else.
"""

import datetime

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db.models import Min
from django.tasks import task
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import permissions
from articles.models import Notice
from articles.models.desk.notice import Mail
from articles.permissions import assigned
from articles.tasks.backend import enqueue_once

from ..protected import revealing
from . import words

MOST_IN_A_DIGEST = 50
USUAL_HOUR = 7
A_DAY = datetime.timedelta(days=1)
JOINED = ("story__edition", "assignment__section__edition", "assignment__story", "by__person")


@task
def send(notice_id):
    """Send one notice at once, unless the person has seen it meanwhile."""
    notice = _waiting().filter(pk=notice_id).select_related("to__desk_preference", *JOINED).first()
    if notice and (told := _allowed(notice.to, [notice])):
        with translation.override(_language(notice.to)):
            _post(notice.to, _subject(told[0]), [_line(told[0])], told)
    _note([notice] if notice else [])


@task
def send_digest(user_id):
    """Send all that waits for somebody's digest as one mail."""
    user = get_user_model().objects.select_related("desk_preference").get(pk=user_id)
    waiting = list(_waiting().filter(mail=Mail.DIGEST, to=user).select_related(*JOINED).order_by("pk"))
    with translation.override(_language(user)):
        if told := _allowed(user, waiting):
            lines = [_line(notice) for notice in told[:MOST_IN_A_DIGEST]]
            if further := len(told) - len(lines):
                lines.append(ngettext("and %(count)d further", "and %(count)d further", further) % {"count": further})
            count = {"count": len(told)}
            _post(user, ngettext("%(count)d thing for you", "%(count)d things for you", len(told)) % count, lines, told)
    _note(waiting)


def enqueue_digests(at):
    """Ask for the digest of everybody whose hour has come and who was told of something before it, once a day."""
    waiting = _waiting().filter(mail=Mail.DIGEST).order_by("to").values_list("to", "to__desk_preference__digest_hour")
    for user, hour, first_at in waiting.annotate(first_at=Min("at")):
        due = _last_hour(at, USUAL_HOUR if hour is None else hour)
        if first_at <= due:
            enqueue_once(f"digest/{user}/{due:%Y-%m-%d}", send_digest, user)


def _last_hour(at, hour):
    """The last time, up to now, at which the clock of the newsroom showed this hour."""
    local = at.astimezone(timezone.get_default_timezone())
    today = local.replace(hour=hour, minute=0, second=0, microsecond=0)
    return today if today <= local else today - A_DAY


def _waiting():
    return Notice.objects.filter(mailed_at__isnull=True, seen_at__isnull=True).exclude(mail=Mail.NEVER)


def _note(notices):
    """Those that the person may not see any more are done with, too."""
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(mailed_at=timezone.now())


def _allowed(user, notices):
    """Those about what this person may still see."""
    if not (user.is_active and user.is_staff and user.email):
        return []
    stories = permissions.stories(user).filter(pk__in={one.story_id for one in notices if one.story_id})
    seen = set(stories.values_list("pk", flat=True))
    planned = {one.assignment_id for one in notices if one.assignment_id}
    open_to = set(assigned.assignments(user).filter(pk__in=planned).values_list("pk", flat=True)) if planned else set()
    return [one for one in notices if one.story_id in seen or one.assignment_id in open_to]


def _language(user):
    preference = getattr(user, "desk_preference", None)
    return preference.language if preference else settings.LANGUAGE_CODE


def _post(user, subject, lines, notices):
    """A worker that is killed between sending and noting sends once more, so a mail comes twice rather than never. The
    second has the Message-ID of the first, by which most mail programs show one."""
    body = "\n\n".join([*lines, _("You choose at the desk what you are told by e-mail.")])
    about = repr([user.pk, *(notice.pk for notice in notices)])
    known = salted_hmac("articles.mail", about, algorithm="sha256").hexdigest()
    headers = {"Message-ID": f"<{known}@{settings.MAIL_FROM.rpartition('@')[2].strip('>')}>"}
    EmailMessage(subject, body + "\n", settings.MAIL_FROM, [user.email], headers=headers).send()


def _subject(notice):
    return _("There is news") if _is_secret(notice) else words.headline(notice)


def _line(notice):
    """Who did what, the headline, and a link that leads to it at the desk."""
    link = _edition(notice).absolute(reverse("admin:told_open", args=[notice.pk]))
    if _is_secret(notice):
        return f"{_('There is news')}\n{link}"
    return f"{words.headline(notice)}\n{words.sentence(notice)}.\n{link}"


def _edition(notice):
    return notice.story.edition if notice.story else notice.assignment.section.edition


def _is_secret(notice):
    """Whether a mail says nothing of the story: it is under embargo, or what the mail says would name somebody whom
    the story protects."""
    story = notice.story or notice.assignment.story
    if story is None:
        return False
    is_under_embargo = story.embargo_until is not None and story.embargo_until > timezone.now()
    return is_under_embargo or bool(list(revealing(story, words.headline(notice), words.sentence(notice))))
