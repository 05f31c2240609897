"""nginx before a server of ours, as docs/delivery.md has it."""

import contextlib

from .real_servers import Nginx, certificate
from .servers import HOST


@contextlib.contextmanager
def nginx(folder, server, tls=False, **more):
    """Its port. `tls`: it speaks HTTPS by a certificate of its own, and HTTP/2. `more`: as Nginx takes it."""
    pair = certificate(folder, HOST) if tls else None
    with Nginx(folder, server.port, HOST, certificate=pair, **more) as front:
        yield front.port
