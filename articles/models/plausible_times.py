"""The range of plausible times of stories. A time outside it is a typing error, and time zones cannot convert it."""

import datetime

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Q

PLAUSIBLE_TIMES = datetime.datetime(1900, 1, 1, tzinfo=datetime.UTC), datetime.datetime(2200, 1, 1, tzinfo=datetime.UTC)
YEARS = range(PLAUSIBLE_TIMES[0].year, PLAUSIBLE_TIMES[1].year + 1)  # our zones are ahead of UTC: 2200 has begun there
plausible_time = [MinValueValidator(PLAUSIBLE_TIMES[0]), MaxValueValidator(PLAUSIBLE_TIMES[1])]


def is_plausible(field):
    return Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__range": PLAUSIBLE_TIMES})
