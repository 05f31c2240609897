"""What the database would refuse is told by the form, in the words of the constraint."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import UniqueConstraint

from articles import publishing


class DeskForm(forms.ModelForm):
    """Asks every constraint of the model, and not, as Django does, those alone whose fields all stand in the form.

    What the form does not show has a value in the row, too: the id of a story that is to verify itself.
    """

    is_of_table = False
    by = None  # who sends it

    def _post_clean(self):
        """A row that released stories share keeps what they cannot do without (publishing/shared_rows.py)."""
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
