"""Errors told to a Sentry of the operators' own, where SENTRY_DSN names one; without it nobody is told.

Little leaves this machine: the kind of the error, the lines of code that it passed, method and path of the request, and
the id by which the log has the rest. Words of errors, values of variables, queries, headers, cookies, addresses and
accounts stay here, because they hold what people searched, wrote and are called.
"""

from django.core.exceptions import ImproperlyConfigured

KEPT = {"event_id", "timestamp", "level", "platform", "environment", "release", "transaction"}
OF_A_FRAME = ("filename", "function", "module", "lineno", "in_app")


def tell(address):
    """From now on errors of this process are told to `address`. Imports sentry-sdk, which is no part of the rest."""
    try:
        import sentry_sdk
    except ImportError as missing:
        raise ImproperlyConfigured("SENTRY_DSN is set, but sentry-sdk is missing: pip install sentry-sdk") from missing
    sentry_sdk.init(address, **options())


def options():
    from sentry_sdk.integrations import dedupe, django, excepthook

    return {
        "default_integrations": False,
        "auto_enabling_integrations": False,
        "integrations": [django.DjangoIntegration(), dedupe.DedupeIntegration(), excepthook.ExcepthookIntegration()],
        "send_default_pii": False,
        "include_local_variables": False,
        "include_source_context": False,
        "max_request_body_size": "never",
        "auto_session_tracking": False,
        "send_client_reports": False,
        "max_breadcrumbs": 0,
        "traces_sample_rate": None,
        "before_send": scrubbed,
    }


def scrubbed(event, hint=None):
    """The event with what is known to be harmless, and nothing else."""
    told = {name: value for name, value in event.items() if name in KEPT}
    if request := event.get("request"):
        told["request"] = {"method": request.get("method", ""), "url": request.get("url", "").partition("?")[0]}
    told["tags"] = {"request_id": _request_id()}
    errors = event.get("exception", {}).get("values", [])
    told["exception"] = {"values": [_without_words(one) for one in errors]}
    return told


def _without_words(error):
    frames = (error.get("stacktrace") or {}).get("frames", [])
    kept = [{name: frame[name] for name in OF_A_FRAME if name in frame} for frame in frames]
    return {"type": error.get("type", ""), "module": error.get("module"), "stacktrace": {"frames": kept}}


def _request_id():
    from articles.logs import request_id

    return request_id.get()
