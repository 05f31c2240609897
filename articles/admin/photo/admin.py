import logging

from django import forms
from django.contrib import admin, messages
from django.urls import path, reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from articles import permissions, photos, publishing
from articles.admin import lookups
from articles.desk import kept_posts, labels, shown, timestamps
from articles.field_uses import Use
from articles.listings import search
from articles.models import Photo, Story

from ..scope import Shared
from ..story.columns import chip, thumbnail
from . import uploading, words
from .changelist import (
    AgencyFilter,
    LackingFilter,
    PhotoList,
    RightsFilter,
    ShapeFilter,
    TidyFilter,
    UseFilter,
    are_days_chosen,
)

logger = logging.getLogger(__name__)

RIGHTS = [
    "agency", "photographer", "copyright", "source", "usage_terms", "territory", "web_statement", "licensor_url",
    "digital_source_type", "rights_end_at",
]  # fmt: skip
ABOUT = [
    "taken_at", "place", "country", "people", "keywords", "focal_x", "focal_y", "used_in", "said_by_file", "former",
]  # fmt: skip


class PhotoForm(forms.ModelForm):
    remarks = ()

    class Meta:
        widgets = {"file": forms.FileInput}  # no link to the original, which is served to nobody
        field_classes = {"file": forms.FileField}  # `describe` decides, as for every upload, whether it is a picture

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "title" in self.fields:
            self.fields["title"].required = False  # the file may contain one
        if file := self.fields.get("file"):
            limits = photos.limits()
            file.max_length = None  # it is stored under a name of our own
            file.help_text = " ".join(limits.sentences)
            file.widget.attrs |= {
                "accept": limits.accept,
                "data-most-bytes": limits.most_bytes,
                "data-too-large": gettext("It is larger than %(most)s megabytes: choose another.")
                % {"most": limits.most_bytes // 10**6},
            }

    def full_clean(self):
        """An invalid form shows the stored photo. A browser does not send the file again, so the user is told to."""
        before = {field.attname: getattr(self.instance, field.attname) for field in Photo._meta.concrete_fields}
        super().full_clean()
        if not self._errors:
            return
        for name, value in before.items():
            setattr(self.instance, name, value)
        if (file := self.files.get("file")) and "file" not in self._errors:
            message = gettext("Nothing is saved yet, and the file is not kept: choose “%s” again.")
            self.add_error("file", message % file.name)

    def clean_file(self):
        """Measure the file while the form can still refuse it, so that no part of a bad file is stored."""
        file = self.cleaned_data["file"]
        if "file" in self.changed_data:
            try:
                self.remarks = photos.describe(self.instance, file, photos.languages())
            except photos.Unusable as error:
                raise forms.ValidationError(_("This is no picture that we can use: %s") % error) from error
            if known := photos.same(self.instance):
                raise forms.ValidationError(_("This picture is in the library already: “%s”.") % known)
        return file

    def clean(self):
        """Stories with the photo show these words, and may have somebody to protect."""
        super().clean()
        if self.instance.pk:
            screened = {field.name for field in Photo.field_uses.texts(Use.SCREENED)} & self.cleaned_data.keys()
            words = [str(self.cleaned_data[name] or "") for name in sorted(screened)]
            for reason in publishing.revealed_by(self.instance, *words):
                self.add_error(None, reason)


@admin.register(Photo)
class PhotoAdmin(Shared, admin.ModelAdmin):
    form = PhotoForm
    list_display = ["picture", "title_column", "credit_column", "use_column"]
    list_display_links = ["title_column"]
    list_per_page = 48
    list_filter = [TidyFilter, LackingFilter, RightsFilter, UseFilter, ShapeFilter, AgencyFilter]
    date_hierarchy = "added_at"
    search_fields = ["title", "caption", "people", "keywords", "place", "agency", "photographer"]
    readonly_fields = ["large_picture", "used_in", "said_by_file", "former"]
    fieldsets = [
        (None, {"fields": ["large_picture", "file", "title", "caption", "alt", "is_decorative", "long_description"]}),
        (_("Credit and rights"), {"fields": RIGHTS}),
        (
            _("About the picture"),
            {"fields": ABOUT},
        ),
    ]

    class Media:
        css = {"all": ["desk/photos.css"]}
        js = [forms.Script("desk/focus.js", type="module"), forms.Script("desk/file-size.js", type="module")]

    def get_urls(self):
        find, upload = self.admin_site.admin_view(self.find_view), self.admin_site.admin_view(self.upload_view)
        return [
            path("find/", find, name="articles_photo_find"),
            path("upload/", upload, name="articles_photo_upload"),
            path("<int:pk>/words/", self.admin_site.admin_view(self.words_view), name="articles_photo_words"),
            *super().get_urls(),
        ]

    def changeform_view(self, request, *args, **kwargs):
        """Saving is one transaction: if the storage fails, the form comes back with the typed text."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except OSError as error:
            logger.exception("The storage took no photo")
            files = kept_posts.without_files(kept_posts.file_names(request))
            request.unsaved = f"{uploading.not_stored(error)} {files}"
            request._files = MultiValueDict()
            return super().changeform_view(request, *args, **kwargs)

    def save_model(self, request, photo, form, change):
        """Fill empty fields from the file; warn about oddities and about photos that look the same."""
        before = Photo.objects.filter(pk=photo.pk).first() if "file" in form.changed_data else None
        remarks = [*form.remarks]
        if "file" in form.changed_data:
            remarks += photos.fill(photo, photo.file.name)
        super().save_model(request, photo, form, change)
        if before:
            photos.keep(before, timezone.now())
        if "file" in form.changed_data and (near := photos.alike(photo)):
            remarks.append(gettext("This looks like: %s") % "; ".join(other.title for other in near))
        for remark in remarks:
            self.message_user(request, remark, messages.WARNING)

    def beside(self, rows):
        """How often each photo of a page of the list is used."""
        counts = photos.counts(rows)
        for photo in rows:
            photo.use_count = counts[photo.pk]

    def get_changelist(self, request, **kwargs):
        return PhotoList

    def get_search_results(self, request, rows, words):
        """Among the newest that hold the words; of chosen days, which may be long ago, among all."""
        find = search.named if are_days_chosen(request) else search.newest_named
        return (find(words, rows) if words else rows), False

    def are_more_found(self, request, words):
        return not are_days_chosen(request) and super().are_more_found(request, words)

    def get_object(self, request, object_id, from_field=None):
        photo = super().get_object(request, object_id, from_field)
        if photo:
            photo.looked_at_by = request.user
        return photo

    def has_change_permission(self, request, photo=None):
        may = super().has_change_permission(request, photo)
        return may and (photo is None or permissions.may_change_photo(request.user, photo))

    def using(self, photos_to_go):
        """Stories with one of these photos in their text, which no foreign key shows."""
        return Story.objects.filter(photos_in_text__uid__in=[photo.uid for photo in photos_to_go]).distinct()

    def upload_view(self, request):
        return uploading.upload(self, request)

    def find_view(self, request):
        return lookups.answer(self, request, lambda: labels.with_details(Photo.objects.all()), shown.of)

    def words_view(self, request, pk):
        return words.words(self, request, pk)

    @admin.display(description=_("picture"))
    def picture(self, photo):
        if photos.is_missing_here(photo):
            return format_html('<span class="no-picture">{}</span>', chip("missing", _("File missing")))
        return thumbnail(photo, "4x3")

    @admin.display(description=_("picture"))
    def large_picture(self, photo):
        if not photo.pk:
            return "–"
        if photos.is_broken(photo):
            return chip("missing", _("File missing") if photos.is_missing(photo) else _("File broken"))
        address = photos.address(photo, "full", 640, "webp")
        may_change = permissions.may_change_photo(photo.looked_at_by, photo)
        crops = format_html_join(
            "",
            '<span class="focus-crop" data-ratio="{}"><img src="{}" alt="">{}</span>',
            ((ratio, address, name.replace("x", ":")) for name, ratio in photos.CROPS.items() if ratio),
        )
        return format_html(
            '<span class="focus-picture"><img class="large-picture" src="{}" width="{}" height="{}" alt="">'
            '<span class="focus-mark"></span></span><span class="focus-crops">{}</span>{} × {}. {}',
            address, *photos.size(photo, "full", 640), crops, photo.width, photo.height,
            _("A click on the picture sets the focal point.") if may_change else "",
        )  # fmt: skip

    @admin.display(description=_("from the file"))
    def said_by_file(self, photo):
        said = [(label, photo.from_file.get(name)) for name, label in photos.FILE_FIELDS.items()]
        left_out = photo.from_file.get("left_out", [])
        said += [(_("%s, left out") % photos.FILE_FIELDS[name], written) for name, written in left_out]
        rows = [(label, ", ".join(value) if isinstance(value, list) else value) for label, value in said if value]
        return format_html("<dl>{}</dl>", format_html_join("", "<dt>{}</dt><dd>{}</dd>", rows)) if rows else "–"

    @admin.display(description=_("former files"))
    def former(self, photo):
        message = gettext("replaced on %(day)s, kept for 30 days")
        days = (timestamps.absolute(former.replaced_at) for former in photo.former_files.all())
        return format_html_join("", "<p>{}</p>", ((message % {"day": day},) for day in days)) if photo.pk else "–"

    @admin.display(description=_("title"), ordering="title")
    def title_column(self, photo):
        return photo.title

    @admin.display(description=_("credit"))
    def credit_column(self, photo):
        """With what is missing or ends soon, each as a chip."""
        chips = [] if photo.credit else [_("no credit")]
        if not (photo.alt or photo.is_decorative):
            chips.append(_("no alternative text"))
        end, now = photo.rights_end_at, timezone.now()
        if end and end <= now + publishing.A_WEEK:
            chips.append(_("rights have ended") if end <= now else _("rights end on %s") % timestamps.day(end))
        told = format_html_join(" ", "{}", ((chip("warn", words),) for words in chips))
        return format_html('<span class="credit" title="{0}">{0}</span> {1}', photo.credit, told)

    @admin.display(description=_("used"))
    def use_column(self, photo):
        text = ngettext("in %d story", "in %d stories", photo.use_count)
        return format_html('<span class="secondary">{}</span>', text % photo.use_count)

    @admin.display(description=_("used in"))
    def used_in(self, photo):
        stories = permissions.stories(photo.looked_at_by).filter(pk__in=Story.objects.showing(photo))
        links = ((reverse("admin:articles_story_change", args=[story.pk]), story.headline) for story in stories[:20])
        return format_html_join("", '<p><a href="{}">{}</a></p>', links) or "–"
