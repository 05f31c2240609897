"""Keeps the text of a form of the desk that could not be saved.

This happens if the session ended, if a sign-in in another tab changed the CSRF token, or if a transition asks for words
first. The posted form then travels, signed, inside the next page, and comes back filled in but not saved. Only the user
for whom the form was made gets it back (a signed field names them). It never acts by itself, and nothing is stored.
Where a post is interrupted: account/interrupted.py.
"""

from urllib.parse import urlsplit

from django.contrib.admin.sites import site
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import Http404, QueryDict
from django.template.response import TemplateResponse
from django.urls import Resolver404, resolve, reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

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


def made_for(request):
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
    person = made_for(request) or (str(request.user.pk) if request.user.is_authenticated else None)
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
        return plain_page(request, why, may_send=False)


def _filled_form(request, match, why):
    if not _can_show(match):
        return plain_page(request, why)
    request.unsaved = why
    request._dont_enforce_csrf_checks = True  # this only shows the form; its next post is checked
    response = _form(request, match)
    if response.status_code != 200:
        return plain_page(request, why, may_send=False)
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


def plain_page(request, why, may_send=True, status=200):
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
