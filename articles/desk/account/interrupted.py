"""Where a post of the desk is interrupted: the sign-in has ended, another tab changed the token, a right is gone, or
the page asks once more who somebody is. The post travels on (../kept_posts.py)."""

from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.admin.sites import site
from django.contrib.auth.views import LoginView
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.delivery import failure
from articles.desk.kept_posts import FIELD, come_back, made_for, pack, plain_page
from articles.views import csrf

from . import entering


def signed_out():
    return _("Your sign-in had ended when you sent this. Nothing is saved yet: look at it and press the button again.")


def asked_again():
    return _("You were asked who you are. Nothing is saved yet: look at it and press the button again.")


def other_tab():
    return _("You had signed in again in another window. Nothing is saved yet: look at it and press the button again.")


class KeptPosts:
    """Middleware: the sign-in page keeps an interrupted post and gives it back to the same user."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if _is_desk_post(request) and request.path in _who_asks() and response.status_code == 302:
            return _after_sign_in(request) or response
        return response

    def process_view(self, request, view, args, kwargs):
        if not _is_desk_post(request) or site.has_permission(request) or not made_for(request):
            return None
        kept = pack(request)
        return _sign_in(request, kept, request.get_full_path()) if kept else None

    def process_exception(self, request, exception):
        """A user who has lost the permission still gets the typed text."""
        if (
            isinstance(exception, PermissionDenied)
            and _is_desk_post(request)
            and made_for(request) == str(request.user.pk)
        ):
            why = str(exception) or _("This is not open to you any more. What you typed is not saved.")
            return plain_page(request, why, may_send=False, status=403)
        return None


def _who_asks():
    """The pages that ask who somebody is, and that a kept post passes."""
    return {reverse(name) for name in ("admin:login", "mfa_authenticate", "account_reauthenticate")}


def _is_desk_post(request):
    return request.method == "POST" and failure.is_desk(request.path)


def _after_sign_in(request):
    kept = request.POST.get(FIELD)
    if not kept:
        return None
    if not request.user.is_authenticated:
        return _second_step(request, kept)
    why = asked_again() if request.path == reverse("account_reauthenticate") else signed_out()
    if not (back := come_back(request, kept, why)):
        messages.warning(request, _("What somebody else had typed before you signed in is not shown to you."))
    return back


def _second_step(request, kept):
    """The second step of signing in, in place of the way to it."""
    request.method, request.POST = "GET", QueryDict()
    return entering.second_step(request, **{FIELD: kept}).render()


def _sign_in(request, kept, then):
    request.method = "GET"
    request.POST = QueryDict()
    context = {"app_path": reverse("admin:login"), "next": then, FIELD: kept}
    return site.login(request, context)


def csrf_failure(request, reason=""):
    """A form of ours comes back if a sign-in in another tab changed its token; other posts are refused."""
    if not (_is_desk_post(request) and _is_from_here(request)):
        return csrf.failed(request, reason)
    is_signed_in = site.has_permission(request)
    if request.path == reverse("admin:login"):
        return _sign_in_again(request, is_signed_in)
    if not made_for(request) or not (kept := pack(request)):
        return csrf.failed(request, reason)
    if not is_signed_in:
        return _sign_in(request, kept, request.get_full_path())
    return come_back(request, kept, other_tab()) or csrf.failed(request, reason)


def _sign_in_again(request, is_signed_in):
    kept = request.POST.get(FIELD, "")
    then = LoginView(request=request).get_redirect_url() or reverse("admin:index")
    if not is_signed_in:
        return _sign_in(request, kept, then)
    return (kept and come_back(request, kept, other_tab())) or HttpResponseRedirect(then)


def _is_from_here(request):
    """Whether a page of this host sent the post: browsers send Origin, or at least Referer."""
    origin, referer = request.headers.get("Origin"), request.headers.get("Referer")
    here = f"{request.scheme}://{request.get_host()}"
    if origin is not None:
        return origin == here
    return referer is not None and "{0.scheme}://{0.netloc}".format(urlsplit(referer)) == here
