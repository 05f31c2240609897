from django import forms
from django.db import models

from articles.text import embeds

from .fields import Ruled


class ProvidersFormField(forms.MultipleChoiceField):
    """Ticks for the providers of which a page of ours can hold the player."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, max_length=None, empty_value="", **kwargs):
        super().__init__(choices=embeds.HELD.items(), **kwargs)

    def prepare_value(self, value):
        return value.split() if isinstance(value, str) else value

    def clean(self, value):
        return embeds.named(" ".join(super().clean(value)))

    def has_changed(self, initial, data):
        return super().has_changed(self.prepare_value(initial or ""), data)


class ProvidersField(Ruled, models.CharField):
    """Slugs of providers (text/embeds.py) with spaces between them. Others cannot be stored."""

    rule = embeds.named

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": ProvidersFormField, **kwargs})
