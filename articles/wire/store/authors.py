"""Names for logins: the posts of an export may be imported before the part that names their authors."""

from django.utils.translation import gettext as _

from articles.models import SourcePerson

from ..values.item import Party
from ..wordpress.texts import plain
from . import identities
from .decisions import Outcome


def name(options, sources):
    """Give a person who was known only by a login the name that a later part of the export contains.

    A name that readers see is changed only with `released`. Returns (id, outcome, why) of those that keep the login.
    """
    names = {}
    for site in sorted(sources.sites):
        waiting = SourcePerson.objects.filter(login__gt="", uri__startswith=f"{site}/#author:")
        named = {one.uri: plain(sources.get(f"{site} author {one.login}") or "") for one in waiting}
        names |= {uri: name for uri, name in named.items() if name}
    parties = [Party(name, "author", uri=uri) for uri, name in names.items()]
    identities.Names(identities.PERSON, parties, shown_may_change=options.released).make()
    left = SourcePerson.objects.filter(login__gt="", uri__in=names).values_list("uri", flat=True)
    why = _("Readers see a login in the place of “%(name)s”: only with “published” does what comes change it.")
    return [(uri, Outcome.KEPT, [why % {"name": names[uri]}]) for uri in left]
