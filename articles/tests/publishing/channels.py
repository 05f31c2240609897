"""Where a story that must not be seen yet is looked for (test_embargo.py)."""

from typing import NamedTuple

from ..newsroom import NewsroomTestCase

AS_TEXT = {"the front page": "/?view=text", "a tag": "/tag/rusia/?view=text", "search": "/search/?q=rahasia&view=text"}


class Channel(NamedTuple):
    """Where the secret is looked for; in `part` of the page it has to be when it may be, and nowhere when not."""

    address: str
    part: tuple[str, str] = ("", "")
    hidden: int = 200  # the status without the secret
    shown: int = 200
    host: str = NewsroomTestCase.host


def of_the_api(secret, linking, sister):
    """`linking`: a story whose text leads to the secret one; `sister`: the host of another edition."""
    missing, stories = {"hidden": 404}, "/api/v1/stories/"
    return {
        "the API's stories": Channel(stories),
        "the API's stories as JSON Feed": Channel(f"{stories}?format=jsonfeed"),
        "the API's stories of its section": Channel(f"{stories}?section=bola"),
        "the API's stories of a tag": Channel(f"{stories}?tag=rusia"),
        "the API's stories of the tag that only it has": Channel(f"{stories}?tag=topikara", **missing),
        "the API's stories of its series": Channel(f"{stories}?series=perang-rusia-ukraina"),
        "the API's stories of its author": Channel(f"{stories}?person=orangita-author", **missing),
        "it in the API": Channel(f"{stories}{secret.uid}/", **missing),
        "a story that links to it in the API": Channel(f"{stories}{linking.uid}/"),
        "the API's search": Channel("/api/v1/search/?q=rahasia"),
        "the API's search of the network": Channel("/api/v1/search/?q=rahasia&network=1", host=sister),
        "the API's tags": Channel("/api/v1/tags/"),
        "the API's series": Channel("/api/v1/series/"),
        "the API's people": Channel("/api/v1/people/"),
    }
