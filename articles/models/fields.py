import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles import body


class BodyField(models.TextField):
    """The text of a story, a policy: HTML that has passed `body.clean` on every way into the database.

    `get_db_prep_save` is the one hook that `save`, `loaddata`, `bulk_create`, `bulk_update` and
    `QuerySet.update` all pass. An instance keeps the text it was given until it is read again.
    """

    def get_db_prep_save(self, value, connection):
        if isinstance(value, str):
            value = body.clean(value)
        return super().get_db_prep_save(value, connection)


def public_id():
    """What a row is called by whatever must find it again: it never changes, where a slug may."""
    return models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)


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
