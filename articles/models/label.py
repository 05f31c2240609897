from django.db import models
from django.utils.translation import gettext_lazy as _


class Label(models.TextChoices):
    """The kind of text that a story is. Readers see it as a word above the headline, except for news.

    The stylesheet has a rule `.label-<value>` for each (static/site/site.css).
    """

    NEWS = "news", _("news")
    OPINION = "opinion", _("opinion")
    ADVERTORIAL = "advertorial", _("advertorial")
    UNVERIFIED = "unverified", _("unverified")

    @property
    def is_shown(self):
        return self is not Label.NEWS
