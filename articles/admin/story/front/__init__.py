"""The desk's page of the front page: its top as readers have it, and the stories that can be put there."""

from .pages import front

__all__ = ["front"]
