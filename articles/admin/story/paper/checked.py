"""The checks in the panel: of the story as it is stored, and of the form as it is typed, which nothing stores."""

from django.http import JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone

from articles import permissions, publishing
from articles.models import Photo
from articles.publishing.reasons import Reason
from articles.text import body

from .. import promises
from . import typed


def panel(request, story, open_to, blockers, doubts, may_decide):
    """The context of the panel's checks. `may_decide`: whether this person approves or publishes the story.

    Nobody is told to mend what is not open to them in their form (`open_to`: names of fields and of tables of rows);
    who decides is told all the same, because it stops them.
    """
    told = [reason for reason in blockers if may_decide or getattr(reason, "field", "") in open_to]
    checks = publishing.checklist(told)
    settled = publishing.settled(story, doubts, request.POST.getlist("acknowledged")) if story else set()
    return {
        "checks": checks,
        "done": sum(check.is_done for check in checks),
        "blockers": told,
        "doubts": [(doubt, doubt.key in settled) for doubt in doubts],
        "may_overrule": may_decide,
    }


def stored_parts(request, story, tables):
    """The rows of the story as its form has read them. Read anew if the form was sent, or has too many to show them."""
    if request.method == "POST" or any(table.opts.is_crowded(request, story) for table in tables):
        return publishing.parts_of([story])[story.pk]
    rows = {table.formset.prefix: table.formset.get_queryset() for table in tables}
    return publishing.Parts(
        credits=list(rows["credits"]),
        gallery=list(rows["gallery"]),
        in_text=_in_text(story),
        tags=[row.tag for row in rows["tag_links"]],
    )


def photos_of(story, parts):
    return {story.lead_photo, *(use.photo for use in parts.gallery), *parts.in_text} - {None}


def checked(model_admin, request, stored):
    """The answer to a form as it is typed: its checks, and what the buttons would do now."""
    story, form, rows, open_to = typed.of(model_admin, request, stored)
    now = timezone.now()
    if not story.edition_id:
        story.edition = request.times_of
    parts = _parts(story, rows)
    may_decide = _may_decide(request.user, stored)
    approver = publishing.approver(request.user, may_decide)
    blockers = publishing.blockers_as_read(story, parts, approver) if story.edition_id else []
    known = {getattr(reason, "field", "") for reason in blockers}
    blockers += [Reason(errors[0], name) for name, errors in form.errors.items() if name not in {*known, "__all__"}]
    doubts = publishing.doubts(story, now, photos_of(story, parts)) if story.edition_id else []
    context = panel(request, story, open_to, blockers, doubts, may_decide)
    goes_out_at = form.cleaned_data.get("goes_out_at")
    return JsonResponse(
        {
            "checks": render_to_string("admin/articles/story/form/_checks.html", context, request),
            "is_ready": not blockers,
            "release": promises.label(story, now),
            "promise": promises.promise(story, now),
            "update": promises.update_label(story, goes_out_at, form.cleaned_data.get("is_minor")),
        }
    )


def _may_decide(user, story):
    if story is None:
        return permissions.somewhere(user, "alone")
    return bool(permissions.allowed(user, ["approve", "release"], story))


def _parts(story, rows):
    """The rows that would be stored, as the checks read them; photos of the text come from the library."""
    return publishing.Parts(
        credits=[row for row in rows.get("credits", []) if row.person_id],
        gallery=[row for row in rows.get("gallery", []) if row.photo_id],
        in_text=_in_text(story),
        tags=[row.tag for row in rows.get("tag_links", []) if row.tag_id],
    )


def _in_text(story):
    named = body.references(body.clean(story.body)).photos
    return list(Photo.objects.filter(uid__in=named)) if named else []
