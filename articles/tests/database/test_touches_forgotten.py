"""Touches that no worker needs any more are deleted, 64 at once; the newest 20,000 stay."""

import pytest
from django.db import connection
from django.db.models import Max

from articles.database.invalidation import FORGOTTEN_AT_ONCE, KEPT
from articles.models import Touch


@pytest.mark.wide
@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="On PostgreSQL numbers are given at the commit.")
def test_only_the_newest_touches_are_kept():
    first = (Touch.objects.aggregate(last=Max("pk"))["last"] or 0) + 1  # an earlier test may have left some
    end = first + KEPT + 10 * FORGOTTEN_AT_ONCE
    Touch.objects.bulk_create(Touch(pk=number, key="w+") for number in range(first, end))
    looked_at = (end - 1) // FORGOTTEN_AT_ONCE * FORGOTTEN_AT_ONCE
    kept = list(Touch.objects.order_by("pk").values_list("pk", flat=True))
    assert kept == list(range(looked_at - KEPT + 1, end))
