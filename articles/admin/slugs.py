"""Slugs at the desk: empty ones are made from the name, former ones are listed."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import FormerPersonSlug, FormerSectionSlug, FormerSeriesSlug, FormerTagSlug, Section


class SluggedForm(forms.ModelForm):
    """The server makes a missing slug; static/desk/slugs.js shows it in advance if it can be sure."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = self.fields["slug"].help_text or gettext_lazy("Empty: made from the name.")

    def clean(self):
        super().clean()
        if "slug" not in self.fields or "slug" in self.errors:
            return
        field = self._meta.model._meta.get_field("slug")
        if not self.cleaned_data["slug"] and (source := self.cleaned_data.get(field.made_from)):
            self.cleaned_data["slug"] = field.slug_from(source)
        if other := self._whose_it_was():
            text = _("This address leads to “%(name)s”, which had it before. Take it from there to give it to another.")
            self.add_error("slug", text % {"name": other})

    def _whose_it_was(self):
        """Another row that would lose a former address to this slug."""
        model, slug = self._meta.model, self.cleaned_data["slug"]
        if not slug or not hasattr(model, "former_slugs"):
            return None
        had = {"former_slugs__slug": slug}
        if model is Section:
            had["former_slugs__edition"] = self.cleaned_data.get("edition") or self.instance.edition_id
        return model.objects.filter(**had).exclude(pk=self.instance.pk).first()


class FormerSlugs(admin.TabularInline):
    """Former slugs are written by the database alone; deleting one frees it for another row."""

    fields = readonly_fields = ["slug"]
    verbose_name_plural = gettext_lazy("former addresses, which lead here")
    extra = 0
    classes = ["collapse"]

    def get_queryset(self, request):
        """Skips Django's second permission check, which lacks the row; the inline is shown only if it is allowed."""
        return self.model.objects.all()

    def has_add_permission(self, request, row=None):
        return False

    def has_change_permission(self, request, row=None):
        return False

    def has_view_permission(self, request, row=None):
        return self._are_some(row) and super().has_view_permission(request, row)

    def has_delete_permission(self, request, row=None):
        return self._are_some(row) and super().has_delete_permission(request, row)

    def _are_some(self, row):
        return row is not None and row.former_slugs.exists()


class FormerTagSlugs(FormerSlugs):
    model = FormerTagSlug


class FormerPersonSlugs(FormerSlugs):
    model = FormerPersonSlug


class FormerSeriesSlugs(FormerSlugs):
    model = FormerSeriesSlug


class FormerSectionSlugs(FormerSlugs):
    model = FormerSectionSlug
