"""Who approves or releases a story that has no editor stands in as its editor, with the person of their sign-in."""

from articles.models import Credit, Person
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
