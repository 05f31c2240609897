"""Keeps the text of a form of the desk that could not be saved.

This happens if the session ended, if a sign-in in another tab changed the CSRF token, or if a transition asks for words
first. The posted form then travels, signed, inside the next page, and comes back filled in but not saved. Only the user
for whom the form was made gets it back (a signed field names them). It never acts by itself, and nothing is stored.
"""

from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.admin.sites import site
from django.contrib.auth.views import LoginView
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import Resolver404, resolve, reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from articles.delivery import failure
from articles.views import csrf

from .offered import KeepsWhatWasTyped

SALT = "articles.desk.kept_posts"
SALT_OF_WHOSE = f"{SALT}.whose"  # separate salts, so that one value cannot pass as the other
WHOSE = "_whose"  # the user for whom a form was made
FIELD = "kept_post"  # the kept post, inside the next page
NOT_KEPT = {WHOSE, "csrfmiddlewaretoken"}
PAGES = {"articles_story_move", "articles_photo_upload"}  # like the forms of rows, they read `request.unsaved`
MOST = 2_000_000  # characters; four times the largest story


def whose(user):
    """The id of the form's user, signed so that no other site can write it."""
    return signing.Signer(salt=SALT_OF_WHOSE).sign(str(user.pk)) if user.is_authenticated else ""


def is_whose(signed, user):
    """Whether a form with this sign was made for the user, and not for somebody who was signed in before."""
    return user.is_authenticated and _unsigned(signed) == str(user.pk)


def _made_for(request):
    """The id of the user for whom the posted form was made; None if the signature is missing or wrong."""
    return _unsigned(request.POST.get(WHOSE, ""))


def _unsigned(signed):
    try:
        return signing.Signer(salt=SALT_OF_WHOSE).unsign(signed)
    except signing.BadSignature:
        return None


def _sent(request, without=()):
    """[(name, value)] of the posted fields and button. Passwords are never kept."""
    left_out = {*NOT_KEPT, *without}
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name not in left_out and "password" not in name
        for value in values
    ]


def file_names(request):
    return [file.name for _field, files in request.FILES.lists() for file in files]


def without_files(names):
    return _("Files are not kept: choose them again (%(names)s).") % {"names": ", ".join(names)}


def pack(request, without=()):
    """The post, signed, for a hidden field. Empty if there is nothing to keep, or too much."""
    person = _made_for(request) or (str(request.user.pk) if request.user.is_authenticated else None)
    sent = _sent(request, without)
    if not (person and sent) or sum(len(name) + len(value) for name, value in sent) > MOST:
        return ""
    post = {"whose": person, "path": request.get_full_path(), "sent": sent, "files": file_names(request)}
    return signing.dumps(post, salt=SALT, compress=True)


def _unpack(request, kept):
    """The kept post if it belongs to this user, else None."""
    try:
        post = signing.loads(kept, salt=SALT)
    except signing.BadSignature:
        return None
    return post if post["whose"] == str(request.user.pk) and site.has_permission(request) else None


def _replay(request, post, **more):
    """Turn the request into the kept one. Returns its URL match; raises Resolver404."""
    address, sent = urlsplit(post["path"]), QueryDict(mutable=True)
    match = resolve(address.path)
    for name, value in post["sent"]:
        sent.appendlist(name, value)
    for name, value in more.items():
        sent[name] = value
    become(request, sent)
    request.GET = QueryDict(address.query)
    request.path = request.path_info = address.path
    request.META |= {"PATH_INFO": address.path, "QUERY_STRING": address.query}
    request.resolver_match = match
    return match


def become(request, post):
    """Turn the request into this post, without files. Django would read its body as soon as it is asked for files."""
    request.method, request._files = "POST", MultiValueDict()
    request.POST = post


def take_up(request, kept):
    """Go on with the post that a page at the same address has kept; whether it is this user's."""
    post = _unpack(request, kept)
    if not post or urlsplit(post["path"]).path != request.path:
        return False
    _replay(request, post)
    return True


def save(request, kept, object_id, **more):
    """Save the kept form of the story. Returns None if it is saved, else the form's response."""
    post = _unpack(request, kept)
    match = post and _replay(request, post, **more)
    if not match or (match.url_name, match.kwargs.get("object_id")) != ("articles_story_change", str(object_id)):
        raise PermissionDenied(_("What was kept is not yours, or of another story."))
    request.is_before_move = True
    response = _form(request, match)
    return None if response.status_code == 302 else response


def _form(request, match):
    """The form at that address. It posts to its own address, whatever page shows it."""
    where = {} if match.url_name in PAGES else {"form_url": request.get_full_path()}
    return match.func(request, *match.args, **match.kwargs, **where)


def resume(request, path, sent, why):
    """The form at that address, filled with [(name, value)] and not saved; it names no errors, as one does just begun.

    Raises Resolver404, Http404 and PermissionDenied.
    """
    match = _replay(request, {"path": path, "sent": sent})
    request.is_resumed = True
    return _filled_form(request, match, why)


def come_back(request, kept, why):
    """The form, filled but unsaved, if it belongs to this user; else None."""
    post = _unpack(request, kept)
    if not post:
        return None
    if post["files"]:
        why = f"{why} {without_files(post['files'])}"
    try:
        match = _replay(request, post)
        return _filled_form(request, match, why)
    except (Resolver404, Http404, PermissionDenied):
        return _plain_page(request, why, may_send=False)


def _filled_form(request, match, why):
    if not _can_show(match):
        return _plain_page(request, why)
    request.unsaved = why
    request._dont_enforce_csrf_checks = True  # this only shows the form; its next post is checked
    response = _form(request, match)
    if response.status_code != 200:
        return _plain_page(request, why, may_send=False)
    return response.render() if hasattr(response, "render") else response


def _can_show(match):
    """Whether the page at that address fills its form from the post and reads `request.unsaved`."""
    if match.url_name in PAGES:
        return True
    forms = {
        f"{each.opts.app_label}_{each.opts.model_name}_{page}"
        for each in site._registry.values()
        if isinstance(each, KeepsWhatWasTyped)
        for page in ("add", "change")
    }
    return match.namespace == site.name and match.url_name in forms


def _plain_page(request, why, may_send=True, status=200):
    """A plain page with the typed text to read, copy and send again, for forms that cannot be filled."""
    fields = _sent(request)
    context = {
        **site.each_context(request),
        "title": _("What you typed"),
        "why": why,
        "fields": fields,
        "typed": [value for name, value in fields if not name.startswith("_") and len(value) > 1],
        "address": request.get_full_path() if may_send else "",
        "back": reverse("admin:index"),
    }
    return TemplateResponse(request, "admin/kept_post.html", context, status=status).render()


# Where a post is interrupted ------------------------------------------------------------


def signed_out():
    return _("Your sign-in had ended when you sent this. Nothing is saved yet: look at it and press the button again.")


def other_tab():
    return _("You had signed in again in another window. Nothing is saved yet: look at it and press the button again.")


class KeptPosts:
    """Middleware: the sign-in page keeps an interrupted post and gives it back to the same user."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if _is_desk_post(request) and request.path == reverse("admin:login") and response.status_code == 302:
            return _after_sign_in(request) or response
        return response

    def process_view(self, request, view, args, kwargs):
        if not _is_desk_post(request) or site.has_permission(request) or not _made_for(request):
            return None
        kept = pack(request)
        return _sign_in(request, kept, request.get_full_path()) if kept else None

    def process_exception(self, request, exception):
        """A user who has lost the permission still gets the typed text."""
        if (
            isinstance(exception, PermissionDenied)
            and _is_desk_post(request)
            and _made_for(request) == str(request.user.pk)
        ):
            why = str(exception) or _("This is not open to you any more. What you typed is not saved.")
            return _plain_page(request, why, may_send=False, status=403)
        return None


def _is_desk_post(request):
    return request.method == "POST" and failure.is_desk(request.path)


def _after_sign_in(request):
    kept = request.POST.get(FIELD)
    if not kept or not request.user.is_authenticated:
        return None
    if not (back := come_back(request, kept, signed_out())):
        messages.warning(request, _("What somebody else had typed before you signed in is not shown to you."))
    return back


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
    if not _made_for(request) or not (kept := pack(request)):
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
