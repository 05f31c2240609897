from django.db import models

from ..fields import LineField


class Touch(models.Model):
    """That something readers see has changed: written by triggers only, in the transaction of the change.

    `number` grows in the order in which transactions commit (database/invalidation.py). The newest 20,000 are kept.
    """

    key = LineField(max_length=40)
    number = models.BigIntegerField(null=True)  # on SQLite the row's id, which costs nothing

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"{self.number}: {self.key}"


class Moment(models.Model):
    """That something readers see will change by itself at a time to come: a story goes live, a right ends."""

    key = LineField(max_length=40)
    at = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"{self.at}: {self.key}"
