"""The page where people choose how the desk meets them: its language, its keys, its e-mail."""

from django import forms
from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from articles.desk.telling.mailing import MailFields
from articles.models import DeskPreference


class PreferenceForm(MailFields):
    class Meta:
        model = DeskPreference
        fields = ["language", "letter_keys_are_on", "digest_hour"]
        widgets = {"language": forms.RadioSelect}


def page(request):
    form = PreferenceForm(request.POST or None, instance=request.preference)
    if request.method == "POST" and form.is_valid():
        form.save()
        with translation.override(form.instance.language):
            messages.success(request, _("The desk meets you as you chose."))
        return HttpResponseRedirect(reverse("admin:preferences"))
    context = {**admin.site.each_context(request), "title": _("Language, keys, e-mail"), "form": form}
    return TemplateResponse(request, "admin/preferences.html", context)
