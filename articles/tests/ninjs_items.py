"""One item of a file of ninjs, as it is read."""

import io
import json
import zoneinfo

from articles.wire import ninjs

ZONE = zoneinfo.ZoneInfo("Asia/Makassar")


def entries(content):
    return [found for _position, found in ninjs.read(io.BufferedReader(io.BytesIO(content)), ZONE)]


def read(**told):
    (found,) = entries(json.dumps({"uri": "urn:x:1", "headline": "Judul", **told}).encode())
    return found
