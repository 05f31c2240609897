"""The read-only API at /api/v1/: stories as ninjs or JSON Feed, and the lists that they stand in.

answering       the answer of a view as JSON, and its errors (RFC 9457)
asked           what the query of a request asks for
stories         stories, one story, search
names           sections, tags, series, people
description     what all of these are, as OpenAPI 3.1. Pure
pages           the description at its address, and the page that explains it
"""
