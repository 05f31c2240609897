"""The answer of a view of the API as JSON, which pages of other sites may read; errors as RFC 9457."""

import functools
import hashlib
import json

from django.http import Http404, HttpResponse
from django.utils import translation

from articles.delivery import cors, failure
from articles.listings import search

JSON = "application/json"


class Problem(Exception):
    """The request cannot be answered. `detail`: a sentence for whoever asks. `wait`: seconds after which it can."""

    def __init__(self, status, detail="", wait=0):
        super().__init__(detail)
        self.status, self.detail, self.wait = status, detail, wait


def answers(view):
    """The view's text, as (text, media type, address of the next page or ""), or its Problem, as a response."""

    @functools.wraps(view)
    def answered(request, *args, **kwargs):
        try:
            text, media_type, following = view(request, *args, **kwargs)
        except Problem as problem:
            return _problem(problem.status, problem.detail, problem.wait)
        except Http404:
            return _problem(404)
        except search.Refused as refused:
            return _problem(400, str(refused))
        response = HttpResponse(text, content_type=f"{media_type}; charset=utf-8", headers=dict(cors.EVERYBODY))
        response["ETag"] = f'"{hashlib.blake2b(response.content, digest_size=12).hexdigest()}"'
        if following:
            response["Link"] = f'<{following}>; rel="next"'
        return response

    return answered


def listed(items, following="", **more):
    """A list as a view gives it."""
    told = {"items": items, **more, **({"next": following} if following else {})}
    return json.dumps(told, ensure_ascii=False), JSON, following


def _problem(status, detail="", wait=0):
    body, headers = failure.problem(status, translation.get_language(), detail)
    return HttpResponse(body, status=status, headers=dict(headers) | ({"Retry-After": str(wait)} if wait else {}))
