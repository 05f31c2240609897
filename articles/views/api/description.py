"""What the API is: its addresses, parameters and answers, once for the page and for OpenAPI 3.1. Pure."""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from .schemas import PROBLEM, SCHEMAS

FORMATTED, PAGED = ("format",), ("cursor", "limit")
FOUND_BY = ("section", "tag", "series", "person", "since", "until")
TEXT = {"type": "string"}


class Operation(NamedTuple):
    """`name`: of its address in articles/urls.py. `answer`: a name in SCHEMAS. `example`: a query."""

    name: str
    path: str
    told: str
    parameters: tuple
    answer: str
    example: str = ""


OPERATIONS = [
    Operation(
        "api_stories",
        "/api/v1/stories/",
        _("The newest stories, or those of one section, tag, series or author."),
        (*FORMATTED, "section", "tag", "series", "person", *PAGED),
        "Stories",
    ),
    Operation(
        "api_story", "/api/v1/stories/{uid}/", _("One story by its id. 410: it was withdrawn."), FORMATTED, "Story"
    ),
    Operation(
        "api_search",
        "/api/v1/search/",
        _("The stories that answer a question, as the search of readers finds them."),
        (*FORMATTED, "q", *FOUND_BY, "order", "network", "cursor"),
        "Found",
        "q=danau",
    ),
    Operation("api_sections", "/api/v1/sections/", _("All sections."), (), "Sections"),
    Operation("api_tags", "/api/v1/tags/", _("The tags that stories have."), PAGED, "Tags"),
    Operation("api_series", "/api/v1/series/", _("The running stories."), PAGED, "RunningStories"),
    Operation("api_people", "/api/v1/people/", _("The people whom bylines name."), PAGED, "People"),
]
PARAMETERS = {
    "format": (_("As ninjs 3.1, or as JSON Feed 1.1."), {"enum": ["ninjs", "jsonfeed"], "default": "ninjs"}),
    "limit": (_("How many stand in an answer."), {"type": "integer", "minimum": 1, "maximum": 50, "default": 20}),
    "cursor": (_("Where a page begins: take it from “next” of the page before."), TEXT),
    "section": (_("The slug of a section."), TEXT),
    "tag": (_("The slug of a tag."), TEXT),
    "series": (_("The slug of a running story."), TEXT),
    "person": (_("The slug of an author."), TEXT),
    "q": (_("Words, and operators as in the search of readers."), TEXT),
    "since": (_("The first day, such as 2026-11-23."), TEXT),
    "until": (_("The last day, such as 2026-11-23."), TEXT),
    "order": (_("The best first, or the newest."), {"enum": ["best", "newest"], "default": "best"}),
    "network": (_("“1”: the stories of all editions of the network."), {"enum": ["1"]}),
}
ERRORS = {
    "400": _("A parameter is not valid."),
    "404": _("There is nothing here."),
    "410": _("The story was withdrawn."),
    "429": _("This address asks more often than is answered; Retry-After tells the seconds to wait."),
}


def openapi(title, server, page):
    """The description of an edition's API. `page`: the address of the page that explains it."""
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": "1", "description": str(_("Read only: what readers of the paper have."))},
        "servers": [{"url": server}],
        "externalDocs": {"url": page, "description": str(_("The same for people, with examples."))},
        "paths": {one.path: {"get": _get(one)} for one in OPERATIONS},
        "components": {"schemas": SCHEMAS},
    }


def _get(one):
    answers = {"application/json": {"schema": {"$ref": f"#/components/schemas/{one.answer}"}}}
    if "format" in one.parameters:
        answers["application/feed+json"] = {"schema": {"$ref": "#/components/schemas/JSONFeed"}}
    also = ["410"] * (one.name == "api_story") + ["429"] * ("cursor" in one.parameters)
    headers = {"ETag": {"schema": TEXT}}
    return {
        "operationId": one.name.removeprefix("api_"),
        "summary": str(one.told),
        "parameters": [*_in_path(one), *map(_parameter, one.parameters)],
        "responses": {
            "200": {"description": str(one.told), "content": answers, "headers": headers},
            "304": {"description": str(_("Nothing has changed since the answer with this ETag."))},
            **{status: _problem(status) for status in ("400", "404", *also)},
        },
    }


def _in_path(one):
    schema = {"type": "string", "format": "uuid"}
    return [{"name": "uid", "in": "path", "required": True, "schema": schema}] if "{uid}" in one.path else []


def _parameter(name):
    told, schema = PARAMETERS[name]
    return {"name": name, "in": "query", "description": str(told), "schema": schema}


def _problem(status):
    content = {"application/problem+json": {"schema": {"$ref": f"#/components/schemas/{PROBLEM}"}}}
    headers = {"headers": {"Retry-After": {"schema": {"type": "integer"}}}} if status == "429" else {}
    return {"description": str(ERRORS[status]), "content": content, **headers}
