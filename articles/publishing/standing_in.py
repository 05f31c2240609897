"""What stands in where nobody has chosen: the section in which somebody begins a story, and the editor of a story that
has none, who is whoever approves or releases it, with the person of their sign-in."""

from articles import permissions
from articles.models import Credit, Person, Revision
from articles.models.person import Role


class Whoever:
    """The person who is yet to approve a story: a writer need not name them."""

    person = Person(pk=0)


def approver(user, may_decide):
    """Who would stand in as the editor when the story is approved: this person, or whoever is yet to do it."""
    return user if may_decide else Whoever


def editor(story, rows, by):
    """The credit that `by` would get, not stored yet; None if there is an editor, or nobody can stand in.
    `rows`: the story's credits.

    The only author of a story does not edit it (rules.md C5), so the check for an editor speaks instead.
    """
    if by is None or any(credit.role == Role.EDITOR for credit in rows):
        return None
    person = getattr(by, "person", None)
    authors = {credit.person_id for credit in rows if credit.role == Role.AUTHOR}
    if person is None or authors == {person.pk}:
        return None
    order = max((credit.order for credit in rows), default=0) + 1
    return Credit(story=story, person=person, role=Role.EDITOR, order=order)


def stand_in(story, by):
    """Store that credit. The caller's transaction is undone if the story is not ready all the same."""
    if credit := editor(story, list(Credit.objects.filter(story=story)), by):
        credit.save()


def section(user, edition):
    """The section of this edition in which the user began a story last, as long as they write there; else the first of
    those in which they write. None if the edition has no section for them."""
    open_to_them = permissions.writes_in(user).filter(edition=edition)
    begun = Revision.objects.filter(by=user, number=1, story__section__in=open_to_them.order_by())
    last = begun.order_by("-story_id").values_list("story__section", flat=True).first()
    return open_to_them.filter(**({"pk": last} if last else {})).first()
