"""Each open form of a story asks every eight seconds who else has it open, who has unsaved text of it, and whether it
was saved meanwhile. This middleware answers before those that make a page of the desk, because it is asked so often.
"""

import re

from django.http import HttpResponse, JsonResponse
from django.utils import dateformat, timezone, translation
from django.utils.translation import gettext as _

from articles import permissions
from articles.delivery import bodies
from articles.desk import labels, timestamps
from articles.desk.values import is_id
from articles.models import Revision
from articles.models.person import known_as
from articles.permissions.compiled import story_within
from articles.publishing import told

from . import asker, presence, working_copies

ADDRESS = "/admin/presence/%d/"
ASKED = re.compile(r"/admin/presence/([0-9]{1,18})/")
LONGEST = 4_000  # bytes of a question


def answers(get_response):
    def middleware(request):
        asked = ASKED.fullmatch(request.path)
        return _answer(request, int(asked[1])) if asked else get_response(request)

    return middleware


def _answer(request, story_id):
    """{"people": [sentence], "saved": sentence or "", "unseen": count of notices}.

    401 without a sign-in, 404 for a story that is not theirs.
    """
    request.get_host()  # refuses one that is not ours
    if request.method != "POST" or bodies.length(request.META) > LONGEST:
        return _status(405 if request.method != "POST" else 413)
    account, language = asker.signed_in(request)
    if account is None:
        return _status(401)
    if body := request.META.get(bodies.BODY):
        body.is_signed_in = True
    if not asker.is_from_our_page(request):
        return _status(403)
    ranges = permissions.ranges(account, "view")
    story = story_within(ranges, account, story_id, "version", "edition__time_zone")
    if story is None:
        return _status(404)
    with translation.override(language), timezone.override(story[1]):
        return _of_story(request.POST, account, story_id, story[0])


def _status(status):
    return HttpResponse(status=status, headers={"Cache-Control": "no-store, private"})


def _of_story(asked, account, story_id, version):
    if "leave" in asked:
        presence.leave(account, story_id)
        return _status(204)
    now = timezone.now()
    others = presence.renewed(account, story_id, now)
    opened = asked.get("version", "")
    saved = _saved_meanwhile(story_id, account) if is_id(opened) and int(opened) < version else ""
    answer = {"people": _people(account, story_id, others, now), "saved": saved, "unseen": len(told.unseen(account.pk))}
    return JsonResponse(answer, headers={"Cache-Control": "no-store, private"})


def _people(account, story_id, others, now):
    """[sentence]: one a person."""
    unsaved = {}
    for pk, changed_at, *names in working_copies.writers(
        story=story_id, user=account.pk, since=now - working_copies.LASTS
    ):
        unsaved.setdefault(pk, (changed_at, names))
    told = [_told_of_present(names, pk in unsaved) for pk, names in others.items()]
    return told + [_told_of_absent(*one) for pk, one in unsaved.items() if pk not in others]


def _name(of_person, first, last, of_sign_in):
    return known_as(of_person, f"{first} {last}".strip(), of_sign_in)


def _told_of_present(names, has_unsaved):
    name = {"name": _name(*names)}
    return (_("%(name)s is writing here: unsaved") if has_unsaved else _("%(name)s has it open")) % name


def _told_of_absent(changed_at, names):
    words = {"name": _name(*names), "time": timestamps.relative(changed_at)}
    return _("%(name)s left unsaved text, %(time)s") % words


def _saved_meanwhile(story_id, account):
    last = Revision.objects.filter(story=story_id).select_related("by__person").first()
    if last is None:
        return _("This story was saved meanwhile.")
    clock = dateformat.format(timezone.localtime(last.at), "H.i")
    if last.by == account:
        return _("You saved this story in another window (%(clock)s).") % {"clock": clock}
    words = {"name": labels.of_account(last.by), "clock": clock}
    return _("%(name)s saved this story meanwhile (%(clock)s).") % words
