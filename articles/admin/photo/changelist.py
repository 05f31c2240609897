"""Filters of the photo library: missing details, ending rights, use and shape."""

from django.contrib import admin
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles import permissions, photos
from articles.models import Photo
from articles.photo_metadata import GENERATED
from articles.publishing import A_WEEK


class Choice(admin.SimpleListFilter):
    """A filter whose choices are queries. `choices_of(request)`: {value: (label, query)}."""

    def lookups(self, request, model_admin):
        return [(value, label) for value, (label, _query) in self.choices_of(request).items()]

    def queryset(self, request, rows):
        choice = self.choices_of(request).get(self.value())
        return rows.filter(choice[1]) if choice else rows


class LackingFilter(Choice):
    title, parameter_name = _("still missing"), "lacking"

    def choices_of(self, request):
        return {
            "alt": (_("alternative text"), Q(alt="", is_decorative=False)),
            "credit": (_("credit"), Q(agency="", photographer="")),
            "caption": (_("caption"), Q(caption="")),
        }


class RightsFilter(Choice):
    title, parameter_name = _("rights"), "rights"

    def choices_of(self, request):
        now = timezone.now()
        return {
            "soon": (_("end within a week"), Q(rights_end_at__gt=now, rights_end_at__lte=now + A_WEEK)),
            "ended": (_("have ended"), Q(rights_end_at__lte=now)),
            "generated": (_("made by a machine"), Q(digital_source_type__iregex=GENERATED)),
        }


class ShapeFilter(Choice):
    title, parameter_name = _("shape"), "shape"

    def choices_of(self, request):
        return {
            "wide": (_("wide"), Q(width__gt=F("height"))),
            "tall": (_("tall"), Q(width__lt=F("height"))),
            "square": (_("square"), Q(width=F("height"))),
        }


class UseFilter(Choice):
    title, parameter_name = _("used"), "used"

    def choices_of(self, request):
        choices = {"shown": (_("readers see it"), Q(pk__in=photos.shown(timezone.now()).values("pk")))}
        for edition in permissions.editions(request.user, "view", "story"):
            at_stories = permissions.stories(request.user).filter(edition=edition)
            led, in_gallery = Q(led_stories__in=at_stories), Q(uses__story__in=at_stories)
            in_text = Q(uid__in=at_stories.filter(photos_in_text__isnull=False).values("photos_in_text__uid"))
            shown = Photo.objects.filter(led | in_gallery | in_text).values("pk")
            choices[edition.slug] = (edition.name, Q(pk__in=shown))
        return choices
