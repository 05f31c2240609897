import functools
import operator

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.field_uses import Use, Uses
from articles.tracking import TracksDependencies

from .addresses.address import path_of
from .edition import Edition
from .fields import LineField, SlugField, natural_manager, public_id, slug_constraint

LEVELS = 2  # a main section and its subsections


def way_to(section, sections):
    """The main section and the one within it that lead to `section`, which may be None: [] then."""
    outer = next((one for one in sections if section and one.pk == section.parent_id), None)
    return [one for one in (outer, section) if one]


def family(section, sections):
    """A section, followed by its descendants among `sections`."""
    members = [section]
    for _level in range(1, LEVELS):
        keys = {one.pk for one in members}
        members += [one for one in sections if one.parent_id in keys and one not in members]
    return members


def within(path, key):
    """A condition: the section at the end of `path` has this key or lies within the section that has it."""
    outer = [path + "__parent" * level for level in range(LEVELS)]
    return functools.reduce(operator.or_, (models.Q(**{name: key}) for name in outer))


class SectionQuerySet(models.QuerySet):
    def shown(self, at):
        """Sections that readers can see at the time `at`: this method is the only home of the rule.

        A section that was ingested with its first stories is hidden until one of them is live. Then it is like any
        other section: a trigger (database/story_copies.py) removes the mark.
        """
        stories = self.model.stories.rel.related_model.objects
        inside = stories.untracked("the first story of a section touches the edition, SHOWS_ITS_SECTION")
        has_any = models.Exists(inside.live(at).filter(section=models.OuterRef("pk")))
        return self.filter(models.Q(is_provisional=False) | has_any)


class Section(TracksDependencies, models.Model):
    """A department of one edition: Nasional, Olahraga … A section may have subsections, one level deep."""

    key_parts = ("n", "id")
    field_uses = Uses(
        Use.CARDS.without("a card shows the name alone", "uid", "edition", "parent", "description", "order"),
        Use.CARDS.without("only the desk sees it", "is_provisional"),
        Use.DESK_LISTS.without("a row shows the name alone", "description"),
        Use.WIRE.without("ninjs names the section alone", "edition", "parent", "description", "order"),
        Use.WIRE.without("only the desk sees it", "is_provisional"),
        Use.WIRE.without("the slug is the id that our own ninjs carries", "uid"),
    )

    uid = public_id()
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="sections", verbose_name=_("edition"))
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="subsections", verbose_name=_("part of")
    )
    name = LineField(_("name"), max_length=60)
    slug = SlugField(_("slug"), max_length=60, made_from="name")
    description = LineField(_("description"), max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_provisional = models.BooleanField(
        _("not shown yet"),
        default=False,
        help_text=_("It came by wire: readers see it when they have the first story in it."),
    )

    objects = natural_manager("edition__slug", "slug", queryset=SectionQuerySet)()

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "slug"], name="one_section_a_slug"),
            slug_constraint("section_slug_ascii"),
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
                name="section_not_its_own_parent",
                violation_error_message=_("A section cannot be part of itself."),
            ),
        ]

    # Rules that triggers keep (database/section_levels.py): what an error of theirs names, and the sentence for it.
    kept_by_triggers = {"section_lies_in_a_main_section": _("Choose a main section of the same edition.")}

    def __str__(self):
        return self.name

    def natural_key(self):
        return (*self.edition.natural_key(), self.slug)

    natural_key.dependencies = ["articles.edition"]

    def get_absolute_url(self):
        return path_of("section", self.slug)

    @property
    def level(self):
        """1 for a main section, 2 for one within it."""
        return self.parent.level + 1 if self.parent else 1

    def clean(self):
        if self.parent and (self.level > LEVELS or self.parent.edition_id != self.edition_id):
            raise ValidationError({"parent": _("Choose a main section of the same edition.")})
