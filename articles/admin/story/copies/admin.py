"""What the form of a story shows of working copies."""

import uuid

from django.db import IntegrityError
from django.forms.utils import ErrorDict, ErrorList
from django.urls import path
from django.utils import timezone

from articles import permissions
from articles.desk.writing import questions, working_copies

from . import once, views


class KeepsCopies:
    """Mixin for the admin of stories, before all that saves: a form that was saved ends its copy."""

    def get_urls(self):
        own = {
            "copies/keep/": ("keep", views.keep),
            "copies/<uuid:uid>/": ("copy", views.look),
            "copies/<uuid:uid>/resume/": ("copy_resume", views.resume),
            "copies/<uuid:uid>/drop/": ("copy_drop", views.drop),
            "copies/<uuid:uid>/take-back/": ("copy_take_back", views.take_back),
            "copies/<uuid:uid>/take-over/": ("copy_take_over", views.take_over),
        }
        ours = [
            path(route, self.admin_site.admin_view(view), {"model_admin": self}, name=f"articles_story_{name}")
            for route, (name, view) in own.items()
        ]
        return ours + super().get_urls()

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """A form that was saved leads on; one that comes back has saved nothing, and its copy stays."""
        if object_id is None and (uid := _uid(request)):
            return self._made_once(request, uid, form_url, extra_context)
        response = super().changeform_view(request, object_id, form_url, extra_context)
        return self._ended(request, response)

    def _made_once(self, request, uid, form_url, extra_context):
        """Both sides of a save ask: before it, and where it was refused, by another one that was faster."""
        if story := once.made_by(request.user, uid):
            return self._ended(request, once.lead_to(self, request, story))
        error = None
        try:
            response = super().changeform_view(request, None, form_url, extra_context)
            if response.status_code == 302:
                return self._ended(request, response)
        except (once.MadeAlready, IntegrityError) as refused:
            error = refused
        if story := once.made_by(request.user, uid):
            return self._ended(request, once.lead_to(self, request, story))
        if error:
            raise error
        return response

    def _ended(self, request, response):
        if response.status_code == 302 and (uid := _uid(request)):
            working_copies.end(request.user, uid)
        return response

    def save_model(self, request, story, form, change):
        if not change and (uid := _uid(request)):
            if once.made_by(request.user, uid):
                raise once.MadeAlready
            story.uid = once.uid_of_story(request.user, uid)
        super().save_model(request, story, form, change)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if getattr(request, "is_resumed", False):
            _without_errors(context)
        context |= self._of_copies(request, obj, add)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _of_copies(self, request, story, add):
        """`copy`: what the scripts must know of this form; `offered_copies`, `others_copies`: those to be looked at."""
        may_write = self.has_add_permission(request) if add else self.has_change_permission(request, story)
        told = {"owner_key": working_copies.owner_key(request.user), "copy_edition": story.edition if story else None}
        if story:
            told["presence_address"] = questions.ADDRESS % story.pk
        if may_write:
            told["copy_uid"] = _uid(request) or uuid.uuid4()
            told |= {"left_out": working_copies.LEFT_OUT, "kept_besides": working_copies.KEPT_BESIDES}
        if request.method != "GET":
            return told
        now = timezone.now()
        own, others = working_copies.on(story, request.user, now)
        if may_write:
            told["offered_copies"] = own
        if others:
            told["others_copies"] = others
            told["may_take_over"] = permissions.may(request.user, "take_over", story)
        return told


def _uid(request):
    return working_copies.uid_in(request.POST) if request.method == "POST" else None


def _without_errors(context):
    """A form that somebody goes on with is not finished: what it lacks is said when it is sent."""
    form, context["errors"] = context["adminform"].form, []
    form._errors = ErrorDict()
    for formset in (inline.formset for inline in context["inline_admin_formsets"]):
        formset._non_form_errors = ErrorList()
        formset._errors = [ErrorDict() for _row in formset.forms]
        for row in formset.forms:
            row._errors = ErrorDict()
