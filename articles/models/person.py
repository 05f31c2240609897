from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.database.list_keys import ListQuerySet
from articles.field_uses import Use, Uses
from articles.tracking import TracksDependencies

from .addresses.address import path_of
from .fields import LineField, ProseField, SlugField, choice_constraint, natural_manager, public_id, slug_constraint


class Competence(models.TextChoices):
    """The levels at which Indonesia's press council certifies journalists (rules.md D11)."""

    YOUNG = "young", _("junior journalist")
    MIDDLE = "middle", _("intermediate journalist")
    SENIOR = "senior", _("senior journalist")


class Person(TracksDependencies, models.Model):
    """Somebody who is named in stories or on the masthead, with or without an account."""

    key_parts = ("p", "id")
    field_uses = Uses(
        Use.WIRE.without("ninjs has a name, but no biography", "title", "bio", "competence", "portrait"),
        Use.WIRE.without("accounts never leave the newsroom", "user"),
        Use.WIRE.without("the slug is the id that our own ninjs carries", "uid"),
    )

    uid = public_id()
    name = LineField(_("name"), max_length=120)
    slug = SlugField(_("slug"), max_length=120, unique=True, made_from="name")
    title = LineField(
        pgettext_lazy("of a person", "title"), max_length=120, blank=True, help_text=_("Reporter, managing editor …")
    )
    bio = ProseField(_("biography"), blank=True)
    competence = LineField(
        _("certified competence"),
        max_length=10,
        choices=Competence,
        blank=True,
        help_text=_("The level of the press council's certificate."),
    )
    portrait = models.ForeignKey(
        "Photo", models.PROTECT, null=True, blank=True, related_name="portrait_of", verbose_name=_("portrait")
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="person",
        verbose_name=_("sign-in"),
    )

    objects = natural_manager("slug")()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name"]
        indexes = [models.Index(fields=["name", "id"], name="person_by_name")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(competence__in=["", *Competence.values]),
                name="person_competence_known",
                violation_error_message=_("This level of competence is not one of ours."),
            ),
            slug_constraint("person_slug_ascii"),
        ]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.slug,)

    def get_absolute_url(self):
        return path_of("person", self.slug)


class Position(models.Model):
    """A person's place on the masthead of an edition: chief editor, reporter, advertising."""

    edition = models.ForeignKey("Edition", models.CASCADE, related_name="positions", verbose_name=_("edition"))
    person = models.ForeignKey(Person, models.CASCADE, related_name="positions", verbose_name=_("person"))
    title = LineField(
        pgettext_lazy("of a person", "title"),
        max_length=80,
        help_text=_("Those with the same title stand in one group."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = natural_manager("edition__slug", "person__slug", "title")()

    class Meta:
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "person", "title"], name="one_position_a_title")]

    def __str__(self):
        return f"{self.title}: {self.person}"

    def natural_key(self):
        return (*self.edition.natural_key(), *self.person.natural_key(), self.title)

    natural_key.dependencies = ["articles.edition", "articles.person"]


class Role(models.TextChoices):
    AUTHOR = "author", _("author")
    EDITOR = "editor", _("editor")
    PHOTOGRAPHER = "photographer", _("photographer")
    CONTRIBUTOR = "contributor", _("contributor")
    TRANSLATOR = "translator", _("translator")


class Credit(models.Model):
    """A person's part in a story. The byline is made from these rows; author and editor are roles, not tables."""

    field_uses = Uses(
        Use.REVISIONS.without("the revision is the story's", "story"),
        Use.REVISIONS.without("the list in a revision has the order", "order"),
        Use.REVISIONS.without("a trigger repeats it from the story", "edition", "live_from"),
        Use.WIRE.without("the story carries its credits in order", "story", "order"),
        Use.WIRE.without("a trigger repeats it from the story", "edition", "live_from"),
    )
    story = models.ForeignKey("Story", models.CASCADE, related_name="credits", verbose_name=_("story"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="credits", verbose_name=_("person"))
    role = LineField(_("role"), max_length=20, choices=Role, default=Role.AUTHOR)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    # A trigger copies these from the story (database/story_copies.py), so that a person's page reads one index range.
    edition = models.ForeignKey(
        "Edition", models.DO_NOTHING, null=True, editable=False, serialize=False, related_name="+"
    )
    live_from = models.DateTimeField(null=True, editable=False, serialize=False)

    objects = natural_manager("story__uid", "person__slug", "role", queryset=ListQuerySet)()

    class Meta:
        verbose_name = _("credit")
        verbose_name_plural = _("credits")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["story", "person", "role"], name="one_credit_a_role"),
            choice_constraint("role", Role, "credit_role_known", _("This role is not one of ours.")),
        ]
        indexes = [
            models.Index(fields=["person", "edition", "role", "-live_from", "-id"], name="credit_by_person"),
            models.Index(fields=["person", "story"], name="credit_of_person"),
            models.Index(fields=["person", "-live_from", "-id"], name="credit_newest"),
        ]

    def __str__(self):
        return f"{self.get_role_display()}: {self.person}"

    def natural_key(self):
        return (*self.story.natural_key(), *self.person.natural_key(), self.role)

    natural_key.dependencies = ["articles.story", "articles.person"]


def account_name(account):
    """The name under which colleagues know an account."""
    person = getattr(account, "person", None)
    return known_as(person and person.name, account.get_full_name(), account.get_username())


def known_as(of_person, in_full, of_sign_in):
    return of_person or in_full or of_sign_in
