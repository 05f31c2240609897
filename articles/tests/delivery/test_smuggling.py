"""In production behind nginx, over HTTPS: no request hides another, no header of a stranger is believed, nothing of one
person is kept for another, and the headers are those that judges of headers ask for."""

import re
import socket
import ssl
import subprocess
from http.cookies import SimpleCookie

import pytest

from ..fronts import nginx
from ..servers import HOST, Server

pytestmark = [pytest.mark.service, pytest.mark.django_db]

PRODUCTION = {
    "PRODUCTION": "1", "SECRET_KEY": "rahasia-penerbit-1234567890-abcdefghijklmnopqrstuvwxyz", "ALLOWED_HOSTS": HOST,
    "BEHIND_PROXY": "1", "DESK_HOST": HOST,
}  # fmt: skip
CHANGES = {"max-age=300": "max-age=31536000", "client_header_timeout 10s": "client_header_timeout 2s"}
HIDDEN = f"GET /robots.txt HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\r\n"
FOUND = b"User-agent:"  # stands in robots.txt alone
CHUNKED = f"0\r\n\r\n{HIDDEN}"
IN_A_CHUNK = f"{len(HIDDEN):x}\r\n{HIDDEN}\r\n0\r\n\r\n"
AMBIGUOUS = {  # headers, body
    "CL.TE": ([f"Content-Length: {len(CHUNKED)}", "Transfer-Encoding: chunked"], CHUNKED),
    "TE.CL": (["Transfer-Encoding: chunked", "Content-Length: 4"], IN_A_CHUNK),
    "TE.TE": (["Transfer-Encoding: chunked", "Transfer-Encoding: x", "Content-Length: 3"], CHUNKED),
    "an unknown coding": (["Transfer-Encoding: xchunked", "Content-Length: 3"], CHUNKED),
    "a space before the colon": (["Transfer-Encoding : chunked", f"Content-Length: {len(CHUNKED)}"], CHUNKED),
    "a vertical tab": (["Transfer-Encoding: \x0bchunked", f"Content-Length: {len(CHUNKED)}"], CHUNKED),
    "a list of codings": (["Transfer-Encoding: identity, chunked", f"Content-Length: {len(CHUNKED)}"], CHUNKED),
    "two lengths": ([f"Content-Length: {len(CHUNKED)}", "Content-Length: 5"], CHUNKED),
    "a list of lengths": (["Content-Length: 5, 5"], "a=b&c"),
    "a length with a sign": (["Content-Length: +5"], "a=b&c"),
    "a length by sixteen": (["Content-Length: 0x5"], "a=b&c"),
    "a length below nothing": (["Content-Length: -1"], HIDDEN),
    "a folded line": (["X-A: b\r\n Content-Length: 5"], HIDDEN),
    "a folded coding": (["Transfer-Encoding:\r\n chunked", f"Content-Length: {len(CHUNKED)}"], CHUNKED),
    "a bare CR": (["X-A: a\rContent-Length: 60"], HIDDEN),
    "NUL": (["X-A: a\0b", "Content-Length: 0"], ""),
    "an underscore": (["Transfer_Encoding: chunked", f"Content-Length: {len(CHUNKED)}"], CHUNKED),
}  # fmt: skip


@pytest.fixture(scope="module")
def front(tmp_path_factory, django_db_setup, django_db_blocker):
    folder = tmp_path_factory.mktemp("nginx")
    with django_db_blocker.unblock():
        server = Server(folder / "var", **PRODUCTION)
    with server, nginx(folder, server, tls=True, changes=CHANGES) as server.front:
        yield server


def raw(port, sent, tls, patience=2):
    """All that comes for these bytes until the connection ends, or it is silent so many seconds."""
    link = socket.create_connection(("127.0.0.1", port), timeout=patience)
    if tls:
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        link = context.wrap_socket(link, server_hostname=HOST)
    came = b""
    with link:
        link.sendall(sent.encode("latin-1"))
        try:
            while part := link.recv(65_536):
                came += part
        except OSError:
            pass
    return came


def statuses(came):
    return [int(status) for status in re.findall(rb"(?m)^HTTP/1\.[01] (\d{3})", came)]


def get(front, path, *headers, host=HOST, method="GET"):
    """(status, headers in small letters, body)"""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", "Connection: close", *headers, "", ""]
    head, _gap, body = raw(front.front, "\r\n".join(lines), tls=True, patience=30).partition(b"\r\n\r\n")
    first, *others = head.decode("latin-1").split("\r\n")
    told = {}
    for line in others:
        name, _colon, value = line.partition(": ")
        told[name.lower()] = f"{told[name.lower()]}\n{value}" if name.lower() in told else value
    return int(first.split()[1]), told, body


@pytest.mark.parametrize("kind", AMBIGUOUS)
def test_no_request_hides_another(front, kind):
    """Neither from nginx, nor from the server itself: each sees one, and refuses it or the form that it is."""
    lines, body = AMBIGUOUS[kind]
    sent = "\r\n".join(["POST /admin/login/ HTTP/1.1", f"Host: {HOST}", *lines, "", body])
    for port, tls in ((front.front, True), (front.port, False)):
        came = raw(port, sent, tls)
        told = statuses(came)
        assert len(told) == 1, (kind, told)
        assert told[0] in (301, 400, 403, 411, 501), (kind, told)
        assert FOUND not in came


def test_line_ends_in_an_address_stay_letters(front):
    for path in ("/latest/%0d%0aX-Evil:%201", "/latest/?a=%0d%0aX-Evil:%201", "/section/x%0d%0aX-Evil:%201"):
        status, headers, _body = get(front, path)
        assert status in (200, 301, 404), path
        assert "x-evil" not in headers


def test_http_2_hides_nothing_either(front):
    """What a browser may not send over HTTP/2 is refused, or is the form that it looks like."""
    asked = ["curl", "-sk", "--http2", "-m", "5", "-w", "\n%{http_version} %{http_code}", "-H", f"Host: {HOST}"]
    for more in (["-H", "Transfer-Encoding: chunked"], ["-H", "Content-Length: 4"], []):
        address = f"https://127.0.0.1:{front.front}/admin/login/"
        came = subprocess.run([*asked, *more, "-d", CHUNKED, address], capture_output=True, text=True)
        assert came.stdout.rsplit("\n", 1)[1] in ("2 403", "2 400", "0 000"), came.stdout[-200:]
        assert FOUND.decode() not in came.stdout


def test_a_header_that_comes_drop_by_drop_is_not_waited_for(front):
    context, drops = ssl._create_unverified_context(), 0
    with context.wrap_socket(socket.create_connection(("127.0.0.1", front.front)), server_hostname=HOST) as link:
        link.settimeout(0.5)
        link.sendall(f"GET / HTTP/1.1\r\nHost: {HOST}\r\nX-A: ".encode())
        while _is_open(link) and drops < 12:
            link.sendall(b"a")
            drops += 1
    assert drops < 12


def _is_open(link):
    try:
        return bool(link.recv(1))
    except TimeoutError:
        return True


def test_a_host_that_is_not_ours_gets_no_answer_and_two_are_none(front):
    for lines, answer in (
        (["Host: evil.example"], []),
        ([f"Host: evil.example@{HOST}"], []),
        ([f"Host: {HOST}", "Host: evil.example"], [400]),
        ([], [400]),
    ):
        came = raw(front.front, "\r\n".join(["GET / HTTP/1.1", *lines, "Connection: close", "", ""]), tls=True)
        assert statuses(came) == answer, lines


FORGED = [
    "X-Forwarded-Host: evil.example", "X-Forwarded-Port: 1337", "X-Host: evil.example", "X-Forwarded-Proto: http",
    "Forwarded: host=evil.example;proto=http", "X-Original-URL: /admin/", "X-Rewrite-URL: /admin/",
    "X-Forwarded-Prefix: /evil", "X-Http-Method-Override: POST", "X_Forwarded_Host: evil.example",
    "X_Forwarded_Proto: http", "Connection: close, X-Forwarded-Proto",
]  # fmt: skip


def test_no_forged_header_and_no_port_gets_into_a_page_that_others_are_given(front):
    for path in ("/latest/", "/feed/", "/feed/json/", "/api/v1/", "/sitemap.xml", "/robots.txt", "/search/?q=danau"):
        status, headers, body = get(front, path, *FORGED, host=f"{HOST}:1337")
        assert status == 200, path
        told = f"{headers}{body.decode('utf-8', 'replace')}"
        assert "evil" not in told, path
        assert "1337" not in told, path


def test_an_address_that_looks_like_a_file_is_not_kept_for_others(front):
    cookie = "Cookie: __Host-sessionid=x"
    for path in ("/admin/login/x.css", "/admin/login/;x.css", "/admin/x.js", "/admin%2flogin/", "/%61dmin/login/"):
        for _turn in range(2):
            _status, headers, _body = get(front, path, cookie)
            assert headers.get("x-cache") in (None, "BYPASS", "MISS"), path
            assert re.search("private|no-store|^$", headers.get("cache-control", "")), path


def test_whatever_path_is_tried_no_file_of_ours_is_told(front):
    tries = [
        "/media/../newsroom.sqlite3", "/static/..%2f..%2fnewsroom.sqlite3", "/static/%2e%2e/newsroom.sqlite3",
        "/.env", "/.git/config", "/media/originals/", "/newsroom.sqlite3", "/static//etc/passwd",
    ]  # fmt: skip
    assert {path: get(front, path)[0] for path in tries if get(front, path)[0] not in (400, 404)} == {}


def test_a_stranger_does_not_choose_the_address_that_limits_count(front):
    """nginx writes its own; a name with an underscore, which WSGI would take for the same, it drops."""
    told = []
    for number in range(21):
        asked = [
            "POST /preview/ HTTP/1.1", f"Host: {HOST}", "Connection: close", f"X-Forwarded-For: 203.0.113.{number}",
            f"X_Forwarded_For: 203.0.113.{number}", "Content-Type: application/x-www-form-urlencoded",
            "Content-Length: 6", "", "code=x",
        ]  # fmt: skip
        told += statuses(raw(front.front, "\r\n".join(asked), tls=True))
    assert told == [404] * 20 + [429]


# What judges of headers ask for -------------------------------------------------------------


def test_a_judge_of_headers_finds_no_fault_over_https(front):
    for path in ("/", "/latest/", "/admin/login/", "/none/", "/api/v1/stories/", "/robots.txt"):
        _status, headers, body = get(front, path)
        assert list(_faults(headers, body.decode("utf-8", "replace"))) == [], path


def test_nor_in_what_nginx_answers_by_itself(front):
    asked = {
        ("GET", "/metrics"): (404, []),
        ("GET", "/%00"): (400, []),
        ("TRACE", "/"): (405, []),
        ("GET", f"/{'a' * 9_000}"): (414, []),
        ("POST", "/"): (413, ["Content-Length: 2000000"]),
        ("POST", "/admin/login/"): (413, ["Content-Length: 100000001"]),
    }
    for (method, path), (status, more) in asked.items():
        told, headers, body = get(front, path, *more, method=method)
        assert (told, list(_faults(headers, body.decode()))) == (status, []), (method, path[:20])


def _faults(headers, page):
    """By the rules of Mozilla's HTTP Observatory and securityheaders.com."""
    policy = dict(part.strip().partition(" ")[::2] for part in headers.get("content-security-policy", "").split(";"))
    for name in ("default-src", "script-src", "style-src", "object-src", "base-uri", "form-action", "frame-ancestors"):
        told = policy.get(name) or (policy.get("default-src") if name.endswith("-src") else "")
        if not told or re.search(r"unsafe|\*|\bhttps?:|data:", told):
            yield f"CSP: {name} {told}"
    seconds = re.match(r"max-age=(\d+)", headers.get("strict-transport-security", ""))
    if not seconds or int(seconds[1]) < 31_536_000 or "includeSubDomains" not in headers["strict-transport-security"]:
        yield "HSTS"
    wanted = {
        "x-content-type-options": "nosniff", "x-frame-options": "DENY", "referrer-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
    }  # fmt: skip
    yield from (name for name, value in wanted.items() if headers.get(name) != value)
    yield from (name for name in ("permissions-policy", "cross-origin-resource-policy") if name not in headers)
    if headers.get("access-control-allow-credentials"):
        yield "CORS with credentials"
    if re.search(r"\d", headers.get("server", "")) or "x-powered-by" in headers:
        yield f"a version: {headers.get('server')}"
    for line in headers.get("set-cookie", "").splitlines():
        for name, cookie in SimpleCookie(line).items():
            if not (name.startswith("__Host-") and cookie["secure"] and cookie["samesite"] in ("Lax", "Strict")):
                yield f"cookie {name}"
            if "session" in name and not cookie["httponly"]:
                yield f"cookie {name} for scripts"
    for address in re.findall(r'<(?:script|link|img|iframe)[^>]*(?:src|href)="(https?:)?//(?!gorontalo)', page):
        yield f"something of another site: {address}"
