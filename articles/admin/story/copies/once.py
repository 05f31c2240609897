"""One form makes one story, however often it is sent: by a double click, a second window, or the Back button.

The public id of a new story follows from the form that made it and from its writer, and the database holds it unique.
So the first save takes it, and each later one is led to the story that was made, also where both are sent at once.
"""

import uuid

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from articles.desk.writing import working_copies
from articles.models import Story, WorkingCopy

from .. import transitions
from . import difference


class MadeAlready(Exception):
    """The form that is being saved has made its story before."""


def uid_of_story(user, uid_of_form):
    digest = salted_hmac("articles.desk.new_story", f"{user.pk} {uid_of_form}", algorithm="sha256").digest()
    return uuid.UUID(bytes=digest[:16], version=4)


def made_by(user, uid_of_form):
    """The story that the form has made, or None."""
    return Story.objects.select_related("edition").filter(uid=uid_of_story(user, uid_of_form)).first()


def lead_to(model_admin, request, story):
    """To the story that was made. Words that were typed into the form since then are kept as an unsaved text."""
    messages.info(request, _("This form was saved already, as this story. No second one was made."))
    typed = working_copies.typed_of(request.POST)
    if _says_more(model_admin, request, WorkingCopy(story=story, typed=typed)):
        another = uid_of_story(request.user, story.uid)  # the same for each later sending of this form
        working_copies.set_aside(request.user, another, None, typed, None, timezone.now())
        messages.warning(request, _("What you typed into it since then is kept: the first page offers it to you."))
    return HttpResponseRedirect(transitions.desk_address(model_admin, request, story))


def _says_more(model_admin, request, copy):
    """Whether the form has words that the story lacks. What was left empty in it was filled when it was saved."""
    with timezone.override(copy.story.edition.zone):
        return any("<ins>" in row.words for row in difference.rows(model_admin, request, copy))
