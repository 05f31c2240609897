"""Which accounts may do something with a story: `may`, asked the other way round."""

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q

from articles.models import Credit, Membership, Revision
from articles.models.membership import DeskRole

from . import STORIES


def who_may(action, story):
    """The accounts with a role at the story's desk that lets them do it. Superusers without a role are not among them.

    A right that is limited to one's own stories reaches beyond one's section, as in `permissions.ranges`.
    """
    rights = {role: acts[action] for role, acts in STORIES.items() if action in acts}
    whole = {role for role, right in rights.items() if not right.is_own and _fits(right, story)}
    own = STORIES[DeskRole.REPORTER].get(action)
    keeping = rights if own and _fits(own, story) else {}
    here = Membership.objects.filter(Q(edition=None) | Q(edition=story.edition_id), user=OuterRef("pk"))
    sections = [key for key in (story.section_id, story.section.parent_id) if key]
    of_desk = here.filter(Q(section=None) | Q(section__in=sections), role__in=whole)
    people = get_user_model().objects.filter(is_active=True, is_staff=True)
    return people.filter(Exists(of_desk) | Q(pk__in=own_to(story)) & Exists(here.filter(role__in=keeping)))


def own_to(story):
    """The ids of the accounts whose own story it is: who began it, and who is credited."""
    begun = Revision.objects.filter(story=story, number=1, by__isnull=False).order_by().values("by")
    credited = Credit.objects.filter(story=story, person__user__isnull=False).order_by().values("person__user")
    return begun.union(credited)


def _fits(right, story):
    is_kept = not (right.is_never_live and story.first_published_at)
    return is_kept and (not right.states or story.state in right.states)
