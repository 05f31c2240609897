from django.conf import settings
from django.db import models


class Presence(models.Model):
    """Somebody has the form of a story open. The row is renewed meanwhile; once it is old, it says nothing."""

    story = models.ForeignKey("Story", models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = []
        constraints = [models.UniqueConstraint(fields=["story", "user"], name="one_presence_a_story")]

    def __str__(self):
        return f"{self.user} · {self.story_id} · {self.seen_at:%H:%M:%S}"
