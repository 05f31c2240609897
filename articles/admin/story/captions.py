"""A caption is of its photo: where another photo takes its place, the caption is asked for."""

from django.utils.translation import gettext_lazy as _

LEFT_OVER = _(
    "This caption was written for the photo before: write the new photo's, or empty it for the photo's own. "
    "If it fits both, say so at the top of the form."
)
FITS = "caption_fits"  # the ids of the photos for which somebody has said so


def is_left_over(form, photo, caption):
    """Whether the caption stayed when the photo was exchanged, and nobody said that it fits."""
    new = form.cleaned_data.get(photo)
    if not (new and form.initial.get(photo) and form.cleaned_data.get(caption)):
        return False
    is_kept = photo in form.changed_data and caption not in form.changed_data
    form.exchanged = new if is_kept else None
    return is_kept and str(new.pk) not in form.data.getlist(FITS)


def exchanged(form, formsets):
    """The photos of a form that came back, for which it asks whether the caption fits."""
    rows = [row for formset in formsets for row in formset.forms]
    return list({photo.pk: photo for each in [form, *rows] if (photo := getattr(each, "exchanged", None))}.values())
