"""Forms report violated constraints themselves, in the words of the constraint, before the database refuses the row."""

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

    def _post_clean(self):
        """A row that released stories share keeps the values they need (publishing/shared_rows.py)."""
        self.just_read = {name for name, value in self.cleaned_data.items() if isinstance(value, Model)}
        super()._post_clean()
        self.just_read = frozenset()
        if not self.errors and self.instance.pk:
            for reason in publishing.breaks(self.instance, self.by):
                self.add_error(None, reason)

    def _get_validation_exclusions(self):
        return super()._get_validation_exclusions() | self.just_read

    def validate_unique(self):
        """A foreign key that was just read exists, but may well be one that another row has, too."""
        self.just_read = frozenset()
        super().validate_unique()

    def validate_constraints(self):
        """Those of which this form changes no field are left to the database, which holds them since the row is."""
        failed = set(self._errors)
        for model, constraints in self.instance.get_constraints():
            for constraint in constraints:
                if self.is_of_table and isinstance(constraint, UniqueConstraint):
                    continue
                if not self.instance._state.adding and not _fields(constraint) & {*self.changed_data, ANY}:
                    continue
                try:
                    constraint.validate(model, self.instance, exclude=failed)
                except ValidationError as error:
                    self._update_errors(error)


def _fields(constraint):
    """The names of the fields that the constraint is about."""
    if isinstance(constraint, CheckConstraint):
        return constraint.condition.referenced_base_fields
    if isinstance(constraint, UniqueConstraint) and not (constraint.expressions or constraint.condition):
        return {*constraint.fields}
    return {ANY}
