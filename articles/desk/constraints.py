"""Forms report violated constraints themselves, in the words of the constraint, before the database refuses the row."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import UniqueConstraint

from articles import publishing


class DeskForm(forms.ModelForm):
    """Checks every constraint of the model. Django would skip those with a field that the form does not show.

    Hidden fields have values in the row, too: a story that would verify itself is found by its id.
    """

    is_of_table = False
    by = None  # the user who sends it

    def _post_clean(self):
        """A row that released stories share keeps the values they need (publishing/shared_rows.py)."""
        super()._post_clean()
        if not self.errors and self.instance.pk:
            for reason in publishing.breaks(self.instance, self.by):
                self.add_error(None, reason)

    def validate_constraints(self):
        failed = set(self._errors)
        for model, constraints in self.instance.get_constraints():
            for constraint in constraints:
                if self.is_of_table and isinstance(constraint, UniqueConstraint):
                    continue
                try:
                    constraint.validate(model, self.instance, exclude=failed)
                except ValidationError as error:
                    self._update_errors(error)
