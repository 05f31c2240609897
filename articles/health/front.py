"""What `manage.py doctor` says of that which stands in front: it asks each public host as a reader would."""

import http.client
import json
import ssl

from django.conf import settings
from django.utils.translation import gettext as _

from articles.models import Edition

from .finding import Finding

PATIENCE = 5  # seconds
ADDRESS = "/readyz?seen"


def findings():
    """Only under PRODUCTION: else there are no public hosts."""
    if not settings.PRODUCTION:
        return
    if not settings.METRICS_TOKEN:
        what = _("Neither Prometheus nor this command may ask what a proxy passes on.")
        yield Finding("METRICS_TOKEN", what, _("Set METRICS_TOKEN: 20 letters or more."), is_fault=False)
        return
    hosts = [*Edition.objects.values_list("host", flat=True), settings.DESK_HOST]
    for host in dict.fromkeys(filter(None, hosts)):
        yield from _of(host)


def _of(host):
    try:
        status, seen = ask(host)
    except ssl.SSLCertVerificationError as error:
        what = _("The certificate of %(host)s is not good: %(reason)s.")
        to_do = _("Renew it (`certbot renew`), and look at `ssl_certificate` and server_name of nginx.")
        yield Finding("certificate", what % {"host": host, "reason": error.verify_message}, to_do)
    except (OSError, http.client.HTTPException) as error:
        what = _("%(host)s does not answer this machine by HTTPS: %(kind)s.")
        to_do = _("Look at the DNS, at nginx and its server_name, and at the firewall.")
        yield Finding("front", what % {"host": host, "kind": type(error).__name__}, to_do)
    else:
        yield from _passed_on(host, status, seen)


def ask(host):
    """(status, what /readyz?seen told). {}: something else than ours answered, or it has another METRICS_TOKEN."""
    link = http.client.HTTPSConnection(
        host, settings.PUBLIC_PORT, timeout=PATIENCE, context=ssl.create_default_context()
    )
    try:
        link.request("GET", ADDRESS, headers={"Authorization": f"Bearer {settings.METRICS_TOKEN}"})
        answer = link.getresponse()
        try:
            told = json.loads(answer.read(10_000))
        except ValueError:
            told = {}
        return answer.status, told if "is_forwarded" in told else {}
    finally:
        link.close()


def _passed_on(host, status, seen):
    if not seen:
        what = _("At %(host)s something else answers, with %(status)d.")
        to_do = _("Look whether nginx asks this newsroom (proxy_pass), and whether all hosts have one METRICS_TOKEN.")
        yield Finding("front", what % {"host": host, "status": status}, to_do)
        return
    if seen["is_forwarded"] and not settings.BEHIND_PROXY:
        what = _("A proxy stands in front of %(host)s and is not trusted: each page leads to itself.")
        yield Finding("BEHIND_PROXY", what % {"host": host}, _("Set BEHIND_PROXY=on and start the server again."))
        return
    if not settings.BEHIND_PROXY:
        return
    to_do = _("Take the lines `proxy_set_header` from deploy/nginx/newsroom.conf.")
    if seen["host"].partition(":")[0] != host:
        what = _("%(host)s: the proxy does not pass Host on, so no edition is found.")
        yield Finding("Host", what % {"host": host}, to_do)
    if not seen["is_https"]:
        what = _("%(host)s: the proxy does not tell of HTTPS: each page leads to itself.")
        yield Finding("X-Forwarded-Proto", what % {"host": host}, to_do)
    if not seen["has_address"]:
        what = _("%(host)s: the proxy does not pass the reader's address on: limits take all for one.")
        yield Finding("X-Forwarded-For", what % {"host": host}, to_do)
    if not seen["has_id"]:
        what = _("%(host)s: lines of the proxy's log and of ours cannot be joined.") % {"host": host}
        yield Finding("X-Request-ID", what, to_do, is_fault=False)
