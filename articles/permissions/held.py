"""What somebody holds: the memberships of an account and the sections they reach, read once for each user object."""

from .compiled import memberships_of
from .reach import families


def memberships(user):
    """Read once for each user object, so once a request."""
    if not hasattr(user, "_memberships"):
        user._memberships = memberships_of(user=user.pk) if user.pk else []
    return user._memberships


def families_of(user):
    """{section of a membership: the ids of it and of the sections below}"""
    if not hasattr(user, "_families"):
        user._families = families(m.section_id for m in memberships(user) if m.section_id)
    return user._families


def is_free(user):
    """Superusers, and the newsroom itself (None), may do everything everywhere."""
    return user is None or (user.is_superuser and user.is_active)
