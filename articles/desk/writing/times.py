"""How the desk asks for a time: a day and an hour as Indonesia writes them, 30-11-2026 and 20.00, beside the zone.

A browser's own fields for times follow the language of the browser, so they would show 11/30/2026, 08:00 PM on many a
desk in Indonesia. static/desk/times.js adds the browser's calendar to the day, and full hours to choose from.
"""

from django import forms
from django.db import models
from django.utils import timezone
from django.utils.formats import get_format
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from ..fields import written


class DayInput(forms.DateInput):
    def __init__(self, attrs=None):
        super().__init__({"placeholder": _("year-month-day"), "autocomplete": "off", **(attrs or {})})

    def get_context(self, name, value, attrs):
        pattern = get_format(self.format_key)[0]
        return super().get_context(name, value, {**(attrs or {}), "data-day": pattern})

    def _render(self, template_name, context, renderer=None):
        return mark_safe(_day(context["widget"]))  # noqa: S308 (written.py escapes)


class HourInput(forms.TimeInput):
    """Seconds are shown only where there are some, so that a form which is only saved changes no time."""

    def __init__(self, attrs=None):
        own = {"placeholder": _("hour:minute"), "aria-label": _("Hour"), "autocomplete": "off"}
        super().__init__({**own, **(attrs or {})})

    def get_context(self, name, value, attrs):
        return super().get_context(
            name, value, {**(attrs or {}), "data-hour": ":" if self._pattern()[2] == ":" else "."}
        )

    def format_value(self, value):
        has_seconds = getattr(value, "second", 0)
        if not value or isinstance(value, str) or has_seconds:
            return super().format_value(value)
        return value.strftime(self._pattern())

    def _pattern(self):
        return "%H:%M" if ":" in get_format(self.format_key)[0] else "%H.%M"


class TimeInput(forms.SplitDateTimeWidget):
    """Day, hour, zone: the zone is that in which the form is read and written."""

    use_fieldset = False

    def __init__(self, attrs=None):
        forms.MultiWidget.__init__(self, [DayInput, HourInput], attrs)

    def id_for_label(self, id_):
        return f"{id_}_0" if id_ else id_

    def get_context(self, name, value, attrs):
        """The note below a field has its name from the field's first part, as Django's forms write it."""
        context = super().get_context(name, value, attrs)
        context["zone"] = timezone.localtime().tzname()
        for part in context["widget"]["subwidgets"]:
            if part["attrs"].pop("aria-describedby", None):
                part["attrs"]["aria-describedby"] = f"{self.id_for_label(context['widget']['attrs']['id'])}_helptext"
        return context

    def _render(self, template_name, context, renderer=None):
        place, zone = (written.escaped(told) for told in (context["widget"]["attrs"].get("id", ""), context["zone"]))
        day, hour = context["widget"]["subwidgets"]
        return mark_safe(  # noqa: S308 (written.py escapes)
            f'<span class="time-fields" id="{place}">\n  {_day(day)}\n  {written.of_input(hour)}\n'
            f'  <span class="time-zone">{zone}</span>\n</span>'
        )


def _day(widget):
    return f'<span class="day-field">{written.of_input(widget)}</span>'


FIELDS = {  # of the desk's forms, by the class of the model's field
    models.DateTimeField: {"form_class": forms.SplitDateTimeField, "widget": TimeInput},
    models.DateField: {"widget": DayInput},
}
