"""Whose home it is. Somebody with several roles has the home of the one that decides most."""

import enum

from articles import permissions
from articles.models.membership import DeskRole


class Home(enum.Enum):
    """The order of the blocks: main column, pairs below it, narrow column."""

    EDITOR = ["unsaved", "waiting", "assignments", "told"], ["own", "released"], ["day", "writing", "tidy", "most_read"]
    REPORTER = ["unsaved", "own", "waiting", "assignments", "told"], ["released"], ["day", "tidy"]
    PHOTO = ["unsaved", "photos", "no_photo", "assignments", "told"], ["released"], ["tidy", "day"]
    NOBODY = [], [], []


def home_of(user):
    if user.is_superuser:
        return Home.EDITOR
    roles = {membership.role for membership in permissions.memberships(user)}
    if roles & {DeskRole.CHIEF, DeskRole.EDITOR}:
        return Home.EDITOR
    if DeskRole.PHOTO in roles:
        return Home.PHOTO
    return Home.REPORTER if roles else Home.NOBODY
