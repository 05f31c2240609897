"""Pages where people look after their own sign-in: second factors, recovery codes, sessions. Most are allauth's views
with templates of ours (templates/admin/account/)."""

import functools

from allauth.mfa.base.views import IndexView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.conf import settings
from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from articles.models import AuditEntry
from articles.models.audit_entry import Action, Kind
from articles.sign_in import factors, sessions


def of_allauth(view, name, title, **options):
    """The page of one of allauth's views, with our template and what the frame of the desk needs."""
    view = view.as_view(template_name=f"admin/account/{name}.html", **options)

    @functools.wraps(view)
    def page(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        if hasattr(response, "context_data"):
            own = {"title": title, "mfa_types": settings.MFA_SUPPORTED_TYPES}
            response.context_data = {**admin.site.each_context(request), **own, **(response.context_data or {})}
        return response

    return page


class Index(IndexView):
    def get_context_data(self, **kwargs):
        user, own = self.request.user, super().get_context_data(**kwargs)
        about = AuditEntry.objects.filter(kind=Kind.ACCOUNT, key=user.get_username(), action=Action.FACTORS_RESET)
        has_any = bool({"totp", "webauthn"} & set(own["authenticators"]))
        return own | {
            "has_any": has_any,
            "must_add": not has_any and factors.must_have(user),
            "reset": None if has_any else about.first(),
        }


index = of_allauth(Index, "factors", gettext_lazy("Second factors"))
add_app = of_allauth(ActivateTOTPView, "app", gettext_lazy("Add an authenticator app"))
remove_app = of_allauth(DeactivateTOTPView, "remove", gettext_lazy("Remove the authenticator app"))
add_passkey = of_allauth(AddWebAuthnView, "passkey", gettext_lazy("Add a passkey"))
remove_passkey = of_allauth(
    RemoveWebAuthnView, "remove", gettext_lazy("Remove the passkey"), success_url=reverse_lazy("mfa_index")
)
codes = of_allauth(ViewRecoveryCodesView, "codes", gettext_lazy("Recovery codes"))
new_codes = of_allauth(GenerateRecoveryCodesView, "new_codes", gettext_lazy("New recovery codes"))


def own_sessions(request):
    rows = list(sessions.open_to(request.user))
    context = {
        **admin.site.each_context(request),
        "title": _("Where you are signed in"),
        "rows": [(row, sessions.named(row), row.pk == request.session.session_key) for row in rows],
    }
    return TemplateResponse(request, "admin/account/sessions.html", context)


@require_POST
def end_sessions(request):
    """Those with the posted mark, or all others. A session is named by a hash of its key, which is a secret."""
    rows = sessions.open_to(request.user).exclude(pk=request.session.session_key)
    if mark := request.POST.get("session"):
        rows = rows.filter(pk__in=[row.pk for row in rows if row.mark == mark])
    count = sessions.end(rows, request.user, request.user.get_username(), request)
    told = ngettext("%(count)d session has ended.", "%(count)d sessions have ended.", count)
    messages.success(request, told % {"count": count})
    return HttpResponseRedirect(reverse("sessions"))
