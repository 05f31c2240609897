from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..fields import LineField, natural_manager


class DeskPreference(models.Model):
    """How the desk meets one person. An account without a row has the defaults."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="desk_preference", verbose_name=_("sign-in")
    )
    language = LineField(
        _("language of the desk"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    letter_keys_are_on = models.BooleanField(
        _("single letters are keys"),
        default=True,
        help_text=_("N writes a story, / searches, ? shows all keys. Switch them off if you speak to your computer."),
    )
    digest_hour = models.PositiveSmallIntegerField(
        _("hour of the digest"), default=7, help_text=_("By the clock of the newsroom.")
    )

    objects = natural_manager("user__username")()

    class Meta:
        verbose_name = _("preference at the desk")
        verbose_name_plural = _("preferences at the desk")
        default_permissions = []
        constraints = [
            models.CheckConstraint(
                condition=models.Q(language__in=[code for code, _name in settings.LANGUAGES]),
                name="desk_language_known",
                violation_error_message=_("The desk does not speak this language."),
            ),
            models.CheckConstraint(
                condition=models.Q(digest_hour__lt=24),
                name="digest_hour_of_a_day",
                violation_error_message=_("An hour is a number from 0 to 23."),
            ),
        ]

    def __str__(self):
        return f"{self.user} · {self.get_language_display()}"

    def natural_key(self):
        return (self.user.username,)
