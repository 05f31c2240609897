from django import forms
from django.contrib import admin
from django.db.models import Count, Q
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles import photos
from articles.models import Photo, Story

from . import finding
from .story_list import chip, thumbnail


class PhotoForm(forms.ModelForm):
    class Meta:
        widgets = {"file": forms.FileInput}  # no link to the original, which is served to nobody

    def clean_file(self):
        """Measure what was sent while the form can still refuse it, so that nothing of a bad file is stored."""
        file = self.cleaned_data["file"]
        if "file" in self.changed_data:
            try:
                photos.describe(self.instance, file)
            except (OSError, ValueError) as error:
                raise forms.ValidationError(_("This is no picture that we can use: %s") % error) from error
        return file


@admin.register(Photo)
class PhotoAdmin(admin.ModelAdmin):
    form = PhotoForm
    list_display = ["picture", "title_column", "credit_column", "use_column"]
    list_display_links = ["picture", "title_column"]
    list_per_page = 48
    date_hierarchy = "added_at"
    search_fields = ["title", "caption", "agency", "photographer"]
    readonly_fields = ["large_picture", "used_in"]
    fieldsets = [
        (None, {"fields": ["large_picture", "file", "title", "caption", "alt"]}),
        (_("Credit and rights"), {"fields": ["agency", "photographer", "copyright", "usage_terms", "rights_end_at"]}),
        (_("About the picture"), {"fields": ["taken_at", "place", "focal_x", "focal_y", "used_in"]}),
    ]

    def get_urls(self):
        find = self.admin_site.admin_view(self.find_view)
        return [path("find/", find, name="articles_photo_find"), *super().get_urls()]

    def get_queryset(self, request):
        uses = Count("led_stories", distinct=True) + Count("uses", distinct=True)
        return super().get_queryset(request).annotate(use_count=uses)

    def get_deleted_objects(self, objs, request):
        """A photo in the text of a story is as protected as one that leads it."""
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        in_texts = [story for photo in objs for story in _in_text(photo)]
        return deleted, counts, lacking, [*protected, *in_texts]

    def find_view(self, request):
        return finding.answer(self, request, Photo.objects.all(), _found)

    @admin.display(description="")
    def picture(self, photo):
        if photos.is_missing(photo):
            return format_html('<span class="no-picture">{}</span>', chip("missing", _("File missing")))
        return thumbnail(photo, "4x3")

    @admin.display(description=_("picture"))
    def large_picture(self, photo):
        if not photo.pk:
            return "–"
        if photos.is_missing(photo):
            return chip("missing", _("File missing"))
        address = photos.address(photo, "full", 640, "webp")
        size = f"{photo.width} × {photo.height}"
        return format_html('<img class="large-picture" src="{}" alt=""><br>{}', address, size)

    @admin.display(description=_("title"), ordering="title")
    def title_column(self, photo):
        return photo.title

    @admin.display(description=_("credit"))
    def credit_column(self, photo):
        return photo.credit or chip("warn", _("no credit"))

    @admin.display(description=_("used"), ordering="use_count")
    def use_column(self, photo):
        text = ngettext("leads or accompanies %d story", "leads or accompanies %d stories", photo.use_count)
        return format_html('<span class="secondary">{}</span>', text % photo.use_count)

    @admin.display(description=_("used in"))
    def used_in(self, photo):
        stories = Story.objects.filter(Q(lead_photo=photo) | Q(gallery__photo=photo) | Q(pk__in=_in_text(photo)))
        links = (
            (reverse("admin:articles_story_change", args=[story.pk]), story.headline)
            for story in stories.distinct()[:20]
        )
        return format_html_join("", '<p><a href="{}">{}</a></p>', links) or "–"


def _in_text(photo):
    return Story.objects.filter(body__contains=f'data-photo="{photo.uid}"')


def _found(photo):
    is_missing = photos.is_missing(photo)
    return {
        "uid": str(photo.uid),
        "title": photo.title,
        "caption": photo.caption,
        "credit": photo.credit,
        "thumbnail": "" if is_missing else photos.address(photo, "4x3", 320, "webp"),
    }
