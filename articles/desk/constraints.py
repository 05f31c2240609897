"""Forms report violated constraints themselves, in the words of the constraint, before the database refuses the row."""

import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint, Model, UniqueConstraint

from articles import publishing

ANY = "*"  # a constraint of which it is not known which fields it is about


class DeskForm(forms.ModelForm):
    """Checks every constraint of the model. Django would skip those with a field that the form does not show.

    Hidden fields have values in the row, too: a story that would verify itself is found by its id.
    """

    is_of_table = False
    by = None  # the user who sends it
    just_read = frozenset()  # foreign keys whose chosen row the field has read, so that it need not be looked for

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.as_stored = {} if self.instance._state.adding else {**vars(self.instance)}

    def _post_clean(self):
        """A row that released stories share keeps the values they need (publishing/shared_rows.py)."""
        self._keep_fractions()
        self.just_read = {name for name, value in self.cleaned_data.items() if isinstance(value, Model)}
        super()._post_clean()
        self.just_read = frozenset()
        if not self.errors and self.instance.pk:
            for reason in publishing.breaks(self.instance, self.by):
                self.add_error(None, reason)

    def _keep_fractions(self):
        """A time that nobody changed stays as exact as it is stored. Its field has no fractions of a second."""
        for name in self.cleaned_data.keys() - {*self.changed_data}:
            stored = self.as_stored.get(name)
            if isinstance(stored, datetime.datetime) and self.cleaned_data[name] is not None:
                self.cleaned_data[name] = stored

    def _get_validation_exclusions(self):
        return super()._get_validation_exclusions() | self.just_read

    def validate_unique(self):
        """A foreign key that was just read exists, but may well be one that another row has, too."""
        self.just_read = frozenset()
        super().validate_unique()

    def validate_constraints(self):
        """A stored row keeps those of which no field has changed: the database has checked them."""
        failed, changed = set(self._errors), self._changed_fields()
        for model, constraints in self.instance.get_constraints():
            for constraint in constraints:
                if self.is_of_table and isinstance(constraint, UniqueConstraint):
                    continue
                if self.as_stored and not _fields(constraint) & {*changed, ANY}:
                    continue
                try:
                    constraint.validate(model, self.instance, exclude=failed)
                except ValidationError as error:
                    self._update_errors(error)

    def _changed_fields(self):
        """Also those that the form itself does not show."""
        now = vars(self.instance)
        fields = self.instance._meta.concrete_fields
        return {field.name for field in fields if now.get(field.attname) != self.as_stored.get(field.attname)}


def _fields(constraint):
    """The names of the fields that the constraint is about."""
    if isinstance(constraint, CheckConstraint):
        return constraint.condition.referenced_base_fields
    if isinstance(constraint, UniqueConstraint) and not (constraint.expressions or constraint.condition):
        return {*constraint.fields}
    return {ANY}
