"""Rows, choices and changes of an edition are closed to users who do not work there (permissions/)."""

from django.contrib import admin
from django.contrib.admin.sites import site
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Count
from django.utils.translation import gettext_lazy

from articles import permissions
from articles.desk.offered import KeepsWhatWasTyped
from articles.listings import search
from articles.models import Edition


def asked_once(request, question, *about):
    """`question(request.user, *about)`, answered once per request until `ask_again`. Django asks many times."""
    answers = request.__dict__.setdefault("answers_to_rights", {})
    key = (request.user.pk, question, *[getattr(each, "pk", each) for each in about])
    if key not in answers:
        answers[key] = question(request.user, *about)
    return answers[key]


def ask_again(request):
    """Forget the answers: a transaction begins or was rolled back, or a row was saved, which may change them."""
    request.__dict__.pop("answers_to_rights", None)


class OfferedChoices(KeepsWhatWasTyped):
    """A foreign key offers the rows of its own admin; for editions, those where the user may add such a row."""

    def chooser(self, field, request, may_add, **kwargs):
        """A foreign key's field without Django's links to the chosen row: where much is chosen, they lack the room.

        `may_add`: whether a row that is lacking may be made from here, by those who may make one.
        """
        chooser, offered = (
            self.formfield_for_foreignkey(field, request, **kwargs),
            site._registry.get(field.related_model),
        )
        if may_add and offered and offered.has_add_permission(request):
            links = {f"can_{action}_related": action == "add" for action in ("add", "change", "delete", "view")}
            chooser.widget = RelatedFieldWidgetWrapper(chooser.widget, field.remote_field, self.admin_site, **links)
        return chooser

    def formfield_for_foreignkey(self, field, request, **kwargs):
        offered = site._registry.get(field.related_model)
        if field.related_model is Edition:
            kwargs["queryset"] = permissions.editions(request.user, "add", self.opts.model_name)
        elif offered:
            kwargs["queryset"] = offered.get_queryset(request)
        return super().formfield_for_foreignkey(field, request, **kwargs)


class Shared(OfferedChoices):
    """Rows that all editions share. They must not reveal the content of another desk's stories."""

    def get_search_results(self, request, rows, words):
        """Among the newest that hold the words: a list says where there are more, and a further word finds them."""
        return (search.newest_named(words, rows) if words else rows), False

    def are_more_found(self, request, words):
        """Whether more rows hold these words than a list looks at (desk/bounded.py)."""
        return search.is_frequent_name(words, self.model)

    def editions_with(self, row):
        """Ids of the editions that would lose something without being asked if `row` were deleted."""
        return []

    def has_delete_permission(self, request, row=None):
        return super().has_delete_permission(request, row) and all(
            permissions.allows(request.user, "delete", self.opts.model_name, edition_id)
            for edition_id in (self.editions_with(row) if row else [])
        )

    def lookup_allowed(self, lookup, value, request):
        """`?stories__id__exact=5` would reveal the tags of any story."""
        try:
            field = self.opts.get_field(lookup.split("__")[0])
        except FieldDoesNotExist:
            return super().lookup_allowed(lookup, value, request)
        is_reverse = field.auto_created and not field.concrete
        return not is_reverse and super().lookup_allowed(lookup, value, request)


class CountsStories:
    """A list with how many stories each row of a page has: `link` is the reference to the row in the model `links`."""

    def beside(self, rows):
        of_rows = self.links.objects.filter(**{f"{self.link}__in": [row.pk for row in rows]}).order_by()
        counts = dict(of_rows.values_list(self.link).annotate(Count("pk")))
        for row in rows:
            row.story_count = counts.get(row.pk, 0)

    @admin.display(description=gettext_lazy("stories"))
    def story_count(self, row):
        return row.story_count


class OfEdition(OfferedChoices):
    """Rows of an edition. `edition_path` leads from a row to its edition."""

    edition_path = "edition"

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return permissions.of_editions(request.user, rows, self.opts.model_name, self.edition_path)

    def has_add_permission(self, request):
        may = super().has_add_permission(request)
        return may and permissions.allows_somewhere(request.user, "add", self.opts.model_name)

    def has_change_permission(self, request, row=None):
        return super().has_change_permission(request, row) and self._allows(request, "change", row)

    def has_delete_permission(self, request, row=None):
        return super().has_delete_permission(request, row) and self._allows(request, "delete", row)

    def _allows(self, request, action, row):
        if row is None:
            return True
        for name in self.edition_path.split("__"):
            row = getattr(row, name)
        return permissions.allows(request.user, action, self.opts.model_name, row.pk if row else None)
