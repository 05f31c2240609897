"""The one settings file: safe on a laptop without any variable, configured by environment in production.

The README names every variable that is read here, under "Configuration".
"""

import pathlib

import environ
from django.core.exceptions import ImproperlyConfigured
from django.http.request import validate_host
from django.utils.csp import CSP
from django_prose_editor.config import html_tags
from js_asset import static_lazy

from . import errors, production
from .databases import databases
from .services import mailer, media_storage, security_addresses

ROOT = pathlib.Path(__file__).resolve().parent.parent
env = environ.Env()

VAR = pathlib.Path(env.str("VAR", str(ROOT / "var")))
VAR.mkdir(parents=True, exist_ok=True)

PRODUCTION = env.bool("PRODUCTION", False)
DEBUG = env.bool("DEBUG", False) and not PRODUCTION
UNTRACKED_QUERIES_FAIL = DEBUG  # otherwise such a page is not cached, and a log line says so: tracking.py

# Hosts and keys -----------------------------------------------------------------------

# The default edition answers at these hosts; every other edition has a host of its own.
PLAIN_HOSTS = env.list("PLAIN_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[".localhost", *PLAIN_HOSTS])
PUBLIC_SCHEME = "https" if PRODUCTION else "http"
BEHIND_PROXY = env.bool("BEHIND_PROXY", False)
PUBLIC_PORT = env.int("PUBLIC_PORT", 443 if PRODUCTION else 8000)

# This key is public, so a server that uses it answers only this machine.
PUBLIC_KEY = "only-for-localhost-" + "0" * 40

if PRODUCTION:
    production.refuse_unsafe(env, PUBLIC_KEY)
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
    SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", 31_536_000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    # No other host, and nothing that came without HTTPS, can set a cookie of such a name. Scripts of the desk read that
    # against forgery, which alone is not HttpOnly: static/desk/copy-sender.js.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"

SECRET_KEY = env.str("SECRET_KEY", PUBLIC_KEY)
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
if not env.str("SECRET_KEY", "") and not set(ALLOWED_HOSTS) <= {".localhost", "localhost", "127.0.0.1", "[::1]"}:
    raise ImproperlyConfigured("ALLOWED_HOSTS reaches beyond this machine, so SECRET_KEY must be set.")

# Applications -------------------------------------------------------------------------

INSTALLED_APPS = [
    "newsroom.apps.DeskConfig",  # django.contrib.admin
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "allauth.account",
    "allauth.mfa",
    "admin_ordering",
    "django_prose_editor",
    "js_asset",
    "taggit",
    "articles",  # before auth: its createsuperuser and changepassword write to the audit log
    "django.contrib.auth",
]

MIDDLEWARE = [
    "articles.logs.identified",
    "articles.delivery.headers.complete",  # around all that may answer
    "articles.middleware.health",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "articles.desk.writing.questions.answers",  # before all that a page needs
    "articles.desk.telling.polled.answers",
    "articles.middleware.desk_host",
    "articles.middleware.packed",
    "articles.middleware.EditionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "articles.middleware.preference",
    "articles.middleware.body_size",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "articles.desk.account.interrupted.KeptPosts",
    "articles.desk.account.guards.Guards",
]
CSRF_FAILURE_VIEW = "articles.desk.account.interrupted.csrf_failure"

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

FORM_RENDERER = "articles.desk.fields.renderer.FieldRenderer"

# No third party and nothing inline, except inline scripts of the admin, which carry the nonce.
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF, CSP.NONCE],
    "img-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "report-uri": ["/csp-report/"],  # articles/delivery/violations.py; of older browsers
    "report-to": ["csp"],
}
X_FRAME_OPTIONS = "DENY"

# Storage and limits -------------------------------------------------------------------

THREADS = env.int("THREADS", 32)  # of each worker; uploads use at most half of them
DATABASES = databases(env, VAR / "newsroom.sqlite3", THREADS)
DATABASE_ROUTERS = ["articles.cache.replica.Router"] if "replica" in DATABASES else []
LISTEN_URL = env.str("LISTEN_URL", "")  # PostgreSQL itself, where DATABASE_URL is a proxy's that passes no LISTEN on

FIXTURE_DIRS = [ROOT / "fixtures"]
SERIALIZATION_MODULES = {"json": "articles.database.fixtures"}

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [ROOT / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "articles.delivery.static.FaceFinder",
    "articles.delivery.static.ScriptFinder",
]
MEDIA_ROOT = VAR / "media"
FILE_UPLOAD_TEMP_DIR = VAR / "uploads"  # on the same disk as the media, so that a file is moved in one step
FILE_UPLOAD_TEMP_DIR.mkdir(exist_ok=True)
FILE_UPLOAD_PERMISSIONS = 0o644
STORAGES = {
    "default": media_storage(env.str("MEDIA_STORAGE", "")),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "articles.delivery.static.StaticFiles"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_MIMETYPES = {".speculationrules": "application/speculationrules+json"}  # browsers take no other
COUNT_READS = env.bool("COUNT_READS", True)  # what pages tell of reads: delivery/reads.py
PAGE_STORE_MB = env.int("PAGE_STORE_MB", 64)  # for rendered pages, per worker
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000  # bytes of a form
LARGEST_BODY = 100_000_000  # bytes of a form with files from an account: middleware.py
DATA_UPLOAD_MAX_NUMBER_FILES = 1_000  # each file gets its own result; LARGEST_BODY limits them together
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # a gallery sends five a photo; articles/desk limits the rows of a form

# Mail and tasks -----------------------------------------------------------------------

MAIL_URL = env.str("MAIL_URL", "")
MAIL_FROM = env.str("MAIL_FROM", "")
MAIL_IS_ON = bool(MAIL_URL)  # otherwise people are told at the desk alone
if MAIL_IS_ON and "@" not in MAIL_FROM:
    raise ImproperlyConfigured("MAIL_URL is set, and so must be MAIL_FROM: the address that our mail comes from.")
MAILERS = {"default": mailer(MAIL_URL) if MAIL_IS_ON else {"BACKEND": "django.core.mail.backends.dummy.EmailBackend"}}
SILENCED_SYSTEM_CHECKS = [] if MAIL_IS_ON else ["mail.E001"]  # a backend that sends nothing, where nothing is sent
TASKS = {"default": {"BACKEND": "articles.tasks.backend.DatabaseBackend"}}

# Languages ----------------------------------------------------------------------------

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [ROOT / "articles" / "locale"]
FORMAT_MODULE_PATH = ["newsroom.formats"]
USE_TZ = True
TIME_ZONE = "Asia/Makassar"

# Accounts and the desk ----------------------------------------------------------------

AUTHENTICATION_BACKENDS = [
    "articles.sign_in.SignInLimit",  # first, because it blocks accounts and networks with too many attempts
    "articles.permissions.MembershipBackend",  # before Django's, which would ask twice for the same
    "django.contrib.auth.backends.ModelBackend",
]
# NIST SP 800-63B asks for 8 letters beside a second factor and 15 without; 12 serves a desk of both. Nothing expires.
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "articles.sign_in.names.NameValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
]
PASSWORD_HASHERS = [
    "articles.sign_in.hashing.Argon2",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",  # of earlier releases: made anew when their owner signs in
]

MESSAGE_STORAGE = "articles.desk.telling.messages.Messages"
LOGIN_URL = "admin:login"
SESSION_ENGINE = "articles.models.desk.session"
DESK_HOST = env.str("DESK_HOST", "")  # the one host of the desk; passkeys belong to it
if DESK_HOST and not validate_host(DESK_HOST, ALLOWED_HOSTS):
    raise ImproperlyConfigured(f"DESK_HOST is {DESK_HOST}: it must stand in ALLOWED_HOSTS, without scheme and port.")
DESK_ROLES = {"reporter", "editor", "photo", "chief"}
REQUIRE_MFA = env.list("REQUIRE_MFA", default=["release"] if PRODUCTION else ["none"])
if unknown := set(REQUIRE_MFA) - DESK_ROLES - {"release", "all", "none"}:
    raise ImproperlyConfigured(
        f"REQUIRE_MFA names {', '.join(sorted(unknown))}. It is release (whoever can release), all, none, or roles: "
        f"{', '.join(sorted(DESK_ROLES))}."
    )
REQUIRE_MFA = [name for name in REQUIRE_MFA if name != "none"]
FACTOR_KEY = env.str("FACTOR_KEY", "")  # encrypts the secrets of second factors; without it SECRET_KEY does
FACTOR_KEY_FALLBACKS = env.list("FACTOR_KEY_FALLBACKS", default=[])

# django-allauth: the second factor, its step while signing in, and asking again; nothing else of it has an address.
ACCOUNT_ADAPTER = "articles.sign_in.adapters.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False  # ours hold for all workers: articles/sign_in/
ACCOUNT_REAUTHENTICATION_TIMEOUT = 1800  # seconds after which rights and settings ask again who somebody is
MFA_ADAPTER = "articles.sign_in.adapters.FactorAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1  # steps of 30 seconds by which a telephone's clock may be off
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
if DESK_HOST or not PRODUCTION:  # else a passkey made at one edition's host would fail at another's
    MFA_SUPPORTED_TYPES.append("webauthn")
MFA_FORMS = {
    "authenticate": "articles.sign_in.codes.CodeForm",
    "reauthenticate": "articles.sign_in.codes.CodeAgainForm",
    "activate_totp": "articles.sign_in.codes.FirstCodeForm",
}

# Nodes that we add to the desk's text editor; articles/admin/editor.py has its buttons and texts.
# They write the elements of articles/text/body.py, which alone cleans; the editor's own allow-list is not used.
OUR_EXTENSIONS = [
    "Desk", "Embed", "FindAndReplace", "LibraryPhoto", "Notes", "PageBreak", "Pasting", "Pictures", "RelatedStory",
    "Slash", "ToolbarOverSelection", "Tools", "WordCount",
]  # fmt: skip
DJANGO_PROSE_EDITOR_EXTENSIONS = [
    {
        "js": [static_lazy("desk/nodes.js")],
        "extensions": dict.fromkeys(OUR_EXTENSIONS, html_tags([])),
    }
]

# What operators see: articles/health/, articles/metrics.py, articles/logs.py ------------------

METRICS_TOKEN = env.str("METRICS_TOKEN", "")  # opens /metrics, and the details of /readyz
SENTRY_DSN = env.str("SENTRY_DSN", "")
if SENTRY_DSN:
    errors.tell(SENTRY_DSN)
SLOW_PAGE_MS = env.int("SLOW_PAGE_MS", 0)  # 0: not told
SLOW_QUERY_MS = env.int("SLOW_QUERY_MS", 0)
SECURITY_CONTACT, SECURITY_POLICY = security_addresses(env)  # of /.well-known/security.txt
LOG_FORMAT = env.str("LOG_FORMAT", "text")
if LOG_FORMAT not in ("text", "json"):
    raise ImproperlyConfigured("LOG_FORMAT must be text or json.")
if METRICS_TOKEN and len(METRICS_TOKEN) < 20:
    raise ImproperlyConfigured("METRICS_TOKEN must have 20 letters or more.")  # it must not be guessed

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"queries": {"()": "articles.logs.WithoutQueries"}},
    "formatters": {"json": {"()": "articles.logs.Json"}, "text": {"format": "%(message)s"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "filters": ["queries"], "formatter": LOG_FORMAT},
    },
    "loggers": {
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "articles": {"handlers": ["console"], "level": "INFO"},
    },
}
