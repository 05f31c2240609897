"""Between which moments times of stories lie: what lies outside is a slip, and no zone can tell it."""

import datetime

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Q

OUR_TIME = datetime.datetime(1900, 1, 1, tzinfo=datetime.UTC), datetime.datetime(2200, 1, 1, tzinfo=datetime.UTC)
YEARS = range(OUR_TIME[0].year, OUR_TIME[1].year + 1)  # in our zones the last one has begun by then
in_our_time = [MinValueValidator(OUR_TIME[0]), MaxValueValidator(OUR_TIME[1])]


def is_in_our_time(field):
    return Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__range": OUR_TIME})
