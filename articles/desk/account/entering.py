"""The page of signing in, and its second step for accounts that have a second factor.

A post that met the sign-in travels through both steps (kept_posts.py).
"""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.stagekit import clear_login, unstash_login
from allauth.account.models import Login
from allauth.mfa.base.views import AuthenticateView
from django.contrib import admin, auth
from django.contrib.auth.views import LoginView
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from . import forms

HASH = "hash"  # of a sign-in that waits for its second step: Django's keyed hash of the stored password
BACKEND = "articles.permissions.MembershipBackend"  # of an account that was just made


def enter(request, user, then):
    """Sign in somebody whose password was right; the answer leads to their second step, or on to `then`."""
    if request.user.is_authenticated:
        auth.logout(request)
    record_authentication(request, user, method="password", reauthenticated=True)
    return perform_login(request, Login(user=user, redirect_url=then, state={HASH: user.get_session_auth_hash()}))


class SignIn(LoginView):
    authentication_form = forms.SignInForm
    template_name = "admin/login.html"

    def form_valid(self, form):
        return enter(self.request, form.get_user(), self.get_success_url())

    def get_default_redirect_url(self):
        return reverse("admin:index")


def page(site, request, extra_context=None):
    then = SignIn(request=request).get_success_url()
    if request.method == "GET" and site.has_permission(request):
        return HttpResponseRedirect(then)
    context = {
        **site.each_context(request),
        "title": _("Log in"),
        "app_path": request.get_full_path(),
        "username": request.user.get_username(),
        "next": then,
    }
    request.current_app = site.name
    return SignIn.as_view(extra_context=context | (extra_context or {}))(request)


class SecondStep(AuthenticateView):
    template_name = "admin/account/second.html"

    def get_context_data(self, **kwargs):
        own = {"title": _("Second step"), "name": self.stage.login.user.get_username(), **self.kwargs}
        return {**admin.site.each_context(self.request), **super().get_context_data(**kwargs), **own}


def second_step(request, **context):
    """A change of password ends a sign-in that waits for this step, as it ends sessions."""
    login = unstash_login(request, peek=True)
    if login and login.state.get(HASH) != login.user.get_session_auth_hash():
        clear_login(request)
    return SecondStep.as_view()(request, **context)
