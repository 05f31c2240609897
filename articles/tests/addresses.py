"""Which of the public addresses a test asks for, so that it fails for a new one that nobody decided about."""

from django.urls import resolve

from articles import urls


def not_among(addresses):
    """The names in articles/urls.py that none of these addresses leads to."""
    asked = {resolve(address.partition("?")[0]).url_name for address in addresses}
    return {pattern.name for pattern in urls.urlpatterns} - asked
