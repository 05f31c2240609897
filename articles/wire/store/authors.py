"""Names for logins: the posts of an export may come before the part that names their authors."""

from django.utils.translation import gettext as _

from articles.models import SourcePerson

from ..values.item import Party
from ..wordpress.texts import plain
from . import identities
from .decisions import Outcome


def name(wanted, sources):
    """Give whoever was known by a login alone the name that a part of the export has told since.

    What readers have keeps the login, unless `released` was asked for. Returns (id, outcome, why) of those.
    """
    told = {}
    for site in sorted(sources.sites):
        waiting = SourcePerson.objects.filter(login__gt="", uri__startswith=f"{site}/#author:")
        named = {one.uri: plain(sources.told(f"{site} author {one.login}") or "") for one in waiting}
        told |= {uri: name for uri, name in named.items() if name}
    parties = [Party(name, "author", uri=uri) for uri, name in told.items()]
    identities.Names(identities.PERSON, parties, shown_may_change=wanted.released).make()
    left = SourcePerson.objects.filter(login__gt="", uri__in=told).values_list("uri", flat=True)
    why = _("Readers see a login in the place of “%(name)s”: only with “published” does what comes change it.")
    return [(uri, Outcome.KEPT, [why % {"name": told[uri]}]) for uri in left]
