"""The page behind the link of an invitation: name, user name and password, then the second factor.

The secret stands behind the "#" of the link, so it stands in no log and no Referer; the page posts it.
"""

from django import forms
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.forms import BaseUserCreationForm
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from articles.limits import Limit, address
from articles.sign_in import invitations, waiting

from . import entering

TRIES = Limit("invitation", free=20)  # wrong secrets of an address; meanwhile right ones open


class JoiningForm(BaseUserCreationForm):
    first_name = forms.CharField(label=gettext_lazy("First name"), max_length=150)
    last_name = forms.CharField(label=gettext_lazy("Last name"), max_length=150, required=False)

    class Meta(BaseUserCreationForm.Meta):
        model = get_user_model()
        fields = ["first_name", "last_name", "username"]

    def clean_username(self):
        """Names that differ in small and capital letters alone are not two people."""
        name = self.cleaned_data["username"]
        if get_user_model().objects.filter(username__iexact=name).exists():
            raise forms.ValidationError(_("Somebody has this user name already: choose another."))
        return name


@never_cache
@sensitive_post_parameters()
def page(request):
    if request.method != "POST":
        return _shown(request, "joining_code", _("Your invitation"))
    secret = request.POST.get("code", "")[:100].strip().rpartition("#")[2]
    row = invitations.found(secret, timezone.now())
    if row is None:
        return _ended(request, TRIES.take(address(request)))
    first, _sep, last = row.name.partition(" ")
    is_filled = "username" in request.POST
    form = JoiningForm(request.POST if is_filled else None, initial={"first_name": first, "last_name": last})
    if is_filled and form.is_valid():
        return _join(request, row, form)
    return _shown(request, "joining", _("Make your account"), form=form, row=row, code=secret)


def _join(request, row, form):
    account = form.save(commit=False)
    if not invitations.take_up(row, timezone.now(), account, form.cleaned_data["password1"], request):
        return _ended(request)
    account.backend = entering.BACKEND
    return entering.enter(request, account, reverse("mfa_index"))


def _ended(request, wait=0):
    if wait:
        return _shown(request, "joining_ended", waiting.told(wait).messages[0], status=429)
    return _shown(request, "joining_ended", _("This invitation has ended"), status=410)


def _shown(request, name, title, status=200, **context):
    context = {**admin.site.each_context(request), "title": title, **context}
    return TemplateResponse(request, f"admin/account/{name}.html", context, status=status)
