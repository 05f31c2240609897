"""A caption belongs to its photo: if the photo is replaced, the form asks for a new caption."""

from django.utils.translation import gettext_lazy as _

LEFT_OVER = _(
    "This caption was written for the photo before: write the new photo's, or empty it for the photo's own. "
    "If it fits both, say so at the top of the form."
)
FITS = "caption_fits"  # ids of the photos for which somebody confirmed the caption


def is_left_over(form, photo, caption):
    """Whether the photo was replaced but its caption stayed, and nobody confirmed it."""
    new = form.cleaned_data.get(photo)
    if not (new and form.initial.get(photo) and form.cleaned_data.get(caption)):
        return False
    is_kept = photo in form.changed_data and caption not in form.changed_data
    form.exchanged = new if is_kept else None
    return is_kept and str(new.pk) not in form.data.getlist(FITS)


def exchanged(form, formsets):
    """The photos of a sent form for which it asks whether the caption fits."""
    rows = [row for formset in formsets if formset.is_bound for row in formset.forms]
    return list({photo.pk: photo for each in [form, *rows] if (photo := getattr(each, "exchanged", None))}.values())
