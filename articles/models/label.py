from django.db import models
from django.utils.translation import gettext_lazy as _


class Label(models.TextChoices):
    """What kind of text a story is. Readers are told by a word above the headline, but for news.

    The word has the look `.label-<value>` of static/site/site.css.
    """

    NEWS = "news", _("news")
    OPINION = "opinion", _("opinion")
    ADVERTORIAL = "advertorial", _("advertorial")
    UNVERIFIED = "unverified", _("unverified")

    @property
    def is_told(self):
        return self is not Label.NEWS
