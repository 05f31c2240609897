from django.db import models

from ..fields import LineField


class RateLimit(models.Model):
    """The number of attempts under one key, of which only a hash is stored (limits.py)."""

    key = LineField(max_length=64, unique=True)
    count = models.PositiveIntegerField(default=0)
    tried_at = models.DateTimeField()
    forgotten_at = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"{self.count}, {self.tried_at}"
