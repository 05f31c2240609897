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

    PLANNED = "planned", pgettext_lazy("assignment", "planned")  # an idea, or an event of the wire: nobody confirmed it
    CONFIRMED = "confirmed", pgettext_lazy("assignment", "confirmed")
    DONE = "done", pgettext_lazy("assignment", "done")
    DROPPED = "dropped", pgettext_lazy("assignment", "dropped")


class Progress(models.TextChoices):
    """What people are told of an assignment: its plan, or that its story is begun. Computed, never stored."""

    PLANNED = Plan.PLANNED.value, pgettext_lazy("assignment", "planned")
    CONFIRMED = Plan.CONFIRMED.value, pgettext_lazy("assignment", "confirmed")
    STARTED = "started", pgettext_lazy("assignment", "started")
    DONE = Plan.DONE.value, pgettext_lazy("assignment", "done")
    DROPPED = Plan.DROPPED.value, pgettext_lazy("assignment", "dropped")


OPEN = (Plan.PLANNED, Plan.CONFIRMED)
IS_OPEN = Q(closed_at__isnull=True)


class AssignmentQuerySet(models.QuerySet):
    def open(self):
        """Those that somebody still has to do: written so that the indexes of the open ones serve it."""
        return self.filter(IS_OPEN)


class Assignment(models.Model):
    """Work that the desk plans: what is to be told, by when, for which section. Whom it is given to are Assignees.

    Only the desk sees it. It has one story or none; releasing the story closes it, by a trigger
    (database/assignments.py).
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
    """An account that an assignment is given to."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="assignees", verbose_name=_("assignment"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="assigned", verbose_name=_("sign-in")
    )

    objects = natural_manager("assignment__uid", "user__username")()

    class Meta:
        verbose_name = _("assignee")
        verbose_name_plural = _("assignees")
        ordering = ["pk"]
        default_permissions = []
        constraints = [models.UniqueConstraint(fields=["assignment", "user"], name="one_assignee_an_assignment")]
        indexes = [models.Index(fields=["user", "assignment"], name="assignee_of_account")]

    def __str__(self):
        return f"{self.user} · {self.assignment}"

    def natural_key(self):
        return (*self.assignment.natural_key(), self.user.username)

    natural_key.dependencies = ["articles.assignment"]
