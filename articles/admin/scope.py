"""What of an edition stays within it: rows, choices and changes, for whoever does not work there (access.py)."""

from django.contrib.admin.sites import site

from articles import access
from articles.models import Edition


class OfferedChoices:
    """A foreign key offers what its own admin shows this person; an edition, only where they may do this."""

    def formfield_for_foreignkey(self, field, request, **kwargs):
        offered = site._registry.get(field.related_model)
        if field.related_model is Edition:
            wanted = "change" if request.resolver_match.kwargs.get("object_id") else "add"
            kwargs["queryset"] = access.editions(request.user, wanted, self.opts.model_name)
        elif offered:
            kwargs["queryset"] = offered.get_queryset(request)
        return super().formfield_for_foreignkey(field, request, **kwargs)


class OfEdition(OfferedChoices):
    """Rows of an edition. `edition_path` leads from a row to its edition."""

    edition_path = "edition"

    def get_queryset(self, request):
        return access.of_editions(request.user, super().get_queryset(request), self.edition_path)

    def has_change_permission(self, request, row=None):
        return super().has_change_permission(request, row) and self._allows(request, "change", row)

    def has_delete_permission(self, request, row=None):
        return super().has_delete_permission(request, row) and self._allows(request, "delete", row)

    def _allows(self, request, action, row):
        if row is None:
            return True
        for name in self.edition_path.split("__"):
            row = getattr(row, name)
        return access.allows(request.user, action, self.opts.model_name, row.pk if row else None)
