"""Stories from a file of the wire: sent, looked at, taken in. Three steps, each of which asks anew who may.

What was sent waits under VAR/imports for whoever sent it, for an hour, under a random name that only a signed token
tells. Nothing is kept between the steps but that file.
"""

import contextlib
import itertools
import secrets
import shutil
import time
from collections import Counter
from typing import NamedTuple

from django import forms
from django.conf import settings
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from articles import access
from articles.models import Edition
from articles.wire import files, formats, intake
from articles.wire.intake import Outcome
from articles.wire.item import Refusal

from . import import_photos
from .story_list import chip

LARGEST = 50_000_000  # bytes, packed or not
MOST = 1_000  # items: a second, and some ten where all of them are newer versions; no proxy waits for much longer
SHOWN = 200
LASTS = 3_600  # seconds between the steps
SALT = "articles.admin.story_import"
CHIPS = {  # in the order of the table: what somebody has to look after first
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
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("ninjs, WordPress, Ghost, RSS, Atom or JSON Feed, plain or gzip; up to 50 MB."),
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
        self.fields["file"].widget.attrs |= {"data-most-bytes": LARGEST, "data-too-large": _too_large()}
        self.fields["edition"].queryset = offered = access.takes_in(user)
        if not any(access.releases_everything(user, edition) for edition in offered):
            self.fields["state"].choices = self.fields["state"].choices[:1]

    def clean_file(self):
        if self.cleaned_data["file"].size > LARGEST:
            raise forms.ValidationError(_too_large())
        return self.cleaned_data["file"]

    def clean(self):
        """Found out, and kept as a file, while the form can still refuse it."""
        super().clean()
        edition, wants_release = self.cleaned_data.get("edition"), self.cleaned_data.get("state") == "released"
        if edition and wants_release and not access.releases_everything(self.user, edition):
            self.add_error("state", gettext("You may not release stories in all of that edition."))
        if not self.errors:
            try:
                pictures = self.cleaned_data["photos"]
                self.sent = keep(self.cleaned_data["file"], self.user, edition, wants_release, pictures)
            except Refusal as refusal:
                self.add_error("file", str(refusal))


class Sent(NamedTuple):
    """A file that waits, and what is to be done with it: all that the token says."""

    name: str
    called: str  # by whoever sent it: shown, and nothing else
    user: int
    edition: int
    released: bool

    @property
    def path(self):
        return _folder() / self.name

    @property
    def photos(self):
        """The folder of the pictures that came along; None if none did."""
        folder = _folder() / f"{self.name}.photos"
        return folder if folder.is_dir() else None

    @property
    def token(self):
        return signing.dumps(self, salt=SALT, compress=True)


def page(model_admin, request):
    """GET: what to send. POST with a file: what would come of it. POST with a token: what came of it."""
    if not access.takes_in_somewhere(request.user):
        raise PermissionDenied
    if request.method == "POST" and "token" in request.POST:
        return _take_in(model_admin, request)
    form = ImportForm(request.user, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        results, unused = _results(form.sent, form.sent.path, request.user, is_dry=True)
        return _shown(model_admin, request, form.sent, results, is_dry=True, unused=unused)
    return _rendered(model_admin, request, form=form)


def _take_in(model_admin, request):
    """Store what waits, once: the file is taken away first, so that a second press finds nothing."""
    try:
        sent = Sent(*signing.loads(request.POST["token"], salt=SALT, max_age=LASTS))
    except signing.BadSignature:
        return _gone(model_admin, request)
    edition = access.takes_in(request.user).filter(pk=sent.edition).first()
    if sent.user != request.user.pk or not edition:
        raise PermissionDenied
    if sent.released and not access.releases_everything(request.user, edition):
        raise PermissionDenied
    taken = sent.path.with_name(f"{sent.name}.taken")
    try:
        sent.path.rename(taken)
    except FileNotFoundError:
        return _gone(model_admin, request)
    try:
        results, unused = _results(sent, taken, request.user, is_dry=False)
    finally:
        taken.unlink(missing_ok=True)
        _drop_photos(sent)
    return _shown(model_admin, request, sent, results, is_dry=False, unused=unused)


def _gone(model_admin, request):
    told = gettext("That file was taken in already, or has waited for longer than an hour. Send it again.")
    return _rendered(model_admin, request, form=ImportForm(request.user), gone=told)


# The file ------------------------------------------------------------------------------


def keep(upload, user, edition, released, pictures=()):
    """Keep what was sent, unpacked, and its pictures, for the next step.

    Raises Refusal for what is too large, too long or no format.
    """
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    _sweep(folder)
    sent = Sent(secrets.token_hex(16), upload.name[:100], user.pk, edition.pk, released)
    try:
        _copy(upload, sent.path)
        with sent.path.open("rb") as file:
            if sum(1 for _entry in itertools.islice(formats.entries(file, edition.zone), MOST + 1)) > MOST:
                told = gettext("It holds more than %(most)s stories: “manage.py ingest” takes them in.")
                raise Refusal(told % {"most": MOST})
        if pictures:
            import_photos.keep(pictures, folder / f"{sent.name}.photos")
    except BaseException:
        sent.path.unlink(missing_ok=True)
        _drop_photos(sent)
        raise
    return sent


def _copy(upload, path):
    """Unpacked, since a small file may hold much."""
    source, size = files.unpacked(upload.file), 0
    with path.open("xb") as file:
        while part := source.read(1 << 16):
            size += len(part)
            if size > LARGEST:
                raise Refusal(_too_large())
            file.write(part)


def _too_large():
    told = gettext("It is larger than %(most)s megabytes: “manage.py ingest” takes it in.")
    return told % {"most": LARGEST // 10**6}


def _sweep(folder):
    """Take away what nobody came back for."""
    for path in folder.iterdir():
        with contextlib.suppress(FileNotFoundError):  # another has done so
            if path.stat().st_mtime < time.time() - LASTS:
                shutil.rmtree(path) if path.is_dir() else path.unlink()


def _drop_photos(sent):
    if sent.photos:
        shutil.rmtree(sent.photos)


def _folder():
    return settings.VAR / "imports"


def _results(sent, path, user, is_dry):
    """(results, names of pictures that came along and were not used)."""
    edition = Edition.objects.get(pk=sent.edition)
    wanted = intake.Wanted(
        at=timezone.now(),
        edition=edition,
        released=sent.released,
        photos=sent.photos,
        is_dry=is_dry,
        by=user,
        stays_within=True,
    )
    results = []
    with path.open("rb") as file:
        try:
            results.extend(intake.take_in(formats.entries(file, edition.zone), wanted))
        except Refusal as refusal:
            results.append(intake.Result(gettext("the file"), "", Outcome.REFUSED, [str(refusal)]))
    if not is_dry:
        intake.finish(wanted)
    return results, wanted.files.unused()


# The page ------------------------------------------------------------------------------


class Row(NamedTuple):
    result: intake.Result
    chip: str
    address: str  # on the desk; empty where somebody may not see the story, or there is none


def _shown(model_admin, request, sent, results, is_dry, unused):
    counts = Counter(result.outcome for result in results)
    order = list(CHIPS)
    first = sorted(results, key=lambda result: (order.index(result.outcome), not result.why))[:SHOWN]
    return _rendered(
        model_admin,
        request,
        sent=sent,
        edition=Edition.objects.get(pk=sent.edition),
        is_dry=is_dry,
        unused=unused,
        counts=[(outcome.label, counts[outcome]) for outcome in CHIPS if counts[outcome]],
        passed=Counter(result.kind for result in results if result.outcome == Outcome.PASSED).most_common(),
        total=len(results),
        rows=_rows(first, request.user),
        would_store=is_dry and any(counts[outcome] for outcome in STORED),
    )


def _rows(results, user):
    named = [result.story for result in results if result.story]
    seen = set(access.stories(user).filter(pk__in=named).values_list("pk", flat=True))
    return [
        Row(
            result,
            chip(CHIPS[result.outcome], result.outcome.label),
            reverse("admin:articles_story_change", args=[result.story]) if result.story in seen else "",
        )
        for result in results
    ]


def _rendered(model_admin, request, **more):
    context = {
        **model_admin.admin_site.each_context(request),
        "title": gettext("Import stories"),
        "opts": model_admin.opts,
        **more,
    }
    return TemplateResponse(request, "admin/articles/story/import.html", context)
