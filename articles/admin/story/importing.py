"""Import of stories from wire files in three steps: upload, preview, import. Each step checks permissions again.

Only the files are stored between the steps (import_files.py).
"""

import contextlib
import shutil
from collections import Counter
from typing import NamedTuple

from django import forms
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext, gettext_lazy

from articles import limits, permissions
from articles.models import Edition
from articles.sign_in import waiting
from articles.wire import formats
from articles.wire.store import ingest
from articles.wire.store.ingest import Outcome
from articles.wire.store.source_notes import Sources
from articles.wire.values.item import Refusal

from . import import_files, import_photos
from .columns import chip

SHOWN = 200
IMPORTS = limits.Rate("import", at_once=60, every=30)  # files of one account that are looked through
CHIPS = {  # in the order of the table: results that need a person come first
    Outcome.REFUSED: "missing",
    Outcome.KEPT: "warn",
    Outcome.WITHDRAWN: "withdrawn",
    Outcome.UPDATED: "approved",
    Outcome.COMPLETED: "approved",
    Outcome.RELEASED: "approved",
    Outcome.NEW: "approved",
    Outcome.OLDER: "older",
    Outcome.UNCHANGED: "unchanged",
    Outcome.PASSED: "older",
}
STORED = {Outcome.NEW, Outcome.UPDATED, Outcome.COMPLETED, Outcome.RELEASED, Outcome.WITHDRAWN}


class ImportForm(forms.Form):
    file = import_files.FilesField(
        label=gettext_lazy("File, or all parts of one export"),
        help_text=format_lazy(
            gettext_lazy("{formats}; plain or gzip; up to 50 MB together."),
            formats=", ".join(one.label for one in formats.FORMATS.values()),
        ),
    )
    photos = import_photos.PicturesField(label=gettext_lazy("Pictures that belong to it"), required=False)
    edition = forms.ModelChoiceField(Edition.objects.none(), label=gettext_lazy("Edition"), empty_label=None)
    state = forms.ChoiceField(
        label=gettext_lazy("The stories come"),
        choices=[
            ("draft", gettext_lazy("as drafts")),
            ("released", gettext_lazy("as their source has them: what it has released, readers have at once")),
        ],
        initial="draft",
        widget=forms.RadioSelect,
    )

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        import_photos.tell_limits(self.fields["photos"])
        self.fields["file"].widget.attrs |= {
            "data-most-bytes": import_files.LARGEST,
            "data-too-large": import_files.too_large(),
        }
        self.fields["edition"].queryset = offered = permissions.takes_in(user)
        if not any(permissions.releases_everything(user, edition) for edition in offered):
            self.fields["state"].choices = self.fields["state"].choices[:1]

    def clean(self):
        """Recognise and store the file while the form can still refuse it."""
        super().clean()
        edition, wants_release = self.cleaned_data.get("edition"), self.cleaned_data.get("state") == "released"
        if edition and wants_release and not permissions.releases_everything(self.user, edition):
            self.add_error("state", gettext("You may not release stories in all of that edition."))
        if not self.errors and (wait := IMPORTS.take(self.user.pk)):
            self.add_error("file", waiting.told(wait))
        if not self.errors:
            try:
                pictures = self.cleaned_data["photos"]
                self.sent = import_files.keep(self.cleaned_data["file"], self.user, edition, wants_release, pictures)
            except Refusal as refusal:
                self.add_error("file", str(refusal))


def page(model_admin, request):
    """GET: the form. POST with a file: a preview of the import. POST with a token: the import and its results."""
    if not permissions.takes_in_somewhere(request.user):
        raise PermissionDenied
    if request.method == "POST" and "token" in request.POST:
        return _take_in(model_admin, request)
    form = ImportForm(request.user, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        came = _came(form.sent, form.sent.path, request.user, is_dry=True)
        return _shown(model_admin, request, form.sent, came, is_dry=True)
    return _rendered(model_admin, request, form=form)


def _take_in(model_admin, request):
    """Import the waiting files once: they are moved away first, so that a second press finds nothing."""
    try:
        sent = import_files.Sent(
            *signing.loads(request.POST["token"], salt=import_files.SALT, max_age=import_files.LASTS)
        )
    except signing.BadSignature:
        return _gone(model_admin, request)
    edition = permissions.takes_in(request.user).filter(pk=sent.edition).first()
    if sent.user != request.user.pk or not edition:
        raise PermissionDenied
    if sent.released and not permissions.releases_everything(request.user, edition):
        raise PermissionDenied
    taken = sent.path.with_name(f"{sent.name}.taken")
    try:
        sent.path.rename(taken)
    except FileNotFoundError:
        return _gone(model_admin, request)
    try:
        came = _came(sent, taken, request.user, is_dry=False)
    finally:
        shutil.rmtree(taken, ignore_errors=True)
        import_files.drop_photos(sent)
    return _shown(model_admin, request, sent, came, is_dry=False)


def _gone(model_admin, request):
    message = gettext("That file was taken in already, or has waited for longer than an hour. Send it again.")
    return _rendered(model_admin, request, form=ImportForm(request.user), gone=message)


class Came(NamedTuple):
    """The results of files. `later`: results of stories stored before; `unused`: names of pictures that no story uses;
    `has_news`: whether the files add data for other parts of an export.
    """

    results: list[ingest.Result]
    later: list[ingest.Result]
    unused: list[str]
    has_news: bool


def _came(sent, folder, user, is_dry):
    edition = Edition.objects.get(pk=sent.edition)
    options = ingest.IngestOptions(
        at=timezone.now(),
        edition=edition,
        released=sent.released,
        photos=sent.photos,
        is_dry=is_dry,
        by=user,
        stays_within=True,
    )
    paths = import_files.paths(sent, folder)
    with contextlib.closing(Sources(options)) as sources:
        formats.read_ahead(list(paths.values()), sources)
        results = [one for called, path in paths.items() for one in _results(called, path, options, sources)]
        later = [] if is_dry else ingest.finish(options, sources)
        return Came(results, later, options.files.unused(), sources.has_news)


def _results(called, path, options, sources):
    """`called`: the file's name if there are several files, else ""."""
    with path.open("rb") as file:
        try:
            for one in ingest.take_in(formats.entries(file, options.edition.zone, others=sources), options):
                yield one._replace(position=f"{called}: {one.position}") if called else one
        except Refusal as refusal:
            yield ingest.Result(called or gettext("the file"), "", Outcome.REFUSED, [str(refusal)])


# The page ------------------------------------------------------------------------------


class Row(NamedTuple):
    result: ingest.Result
    chip: str
    address: str  # at the desk; empty if the user may not see the story, or if there is none


def _shown(model_admin, request, sent, came, is_dry):
    counts, later = (Counter(result.outcome for result in results) for results in (came.results, came.later))
    order = list(CHIPS)
    every = [*came.results, *came.later]
    first = sorted(every, key=lambda result: (order.index(result.outcome), not result.why))[:SHOWN]
    return _rendered(
        model_admin,
        request,
        sent=sent,
        edition=Edition.objects.get(pk=sent.edition),
        is_dry=is_dry,
        unused=came.unused,
        counts=[(outcome.label, counts[outcome]) for outcome in CHIPS if counts[outcome]],
        later=[(outcome.label, later[outcome]) for outcome in CHIPS if later[outcome]],
        passed=Counter(result.kind for result in came.results if result.outcome == Outcome.PASSED).most_common(),
        total=len(every),
        rows=_rows(first, request.user),
        would_store=is_dry and (came.has_news or any(counts[outcome] for outcome in STORED)),
    )


def _rows(results, user):
    named = [result.story for result in results if result.story]
    seen = set(permissions.stories(user).filter(pk__in=named).values_list("pk", flat=True))
    return [
        Row(result, chip(CHIPS[result.outcome], result.outcome.label), _address(result, seen)) for result in results
    ]


def _address(result, seen):
    if result.assignment:  # whoever imports plans for the whole edition
        return reverse("admin:articles_assignment_change", args=[result.assignment])
    return reverse("admin:articles_story_change", args=[result.story]) if result.story in seen else ""


def _rendered(model_admin, request, **more):
    context = {
        **model_admin.admin_site.each_context(request),
        "title": gettext("Import stories"),
        "opts": model_admin.opts,
        **more,
    }
    return TemplateResponse(request, "admin/articles/story/import.html", context)
