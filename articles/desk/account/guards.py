"""What stands before every page of the desk for somebody who is signed in.

Their session is noted as used, and their browser as one where they signed in; a role that needs a second factor leads
to adding one; some pages ask once more.
"""

from django.contrib import messages
from django.http import HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from articles.delivery import failure
from articles.desk import kept_posts
from articles.sign_in import browsers, factors, sessions

from . import asking

OPEN = {  # to somebody who must add a second factor first
    "mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "mfa_view_recovery_codes", "account_reauthenticate", "login",
    "logout", "jsi18n", "account_login", "mfa_authenticate", "joining",
}  # fmt: skip

POLLED = {"home_state"}  # what an open page asks by itself is no use of the desk


class Guards:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if account := getattr(request, "has_signed_in", ""):
            browsers.keep(request, response, account)
        return response

    def process_view(self, request, view, args, kwargs):
        if not failure.is_desk(request.path) or not request.user.is_authenticated:
            return None
        name = request.resolver_match.url_name
        if name not in POLLED:
            sessions.used(request.session, request.user)
        if name not in OPEN and factors.lacks(request.session, request.user):
            return _to_factors(request)
        if asking.is_asked(request, name) and not asking.is_fresh(request):
            return _ask(request)
        return None


def _to_factors(request):
    if request.method == "POST" and kept_posts.pack(request):
        why = _("Your role needs a second factor first. Nothing is saved.")
        return kept_posts.plain_page(request, why, may_send=False, status=403)
    return HttpResponseRedirect(reverse("mfa_index"))


def _ask(request):
    """A post travels, signed, through the page that asks, and comes back filled in."""
    here = request.get_full_path()
    if request.method == "POST" and (kept := kept_posts.pack(request)):
        request.method, request.POST = "GET", QueryDict()
        return asking.page(request, kept_post=kept, next=here)
    if request.method == "POST":
        messages.warning(request, _("Nothing is done yet: show first that it is you, then try again."))
        here = request.headers.get("Referer", "") or reverse("admin:index")
    return HttpResponseRedirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': here})}")
