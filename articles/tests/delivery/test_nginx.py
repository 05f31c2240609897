"""nginx in front, as docs/delivery.md has it: it spares us readers, and keeps nothing longer than two seconds."""

import gzip
import time

import pytest

from ..fronts import nginx
from ..newsroom import SEED_PATH
from ..servers import HOST, Server, until

pytestmark = [pytest.mark.service, pytest.mark.django_db]
SLOWLY = {"zone=unseen_by:20m rate=20r/s": "zone=unseen_by:20m rate=1r/s"}  # so that few requests are a flood
A_WHILE = 2.2  # nginx counts whole seconds, so that one is up to two


@pytest.fixture(scope="module")
def front(tmp_path_factory, django_db_setup, django_db_blocker):
    """A server of ours, and at its `front` the port of nginx before it."""
    folder = tmp_path_factory.mktemp("nginx")
    with django_db_blocker.unblock():
        server = Server(folder / "var", BEHIND_PROXY="1")
    with server, nginx(folder, server, changes=SLOWLY) as server.front:
        assert until(lambda: server.ask("/", port=server.front)[0] == 200)
        yield server


def ask(server, path, **headers):
    return server.ask(path, port=server.front, **headers)


def test_what_it_keeps_it_gives_and_asks_again_after_a_while(front):
    time.sleep(A_WHILE)
    assert [ask(front, SEED_PATH)[1]["X-Cache"] for _ in range(3)][1:] == ["HIT", "HIT"]
    time.sleep(A_WHILE)
    assert ask(front, SEED_PATH)[1]["X-Cache"] == "REVALIDATED"


def test_each_coding_is_kept_by_itself(front):
    time.sleep(A_WHILE)
    plain = ask(front, SEED_PATH)[2]
    for _ in range(2):
        status, headers, body = ask(front, SEED_PATH, accept_encoding="gzip, deflate, zstd")
        assert (status, headers["Content-Encoding"]) == (200, "gzip")
        assert gzip.decompress(body) == plain
    assert ask(front, SEED_PATH, accept_encoding="gzip;q=1.0, x")[1]["X-Cache"] == "HIT"


def test_a_change_is_seen_after_a_while_and_what_is_withdrawn_is_gone(front):
    ask(front, SEED_PATH)
    front.change(headline="Judul yang baru")
    time.sleep(A_WHILE)
    assert b"Judul yang baru" in ask(front, SEED_PATH)[2]
    front.change(state="withdrawn")
    time.sleep(A_WHILE)
    assert ask(front, SEED_PATH)[0] == 410


def test_the_desk_and_who_is_signed_in_are_not_kept(front):
    for _ in range(2):
        assert ask(front, "/admin/login/")[1].get("X-Cache") in ("MISS", "BYPASS", "EXPIRED", None)
        assert ask(front, "/", cookie="sessionid=x")[1]["X-Cache"] == "BYPASS"


def test_a_read_goes_through(front):
    seen = {"Origin": f"http://{HOST}", "Sec-Fetch-Site": "same-origin"}
    for expected in (204, 204):
        status, headers, _body = front.ask("/read/", port=front.front, method="POST", sent="0" * 32, **seen)
        assert (status, headers["X-Page"]) == (expected, "bypass")


def test_arguments_that_no_page_knows_are_dropped_and_those_that_one_knows_are_kept(front):
    plain = ask(front, "/latest/?utm_source=x")[2]
    for query in ("?fbclid=1", "?a=b&c=d", "", "?page=%2F%2F&x"):
        assert ask(front, f"/latest/{query}")[1]["X-Cache"] in ("HIT", "REVALIDATED"), query
    assert ask(front, "/latest/?z=9&view=text")[2] != plain
    assert ask(front, "/search/?q=danau&z=1")[0] == 200


def test_a_flood_of_unknown_pages_is_told_to_wait_and_readers_and_the_desk_are_not(front):
    ask(front, "/")
    statuses = {ask(front, f"/tidak/ada/{number}/")[0] for number in range(120)}
    assert statuses == {404, 429}
    time.sleep(A_WHILE)
    assert ask(front, "/")[0] == 200  # it is kept, and we are asked for it again
    assert ask(front, "/admin/login/")[0] == 200
