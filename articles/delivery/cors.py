"""What browsers are told of the API, which pages of other sites may read: anybody, without cookies or credentials."""

API = "/api/"
EVERYBODY = [("Access-Control-Allow-Origin", "*"), ("Access-Control-Expose-Headers", "ETag, Link, Retry-After")]
PREFLIGHT = [
    ("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS"),
    ("Access-Control-Allow-Headers", "If-None-Match, If-Modified-Since"),
    ("Access-Control-Max-Age", "86400"),
]


def is_api(path):
    return path.startswith(API)
