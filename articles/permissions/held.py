"""What somebody holds: the memberships of an account and the sections they reach, read once for each user object."""

from django.db.models import Q

from articles.models import Section

from .compiled import held_by
from .reach import families, families_among


def memberships(user):
    """Read once for each user object, so once a request, with the sections that they reach."""
    if not hasattr(user, "_memberships"):
        user._memberships, near = held_by(user.pk) if user.pk else ([], [])
        user._families = families_among(_sections(user._memberships), near)
    return user._memberships


def roles(user):
    """The names of the user's roles, each once."""
    return list(dict.fromkeys(membership.get_role_display() for membership in memberships(user)))


def families_of(user):
    """{section of a membership: the ids of it and of the sections below}"""
    if not hasattr(user, "_families"):
        user._families = families(_sections(memberships(user)))
    return user._families


def sections_of(user, fits):
    """The sections that the user's memberships reach; of those only for which `fits(membership)` is true."""
    sections = Section.objects.all()
    fitting = [] if is_free(user) else [m for m in memberships(user) if fits(m)]
    whole = [m for m in fitting if not m.section_id]
    if is_free(user) or any(m.edition_id is None for m in whole):
        return sections
    inside = {pk for m in fitting if m.section_id for pk in families_of(user)[m.section_id]}
    return sections.filter(Q(edition__in=[m.edition_id for m in whole]) | Q(pk__in=inside))


def _sections(of_memberships):
    return {membership.section_id for membership in of_memberships if membership.section_id}


def is_free(user):
    """Superusers, and the newsroom itself (None), may do everything everywhere."""
    return user is None or (user.is_superuser and user.is_active)
