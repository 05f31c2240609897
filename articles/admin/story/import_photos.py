"""Pictures uploaded with a wire file: they wait in their own folder until the import."""

import pathlib

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _

from articles import photos
from articles.models.photo import ENDINGS

MOST = 50
LONGEST = 200  # bytes of a name


class PicturesInput(forms.FileInput):
    allow_multiple_selected = True


class PicturesField(forms.FileField):
    """Any number of files, as a list. An unusable file is refused by name."""

    widget = PicturesInput

    def clean(self, data, initial=None):
        uploads = [super(PicturesField, self).clean(one, initial) for one in data or []]
        if len(uploads) > MOST:
            raise forms.ValidationError(_("More than %(most)s at once.") % {"most": MOST})
        names = [bare(upload) for upload in uploads]
        faults = [
            fault
            for at, upload in enumerate(uploads)
            if (fault := _fault(upload, names[at], is_second=names[at] in names[:at]))
        ]
        if faults:
            raise forms.ValidationError(faults)
        return uploads


def tell_limits(field):
    """Show the limits on the page; static/desk/file-size.js checks them before anything is sent."""
    limits, together = photos.limits(), {"most": settings.LARGEST_BODY // 10**6}
    named = _("Up to %(most)s files, called as the file above calls them; others are found by nobody.")
    everything = _("All files of this form together: at most %(most)s MB.") % together
    field.help_text = " ".join([named % {"most": MOST}, *limits.sentences, everything])
    field.widget.attrs |= {
        "accept": limits.accept,
        "data-most-bytes": limits.most_bytes,
        "data-too-large": _("One of them is larger than %(most)s megabytes.") % {"most": limits.most_bytes // 10**6},
        "data-most-together": settings.LARGEST_BODY,
        "data-too-much": _("All files together are larger than %(most)s megabytes: choose fewer.") % together,
    }


def bare(upload):
    return pathlib.PurePosixPath(upload.name.replace("\\", "/")).name


def keep(uploads, folder):
    """Write the files into a new folder under their own names."""
    folder.mkdir()
    for upload in uploads:
        with (folder / bare(upload)).open("xb") as file:
            for part in upload.chunks():
                file.write(part)


def _fault(upload, name, *, is_second):
    if pathlib.PurePosixPath(name).suffix.lower() not in ENDINGS or len(name.encode()) > LONGEST:
        return _("%(name)s: this is not the name of a picture.") % {"name": name[:LONGEST]}
    if upload.size > (most := photos.limits().most_bytes):
        return _("%(name)s: larger than %(most)s megabytes.") % {"name": name, "most": most // 10**6}
    return _("%(name)s: two files have this name.") % {"name": name} if is_second else ""
