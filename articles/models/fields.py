from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from articles import body


class BodyFormField(forms.CharField):
    """A text is bounded and cleaned before anything is locked or asked of it."""

    def clean(self, value):
        try:
            return body.bounded(super().clean(value))
        except body.TooLong as error:
            raise ValidationError(str(error), code="too_long") from error


class BodyField(models.TextField):
    """The text of a story, a policy: HTML that has passed `body.bounded` on every way into the database.

    `get_db_prep_save` is the one hook that `save`, `loaddata`, `bulk_create`, `bulk_update` and
    `QuerySet.update` all pass. It raises TooLong. An instance keeps the text it was given until it is read again.
    """

    def from_db_value(self, value, expression, connection):
        return value if value is None else body.Clean(value)

    def get_db_prep_save(self, value, connection):
        if isinstance(value, str):
            value = body.bounded(value)
        return super().get_db_prep_save(value, connection)

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": BodyFormField, **kwargs})


def choice_constraint(field, choices, name, message):
    """The database refuses any value of `field` outside `choices`, so fixtures and bulk writes do too."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{field}__in": choices.values}), name=name, violation_error_message=message
    )


def natural_manager(*fields, queryset=models.QuerySet):
    """A manager class that finds a row by `fields`, which may follow a foreign key: "edition__slug"."""

    class NaturalManager(models.Manager.from_queryset(queryset)):
        natural_fields = fields

        def get_by_natural_key(self, *values):
            return self.get(**dict(zip(fields, values, strict=True)))

    return NaturalManager
