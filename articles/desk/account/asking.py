"""Asks somebody who is signed in once more who they are, before rights, settings or factors: their factor, or else
their password. Whoever finds an open desk can then write on, and cannot stay."""

import time

from allauth.account import app_settings
from allauth.account.internal.flows import reauthentication
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn.forms import ReauthenticateWebAuthnForm
from allauth.mfa.webauthn.internal import auth as passkeys
from allauth.mfa.webauthn.internal import flows
from django.contrib import admin
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from articles import sign_in
from articles.sign_in.codes import CodeAgainForm

from .forms import PasswordAgainForm

ROWS = {"auth_user", "auth_group", "articles_membership", "articles_edition", "articles_network", "articles_owner"}
FORMS = {"add", "change", "delete"}
PAGES = {
    "mfa_activate_totp", "mfa_deactivate_totp", "mfa_add_webauthn", "mfa_remove_webauthn",
    "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
}  # fmt: skip
POSTS = {"access", "access_end", "access_reset", "sessions_end"}  # pages that only their posts ask for


def is_asked(request, name):
    """Whether the page of this name is open only to somebody who has just shown who they are."""
    if name in PAGES or (name in POSTS and request.method == "POST"):
        return True
    if name == "auth_user_password_change":
        return request.user.has_perm("auth.change_user")
    rows, _sep, page = (name or "").rpartition("_")
    if rows not in ROWS or (request.method != "POST" and page not in FORMS):
        return False
    app, model = rows.split("_")
    acts = [page] if page in FORMS else ["change", "delete"]
    return any(request.user.has_perm(f"{app}.{act}_{model}") for act in acts)  # to others the page itself says no


def is_fresh(request):
    """Whether it was shown lately. allauth's own answer is never yes for an account that has no password to show."""
    records = get_authentication_records(request, request.user)
    shown_at = max((record["at"] for record in records if record.get("reauthenticated")), default=0)
    return time.time() - shown_at < app_settings.REAUTHENTICATION_TIMEOUT


def page(request, **more):
    """`more`: the address `next` and a kept post, where the page is shown in place of another."""
    asked = _forms(request)
    posted = next((asked[name] for name in asked if request.method == "POST" and name in request.POST), None)
    if posted is not None and posted.is_valid():
        _note(request, posted)
        return HttpResponseRedirect(get_next_redirect_url(request) or reverse("admin:index"))
    context = {
        **admin.site.each_context(request),
        "title": _("Show that it is you"),
        "asked": asked,
        "errors": [error for errors in posted.errors.values() for error in errors] if posted else [],
        "next": request.POST.get("next") or request.GET.get("next", ""),
        **more,
    }
    if "credential" in asked:
        context["options"] = passkeys.begin_authentication(request.user)
    return TemplateResponse(request, "admin/account/again.html", context)


def _forms(request):
    """{name of its field: form} of what this account can show."""
    user, data = request.user, request.POST if request.method == "POST" else None
    has_passkey = is_mfa_enabled(user, [Authenticator.Type.WEBAUTHN])
    if not has_passkey and not is_mfa_enabled(user, [Authenticator.Type.TOTP]):
        return {"password": PasswordAgainForm(request, data)}
    codes = {"code": CodeAgainForm(user=user, data=data)}
    return {"credential": ReauthenticateWebAuthnForm(user=user, data=data), **codes} if has_passkey else codes


def _note(request, form):
    if isinstance(form, ReauthenticateWebAuthnForm):
        flows.reauthenticate(request, form.cleaned_data["credential"])
    elif isinstance(form, CodeAgainForm):
        form.save()
    else:
        sign_in.forget_tries(request, request.user)
        reauthentication.reauthenticate_by_password(request)
