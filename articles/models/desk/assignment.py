from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..fields import LineField, ProseField, choice_constraint, natural_manager, public_id
from ..plausible_times import is_plausible, plausible_time
from ..section import Section


class Plan(models.TextChoices):
    """How far an assignment is, as it is stored. `Assignment.standing` also looks at its story."""

    PROPOSED = "proposed", pgettext_lazy("assignment", "proposed")  # somebody's idea, which waits for an answer
    PLANNED = "planned", pgettext_lazy("assignment", "planned")  # by the desk or the wire: nobody has confirmed it
    CONFIRMED = "confirmed", pgettext_lazy("assignment", "confirmed")
    DONE = "done", pgettext_lazy("assignment", "done")
    DROPPED = "dropped", pgettext_lazy("assignment", "dropped")


class Progress(models.TextChoices):
    """What people are told of an assignment: its plan, or that its story is begun. Computed, never stored."""

    PROPOSED = Plan.PROPOSED.value, pgettext_lazy("assignment", "proposed")
    PLANNED = Plan.PLANNED.value, pgettext_lazy("assignment", "planned")
    CONFIRMED = Plan.CONFIRMED.value, pgettext_lazy("assignment", "confirmed")
    STARTED = "started", pgettext_lazy("assignment", "started")
    DONE = Plan.DONE.value, pgettext_lazy("assignment", "done")
    DROPPED = Plan.DROPPED.value, pgettext_lazy("assignment", "dropped")


PLANNING = (Plan.PLANNED, Plan.CONFIRMED)  # those that whoever plans chooses from
OPEN = (Plan.PROPOSED, *PLANNING)
IS_OPEN = Q(closed_at__isnull=True)


class AssignmentQuerySet(models.QuerySet):
    def open(self):
        """Those that somebody still has to do: written so that the indexes of the open ones serve it."""
        return self.filter(IS_OPEN)


class Assignment(models.Model):
    """Work that the desk plans: what is to be told, by when, for which section. Whom it is given to are Assignees.

    Only the desk sees it. It has one story or none; releasing the story closes it, by a trigger
    (database/story_copies.py).
    """

    uid = public_id()
    section = models.ForeignKey(Section, models.PROTECT, related_name="assignments", verbose_name=_("section"))
    headline = LineField(pgettext_lazy("assignment", "what it is about"), max_length=200)
    kicker = LineField(_("kicker"), max_length=80, blank=True)
    due_at = models.DateTimeField(pgettext_lazy("assignment", "due"), validators=plausible_time)
    place = LineField(pgettext_lazy("assignment", "place"), max_length=80, blank=True)
    brief = ProseField(_("brief"), blank=True, help_text=_("What to find out, whom to ask. Only the desk reads it."))
    wants_photo = models.BooleanField(_("photo wanted"), default=False)
    state = LineField(_("state"), max_length=20, choices=Plan, default=Plan.CONFIRMED)
    closed_at = models.DateTimeField(_("done or dropped at"), null=True, blank=True, editable=False)
    story = models.OneToOneField(
        "Story", models.SET_NULL, null=True, blank=True, editable=False, related_name="assignment",
        verbose_name=_("story"),
    )  # fmt: skip
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+",
        verbose_name=_("planned by"),
    )  # fmt: skip
    created_at = models.DateTimeField(_("planned at"), editable=False)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+",
        verbose_name=_("proposed by"),
    )  # fmt: skip
    answer = LineField(pgettext_lazy("assignment", "answer"), max_length=300, blank=True, editable=False)

    objects = natural_manager("uid", queryset=AssignmentQuerySet)()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["due_at", "pk"]
        default_permissions = ["view", "add", "change"]
        constraints = [
            choice_constraint("state", Plan, "assignment_state_known", _("This state is not one of ours.")),
            models.CheckConstraint(
                condition=Q(state__in=OPEN, closed_at__isnull=True) | Q(~Q(state__in=OPEN), closed_at__isnull=False),
                name="assignment_closed_has_time",
                violation_error_message=_("An assignment that is done or dropped has the time of it, no other has."),
            ),
            models.CheckConstraint(
                condition=is_plausible("due_at"),
                name="assignment_due_in_our_time",
                violation_error_message=_("Times lie between the years 1900 and 2200."),
            ),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], name="assignment_by_due"),
            models.Index(fields=["section", "due_at", "id"], name="assignment_of_section"),
            models.Index(fields=["due_at", "id"], name="assignment_open_by_due", condition=IS_OPEN),
            models.Index(fields=["section", "due_at", "id"], name="assignment_open_of_section", condition=IS_OPEN),
        ]

    def __str__(self):
        return self.headline

    def natural_key(self):
        return (str(self.uid),)

    natural_key.dependencies = ["articles.section", "articles.story"]

    @property
    def standing(self):
        return Progress.STARTED if self.story_id and self.closed_at is None else Progress(self.state)

    def is_overdue(self, at):
        return self.closed_at is None and self.due_at < at


class Assignee(models.Model):
    """Whom an assignment is given to: an account, or a person who has none, as a freelancer, and so is told nothing."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="assignees", verbose_name=_("assignment"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="assigned",
        verbose_name=_("sign-in"),
    )  # fmt: skip
    person = models.ForeignKey(
        "Person", models.CASCADE, null=True, blank=True, related_name="assigned", verbose_name=_("person"),
        limit_choices_to={"user": None},
    )  # fmt: skip

    objects = natural_manager("assignment__uid", "user__username", "person__slug")()

    class Meta:
        verbose_name = _("assignee")
        verbose_name_plural = _("assignees")
        ordering = ["pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["assignment", "user"], name="one_assignee_an_assignment"),
            models.UniqueConstraint(fields=["assignment", "person"], name="one_assigned_person_an_assignment"),
            models.CheckConstraint(
                condition=Q(user__isnull=True) ^ Q(person__isnull=True),
                name="assignee_is_account_or_person",
                violation_error_message=_("An assignment is given to an account or to a person without one."),
            ),
        ]
        indexes = [models.Index(fields=["user", "assignment"], name="assignee_of_account")]

    def __str__(self):
        return f"{self.user or self.person} · {self.assignment}"

    def natural_key(self):
        account, person = self.user and self.user.username, self.person and self.person.slug
        return (*self.assignment.natural_key(), account, person)

    natural_key.dependencies = ["articles.assignment", "articles.person"]
