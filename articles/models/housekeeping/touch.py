from django.db import models

from ..fields import LineField


class Touch(models.Model):
    """An invalidation: something that readers see has changed. Only triggers write it, in the changing transaction.

    `number` grows in the order in which transactions commit (database/invalidation.py). The newest 20,000 are kept.
    """

    key = LineField(max_length=40)
    number = models.BigIntegerField(null=True)  # on SQLite it equals the row's id, which costs nothing

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"{self.number}: {self.key}"


class Moment(models.Model):
    """A scheduled invalidation: pages change by themselves at this time, as when a story goes live or rights end."""

    key = LineField(max_length=40)
    at = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"{self.at}: {self.key}"
