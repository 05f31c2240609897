"""The checks in the panel: of the story as it is stored, and of the form as it is typed, which nothing stores."""

from django.http import JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone

from articles import permissions, publishing
from articles.models import Photo, Story
from articles.publishing.reasons import Reason
from articles.text import body

from .. import promises


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


def checked(model_admin, request, story):
    """The answer to a form as it is typed: its checks, and what the buttons would do now."""
    form, formsets, open_to = _typed(model_admin, request, story)
    form.is_looked_at = True
    form.full_clean()
    typed, now = form.instance, timezone.now()
    if not typed.edition_id:
        typed.edition = request.times_of
    parts = _parts(typed, formsets, open_to)
    may_decide = _may_decide(request.user, story)
    approver = publishing.approver(request.user, may_decide)
    blockers = publishing.blockers_as_read(typed, parts, approver) if typed.edition_id else []
    known = {getattr(reason, "field", "") for reason in blockers}
    blockers += [Reason(errors[0], name) for name, errors in form.errors.items() if name not in {*known, "__all__"}]
    doubts = publishing.doubts(typed, now, photos_of(typed, parts)) if typed.edition_id else []
    context = panel(request, typed, open_to, blockers, doubts, may_decide)
    goes_out_at = form.cleaned_data.get("goes_out_at")
    return JsonResponse(
        {
            "checks": render_to_string("admin/articles/story/form/_checks.html", context, request),
            "is_ready": not blockers,
            "release": promises.label(typed, now),
            "promise": promises.promise(typed, now),
            "update": promises.update_label(typed, goes_out_at, form.cleaned_data.get("is_minor")),
        }
    )


def _may_decide(user, story):
    if story is None:
        return permissions.somewhere(user, "alone")
    return bool(permissions.allowed(user, ["approve", "release"], story))


def _typed(model_admin, request, story):
    """The form and its rows as they were sent, and the names of what this person may change of them."""
    form = model_admin.get_form(request, story, change=story is not None)(request.POST, instance=story or Story())
    formsets, open_to = [], {*form.fields}
    for formset, inline in model_admin.get_formsets_with_inlines(request, story):
        prefix = formset.get_default_prefix()
        formsets.append(formset(**model_admin.get_formset_kwargs(request, story or Story(), inline, prefix)))
        open_to |= {prefix} if inline.has_change_permission(request, story) else set()
    return form, formsets, open_to


def _parts(story, formsets, open_to):
    """The rows that would be stored, as the checks read them; photos of the text come from the library."""
    rows = {formset.prefix: [*_rows(formset, formset.prefix in open_to)] for formset in formsets}
    return publishing.Parts(
        credits=[row for row in rows.get("credits", []) if row.person_id],
        gallery=[row for row in rows.get("gallery", []) if row.photo_id],
        in_text=_in_text(story),
        tags=[row.tag for row in rows.get("tag_links", []) if row.tag_id],
    )


def _in_text(story):
    named = body.references(body.clean(story.body)).photos
    return list(Photo.objects.filter(uid__in=named)) if named else []


def _rows(formset, is_open):
    if not is_open or not formset.management_form.is_valid():  # shown, and not sent: what is stored stays
        yield from formset.get_queryset()
        return
    for form in formset.initial_forms + [form for form in formset.extra_forms if form.has_changed()]:
        if form.is_valid() and not form.cleaned_data.get("DELETE"):
            yield form.instance
