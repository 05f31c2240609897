from django.db import models
from django.utils.translation import gettext_lazy as _


class Label(models.TextChoices):
    """The kind of text that a story is. Readers see it as a word above the headline, except for news.

    A page wears the look of its kind: the stylesheets have rules `.label-<value>` and `.story-<value>`
    (static/site/site.css, static/site/story.css).
    """

    NEWS = "news", _("news")
    OPINION = "opinion", _("opinion")
    FEATURE = "feature", _("feature")
    PHOTO_STORY = "photo-story", _("photo story")
    ADVERTORIAL = "advertorial", _("advertorial")
    UNVERIFIED = "unverified", _("unverified")

    @property
    def has_wide_photos(self):
        return self in (Label.FEATURE, Label.PHOTO_STORY)

    @property
    def is_shown(self):
        return self is not Label.NEWS
