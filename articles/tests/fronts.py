"""nginx before a server of ours, as docs/delivery.md has it."""

import contextlib
import os
import re
import shutil
import socket
import subprocess

from django.conf import settings

from .servers import HOST, until

SELF_SIGNED = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={HOST}"]


@contextlib.contextmanager
def nginx(folder, server, tls=False):
    """Its port. `tls`: it speaks HTTPS by a certificate of its own, and HTTP/2."""
    assert shutil.which("nginx"), "nginx is not installed"
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    if tls:
        keys = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem")]
        subprocess.run([*SELF_SIGNED, *keys], check=True, capture_output=True)
    (folder / "nginx.conf").write_text(configuration(folder, port, server.port, tls))
    command = ["nginx", "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log"), "-g", "daemon off;"]
    process = subprocess.Popen(command)
    try:
        assert until(lambda: _listens(port)), (folder / "error.log").read_text()
        yield port
    finally:
        process.terminate()
        process.wait()


def _listens(port):
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def configuration(folder, port, behind, tls):
    """The example of the docs, on a port and in a folder of its own."""
    docs = (settings.ROOT / "docs" / "delivery.md").read_text()
    example = re.search(r"(?ms)^    map .*?^    }\n(?=\n)", docs)[0]
    keys = f"; ssl_certificate {folder}/certificate.pem; ssl_certificate_key {folder}/key.pem"
    for ours, here in (
        ("listen 443 ssl", f"listen 127.0.0.1:{port}" + (f" ssl http2{keys}" if tls else "")),
        ("gorontalo.example", HOST),
        ("127.0.0.1:8000", f"127.0.0.1:{behind}"),
        ("/var/cache/nginx/newsroom", f"{folder}/cache"),
    ):
        assert ours in example, ours
        example = example.replace(ours, here)
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    seen = "add_header X-Cache $upstream_cache_status;"
    user = "" if os.geteuid() else "user root;"  # or its workers may not enter pytest's folder
    return f"{user} pid {folder}/pid; events {{}} http {{ access_log off; {temporary} {seen} {example} }}"
