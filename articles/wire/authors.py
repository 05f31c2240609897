"""Names for logins: the posts of an export may come before the part that names their authors."""

from articles.models import SourcePerson

from . import known
from .item import Party
from .wordpress_text import plain


def name(wanted, sources):
    """Give whoever was known by a login alone the name that a part of the export has told since.

    What readers have keeps the login, unless `released` was asked for.
    """
    for site in sorted(sources.sites):
        waiting = SourcePerson.objects.filter(login__gt="", uri__startswith=f"{site}/#author:")
        named = {source: plain(sources.told(f"{site} author {source.login}") or "") for source in waiting}
        parties = [Party(name, "author", uri=source.uri) for source, name in named.items() if name]
        known.Names(known.PERSON, parties, shown_may_change=wanted.released).make()
