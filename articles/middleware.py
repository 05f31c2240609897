"""Finds the edition of a request, and with it the language and the time zone."""

from urllib.parse import unquote_plus

from django.conf import settings
from django.core.exceptions import BadRequest, DisallowedHost
from django.db.models import Exists
from django.http import HttpResponseRedirect
from django.http.request import split_domain_port
from django.middleware.gzip import GZipMiddleware
from django.urls import Resolver404, resolve, reverse_lazy
from django.utils import timezone, translation

from . import tracking
from .cache.cached_rows import cached_read
from .database.compiled import CompiledQuery
from .delivery import bodies, failure, fragments
from .health import exposed, probes
from .models import DeskPreference, Edition
from .publishing import scheduled
from .structured_data import crawlers
from .views import errors

# Names of the addresses that take files.
LARGE = {"articles_photo_upload", "articles_photo_add", "articles_photo_change", "articles_story_import"}


def _with_dues(editions, at):
    """Each edition tells whether a scheduled change is due."""
    return editions.annotate(has_change_due=Exists(scheduled.due(at)))


# The desk asks these at every request.
_at_host = CompiledQuery(lambda at, host: _with_dues(Edition.objects.filter(host=host), at))
_by_default = CompiledQuery(lambda at: _with_dues(Edition.objects.filter(is_default=True), at))
_preference = CompiledQuery(lambda user: DeskPreference.objects.filter(user=user))


def health(get_response):
    """Answers probes before their host is checked."""
    answers = {"/healthz": probes.alive, "/readyz": probes.ready, "/metrics": exposed.read}

    def middleware(request):
        answer = answers.get(request.path)
        return answer(request) if answer else get_response(request)

    return middleware


def desk_host(get_response):
    """Leads whoever opens the desk at the host of an edition to the one host of the desk, where their passkey works."""

    def middleware(request):
        if settings.DESK_HOST and request.method in ("GET", "HEAD") and failure.is_desk(request.path):
            host, port = split_domain_port(request.get_host())
            if host != settings.DESK_HOST:
                port = port if not settings.PRODUCTION else str(settings.PUBLIC_PORT)
                shown = f":{port}" if port and port not in ("80", "443") else ""
                there = f"{settings.PUBLIC_SCHEME}://{settings.DESK_HOST}{shown}"
                return HttpResponseRedirect(there + request.get_full_path())
        return get_response(request)

    return middleware


def packed(get_response):
    """Compresses what a search finds, which the page cache never has. Nothing on that page is secret, so its length
    gives nothing away (BREACH); pages of the desk hold tokens and stay as they are.

    Runs outside EditionMiddleware, which still completes the page.
    """
    packing = GZipMiddleware(get_response)
    address = reverse_lazy("search")

    def middleware(request):
        return packing(request) if request.path == address else get_response(request)

    return middleware


def _is_utf_8(charset):
    """Other encodings may give characters that neither database nor page takes, such as half of a surrogate pair."""
    return charset.strip().casefold().replace("_", "-") in ("utf-8", "utf8")


class EditionMiddleware:
    """Sets `request.edition` by the Host header; a host that belongs to no edition is refused.

    The first request after the time of a scheduled change applies it, before anything is read.

    A public page is in the language of its edition; the desk, before sign-in, is in that of the newsroom.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        host, _ = split_domain_port(request.get_host())
        is_desk = failure.is_desk(request.path)
        request.edition = cached_read(("edition", host, is_desk), lambda: self.edition_at(host, is_desk))
        if request.edition is not None and request.edition.has_change_due and tracking.current() is None:
            scheduled.apply_due(timezone.now())
        if request.edition is None and not is_desk:
            raise DisallowedHost(f"No edition answers at {host}.")
        if request.edition is not None:
            failure.note_language(host, request.edition.language)
        language, zone = self.language_and_zone(request)
        with translation.override(language), timezone.override(zone):
            response = self.get_response(request)
            complete(request.edition, response)
        if not is_desk:
            self.tell_crawlers(request.edition, response)
        return response

    def tell_crawlers(self, edition, response):
        """What the owner of the edition set, beside what the view says; everybody is told the same."""
        for name, value in crawlers.headers(edition):
            response[name] = f"{response[name]}, {value}" if name in response else value

    def process_view(self, request, view, args, kwargs):
        """Runs after authentication, so that an error page has the frame of the desk."""
        if request.encoding and not _is_utf_8(request.encoding):
            raise BadRequest("What is sent here is UTF-8.")
        if "\0" in unquote_plus(request.META["QUERY_STRING"]) and failure.is_desk(request.path):
            raise BadRequest("A NUL byte is no text.")  # PostgreSQL takes none in a query

    def edition_at(self, host, is_desk=False):
        """With the rows that the frame of a page shows, which the desk does not.

        For a cacheable page, delivery/wsgi.py has applied scheduled changes already.
        """
        at, is_plain = timezone.now(), host in settings.PLAIN_HOSTS
        if is_desk:
            return next(iter(_by_default(at=at) if is_plain else _at_host(at=at, host=host)), None)
        condition = {"is_default": True} if is_plain else {"host": host}
        return _with_dues(Edition.objects.for_page(), at).filter(**condition).first()

    def language_and_zone(self, request):
        edition = request.edition
        if failure.is_desk(request.path):
            return failure.language(request), edition.zone if edition else None
        return edition.language, edition.zone


def complete(edition, response):
    """Put the fragments in a page that is not cached; in others the page cache does it."""
    page = tracking.current()
    if response.streaming or (page and page.is_cacheable):
        return
    body = fragments.completed(response.content, edition and edition.pk)
    if body is not response.content:
        response.content = body
        response["Content-Length"] = len(body)


def preference(get_response):
    """Notes how the desk meets whoever is signed in, and speaks their language. Runs after authentication."""

    def middleware(request):
        if not failure.is_desk(request.path) or not request.user.is_authenticated:
            return get_response(request)
        row = next(iter(_preference(user=request.user.pk)), None)
        request.preference = row or DeskPreference(user=request.user)
        with translation.override(request.preference.language):
            return get_response(request)

    return middleware


def body_size(get_response):
    """Limits the size of a body: it must be small, except for a file that a signed-in user sends where files are taken.
    Runs after authentication and before the body is read; notes on the Body whether the user is signed in."""

    def middleware(request):
        if length := bodies.length(request.META):
            is_signed_in = request.user.is_authenticated
            if body := request.META.get(bodies.BODY):
                body.is_signed_in = is_signed_in
            takes_files = is_signed_in and request.content_type == "multipart/form-data" and _route(request) in LARGE
            if length > (settings.LARGEST_BODY if takes_files else settings.DATA_UPLOAD_MAX_MEMORY_SIZE):
                return errors.page(request, 413)
        return get_response(request)

    return middleware


def _route(request):
    try:
        return resolve(request.path_info).url_name
    except Resolver404:
        return None
