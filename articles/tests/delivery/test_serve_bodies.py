"""What people send, slowly or much of it, to the server as it is started: nobody else waits for it."""

import contextlib
import select
import socket
import time

import pytest

from ..newsroom import SEED_PATH
from ..servers import HOST, Desk, Server, until

pytestmark = [pytest.mark.service, pytest.mark.both_databases, pytest.mark.django_db]
FILES = "multipart/form-data; boundary=x"
FORM = "application/x-www-form-urlencoded"
COOKIE = f"Cookie: csrftoken={'a' * 32}"


@pytest.fixture(scope="module")
def server(tmp_path_factory, django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), Server(tmp_path_factory.mktemp("var")) as server:
        yield server


@contextlib.contextmanager
def half_sent(server, count, path, *lines, kind=FORM, length=1000):
    """So many requests whose body does not come; yields their sockets."""
    head = [f"POST {path} HTTP/1.1", f"Host: {HOST}", f"Content-Type: {kind}", f"Content-Length: {length}", *lines]
    links = [socket.create_connection(("127.0.0.1", server.port), timeout=10) for _ in range(count)]
    try:
        for link in links:
            link.sendall("\r\n".join([*head, "", "a=b"]).encode())
        time.sleep(1)  # until all of them are waited for
        yield links
    finally:
        for link in links:
            link.close()


def status(link):
    return int(link.recv(1000).split(b" ")[1])


def answers(links):
    """What came over those of these sockets where anything did."""
    ready, *_ = select.select(links, [], [], 0)
    return [link.recv(4000, socket.MSG_PEEK) for link in ready]


def announced(server, path, kind, length, cookie=COOKIE):
    """The status for a body of which only the length comes."""
    with half_sent(server, 1, path, cookie, kind=kind, length=length) as (link,):
        return status(link)


def test_half_sent_forms_hold_up_neither_readers_nor_who_is_quick(server):
    desk = Desk(server)
    server.ask(SEED_PATH)
    with half_sent(server, 10, "/admin/login/", COOKIE):
        for _ in range(8):
            assert server.ask(SEED_PATH)[0] == 200
            assert server.ask("/search/?q=danau")[0] == 200
            assert server.ask("/healthz")[0] == 200
            assert server.ask("/admin/login/")[0] == 200
        assert desk.sign_in() == 302
        assert [desk.ask("/admin/")[0] for _ in range(8)] == [200] * 8
        assert desk.ask("/admin/logout/", sent="now")[0] == 200


def test_a_flood_of_them_is_refused_and_costs_strangers_alone(server):
    desk = Desk(server, "malam")
    assert desk.sign_in() == 302
    with half_sent(server, 80, "/admin/login/", COOKIE) as links:
        assert until(lambda: len(answers(links)) >= 80 - 2 * 16)
        assert len(answers(links)) < 80
        for answer in answers(links):
            assert answer.startswith(b"HTTP/1.1 503")
            assert b"retry-after:" in answer.lower()
        for _ in range(8):
            assert server.ask(SEED_PATH)[0] == 200
            assert server.ask("/search/?q=danau")[0] == 200
            assert desk.ask("/admin/articles/tag/add/", name="", slug="")[0] == 200
    assert desk.ask("/admin/logout/", sent="now")[0] == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "PROPFIND"])
def test_where_no_form_is_nothing_is_taken_and_nothing_waited_for(server, method):
    for path in ("/", SEED_PATH, "/search/", "/media/r/x", "/static/x.css", "/healthz", "/tidak/ada/"):
        with socket.create_connection(("127.0.0.1", server.port), timeout=10) as link:
            link.sendall(f"{method} {path} HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 900000000\r\n\r\na=b".encode())
            answer = link.recv(4000).decode()
        assert answer.startswith("HTTP/1.1 405"), answer
        assert "allow: get, head, options" in answer.lower()


def test_options_says_what_may_be_asked(server):
    status, headers, body = server.ask(SEED_PATH, method="OPTIONS")
    assert (status, headers["Allow"], body) == (204, "GET, HEAD, OPTIONS", b"")
    assert server.ask("/admin/login/", method="OPTIONS")[0] in (200, 204)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/admin/login/", FORM),
        ("/admin/articles/photo/upload/", "multipart/form-data; boundary=x"),
        ("/admin/x/", FORM),
    ],
)
def test_too_much_is_refused_by_its_length_before_any_of_it_is_read(server, path, kind):
    for length in (250_000_000, 50_000_000, 10**30):
        head = (
            f"POST {path} HTTP/1.1\r\nHost: {HOST}\r\n{COOKIE}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n"
        )
        with socket.create_connection(("127.0.0.1", server.port), timeout=10) as link:
            link.sendall(f"{head}\r\na".encode())
            assert status(link) in ((413,) if length < 10**20 else (400, 413))


def test_a_body_without_a_length_is_refused(server):
    head = f"POST /admin/login/ HTTP/1.1\r\nHost: {HOST}\r\n{COOKIE}\r\nContent-Type: {FORM}\r\n"
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as link:
        link.sendall(f"{head}Transfer-Encoding: chunked\r\n\r\n5\r\na=bcd\r\n".encode())
        assert status(link) == 411


def test_who_is_signed_in_may_send_large_files_where_they_are_taken(server):
    desk = Desk(server, "foto")
    assert desk.sign_in() == 302
    cookies = "; ".join(f"{name}={value}" for name, value in desk.cookies.items())
    part = '--x\r\nContent-Disposition: form-data; name="{}"{}\r\n\r\n{}\r\n'
    token = part.format("csrfmiddlewaretoken", "", desk.cookies["csrftoken"])
    file = part.format("files", '; filename="a.jpg"', "x" * 8_000_000)
    sent = f"{token}{file}--x--\r\n".encode()
    path = "/admin/articles/photo/upload/"
    answer, _headers, body = server.ask(path, method="POST", sent=sent, cookie=cookies, content_type=FILES)
    assert (answer, b"a.jpg" in body) == (200, True)
    assert announced(server, "/admin/articles/tag/add/", FILES, len(sent), f"Cookie: {cookies}") == 413
    assert announced(server, path, FORM, len(sent), f"Cookie: {cookies}") == 413
