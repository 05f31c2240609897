from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """The stored state: how far the desk is with a story. `Standing` also takes the clock into account."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    RETURNED = "returned", _("returned")
    APPROVED = "approved", _("approved")
    RELEASED = "released", _("released")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Standing(models.TextChoices):
    """The state of a story at some time, with the clock taken into account. It is computed, never stored."""

    DRAFT = State.DRAFT.value, _("draft")
    SUBMITTED = State.SUBMITTED.value, _("submitted")
    RETURNED = State.RETURNED.value, _("returned")
    APPROVED = State.APPROVED.value, _("approved")
    SCHEDULED = "scheduled", _("scheduled")
    EMBARGOED = "embargoed", _("embargoed")
    LIVE = "live", _("live")
    EXPIRED = "expired", _("expired")
    WITHDRAWN = State.WITHDRAWN.value, _("withdrawn")
