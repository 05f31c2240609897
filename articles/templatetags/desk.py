"""What templates of the desk ask for."""

from django import template

register = template.Library()


@register.inclusion_tag("admin/date_hierarchy.html")
def days_of(changes):
    """The days of a list that knows the zone of each of its rows (admin/story_days.py)."""
    return changes.days()
