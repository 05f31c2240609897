"""Template tags of pages as text alone: links that stay there."""

from django import template
from django.urls import reverse

from articles.text import portions

register = template.Library()


@register.filter
def as_text(address):
    return portions.as_text(address)


@register.simple_tag
def text_url(name):
    return portions.as_text(reverse(name))
