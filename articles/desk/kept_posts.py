"""What was typed at the desk is not lost where it could not be taken.

A session had ended, another tab's sign-in had changed the form's token, a move asks for words first: what was sent
then travels signed in the next page, and comes back as a form that is filled and not saved. Only to the person for
whom the form was made (each form of the desk says so, signed), and it never acts by itself. Nothing is stored.
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
SALT_OF_WHOSE = f"{SALT}.whose"  # another one: neither can be sent as the other
WHOSE = "_whose"  # for whom a form was made
FIELD = "kept_post"  # what was sent, in the page that comes instead
NOT_KEPT = {WHOSE, "csrfmiddlewaretoken"}
PAGES = {"articles_story_move", "articles_photo_upload"}  # they keep `request.unsaved`, as the forms of rows do
MOST = 2_000_000  # characters; the largest story has a quarter of them


def whose(user):
    """For whom a form is made, signed: no other site can write it."""
    return signing.Signer(salt=SALT_OF_WHOSE).sign(str(user.pk)) if user.is_authenticated else ""


def _made_for(request):
    """The id of the person for whom the form that was sent was made; none where it does not tell."""
    try:
        return signing.Signer(salt=SALT_OF_WHOSE).unsign(request.POST.get(WHOSE, ""))
    except signing.BadSignature:
        return None


def _sent(request, without=()):
    """[(name, value)] of what was typed and pressed. Passwords are shown and kept nowhere."""
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
    """What was sent, signed, to stand in a page. Empty where there is nothing to keep, or too much."""
    person = _made_for(request) or (str(request.user.pk) if request.user.is_authenticated else None)
    sent = _sent(request, without)
    if not (person and sent) or sum(len(name) + len(value) for name, value in sent) > MOST:
        return ""
    kept = {"whose": person, "path": request.get_full_path(), "sent": sent, "files": file_names(request)}
    return signing.dumps(kept, salt=SALT, compress=True)


def _unpack(request, kept):
    """What was kept, if it is this person's."""
    try:
        found = signing.loads(kept, salt=SALT)
    except signing.BadSignature:
        return None
    return found if found["whose"] == str(request.user.pk) and site.has_permission(request) else None


def _put(request, kept, **more):
    """Let the request be what it was when it was sent. Returns where it leads; raises Resolver404."""
    address, sent = urlsplit(kept["path"]), QueryDict(mutable=True)
    match = resolve(address.path)
    for name, value in kept["sent"]:
        sent.appendlist(name, value)
    for name, value in more.items():
        sent[name] = value
    request.method = "POST"
    request.POST, request._files, request.GET = sent, MultiValueDict(), QueryDict(address.query)
    request.path = request.path_info = address.path
    request.META |= {"PATH_INFO": address.path, "QUERY_STRING": address.query}
    request.resolver_match = match
    return match


def save(request, kept, object_id, **more):
    """Save the story's form that was kept. None once it is saved; else the answer that its form gives."""
    found = _unpack(request, kept)
    match = found and _put(request, found, **more)
    if not match or (match.url_name, match.kwargs.get("object_id")) != ("articles_story_change", str(object_id)):
        raise PermissionDenied(_("What was kept is not yours, or of another story."))
    request.is_before_move = True
    response = _form(request, match)
    return None if response.status_code == 302 else response


def _form(request, match):
    """The form at that address, which is sent there from wherever it is shown."""
    where = {} if match.url_name in PAGES else {"form_url": request.get_full_path()}
    return match.func(request, *match.args, **match.kwargs, **where)


def come_back(request, kept, why):
    """The form, filled and unsaved, for the same person alone; None for anybody else."""
    found = _unpack(request, kept)
    if not found:
        return None
    if found["files"]:
        why = f"{why} {without_files(found['files'])}"
    try:
        match = _put(request, found)
        return _shown(request, match, why)
    except (Resolver404, Http404, PermissionDenied):
        return _told(request, why, may_send=False)


def _shown(request, match, why):
    if not _can_show(match):
        return _told(request, why)
    request.unsaved = why
    request._dont_enforce_csrf_checks = True  # it only shows; what is sent from it is checked
    response = _form(request, match)
    if response.status_code != 200:
        return _told(request, why, may_send=False)
    return response.render() if hasattr(response, "render") else response


def _can_show(match):
    """Whether the page at that address fills its form from what was sent, and keeps `request.unsaved`."""
    if match.url_name in PAGES:
        return True
    forms = {
        f"{each.opts.app_label}_{each.opts.model_name}_{page}"
        for each in site._registry.values()
        if isinstance(each, KeepsWhatWasTyped)
        for page in ("add", "change")
    }
    return match.namespace == site.name and match.url_name in forms


def _told(request, why, may_send=True, status=200):
    """For whatever cannot be filled again: what was typed, to be read and copied, and sent once more."""
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


# Where a post meets something else ------------------------------------------------------


def signed_out():
    return _("Your sign-in had ended when you sent this. Nothing is saved yet: look at it and press the button again.")


def other_tab():
    return _("You had signed in again in another window. Nothing is saved yet: look at it and press the button again.")


class KeptPosts:
    """Middleware: the sign-in page holds the post that met it, and gives it back to the same person."""

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
        """Whoever may not do it any more still has what they typed."""
        if (
            isinstance(exception, PermissionDenied)
            and _is_desk_post(request)
            and _made_for(request) == str(request.user.pk)
        ):
            why = str(exception) or _("This is not open to you any more. What you typed is not saved.")
            return _told(request, why, may_send=False, status=403)
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
    """A form of ours whose token a sign-in in another tab has changed comes back; anything else is refused."""
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
    """Whether a page of this very host sent it: a browser tells the origin, or at least the address."""
    origin, referer = request.headers.get("Origin"), request.headers.get("Referer")
    here = f"{request.scheme}://{request.get_host()}"
    if origin is not None:
        return origin == here
    return referer is not None and "{0.scheme}://{0.netloc}".format(urlsplit(referer)) == here
