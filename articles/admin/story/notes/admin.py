"""What the form of a story shows of notes, and their addresses."""

from django.contrib import messages
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import permissions
from articles.notes import links as preview_links
from articles.notes import reading
from articles.text.passages import Passage

from ...scope import asked_once
from ..paper import shown
from . import links, views


class KeepsNotes:
    """Mixin for the admin of stories."""

    def get_urls(self):
        own = {
            "<int:pk>/notes/": ("notes", views.notes),
            "<int:pk>/notes/people/": ("note_people", views.people),
            "<int:pk>/notes/<uuid:uid>/<slug:act>/": ("note_act", views.act),
            "<int:pk>/links/": ("links", links.links),
            "<int:pk>/links/<uuid:uid>/revoke/": ("link_revoke", links.revoke),
        }
        ours = [
            path(route, self.admin_site.admin_view(view), {"model_admin": self}, name=f"articles_story_{name}")
            for route, (name, view) in own.items()
        ]
        return ours + super().get_urls()

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj and obj.pk:
            context |= {"talk": self.talk(request, obj), "talk_anchor": Passage._fields}
            context["typed_note"] = request.POST.get(views.NEW, "")
            is_open = obj.standing(timezone.now()) not in preview_links.ENDED
            context["may_have_links"] = is_open and not asked_once(request, permissions.may_only_illustrate, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def talk(self, request, story):
        """The notes, each with the answer that was typed without a script and is not sent yet."""
        talk = reading.of_story(story, request.user, "delete_note" in shown.rights(request, story))
        for line in talk.open:
            line.note.typed_answer = request.POST.get(f"{views.ANSWER}{line.note.uid}", "")
        return talk

    def response_change(self, request, story):
        """Without a script a note is sent with the form, also if another button than its own was pressed."""
        response = super().response_change(request, story)
        for name, text in request.POST.items():
            if text.strip() and (name == views.NEW or name.startswith(views.ANSWER)):
                told = _("This note was not sent. Write it again, if you want it: %(text)s") % {"text": text}
                self.message_user(request, told, messages.WARNING)
        return response
