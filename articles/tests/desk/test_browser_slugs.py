"""The slug that the desk shows while a name is typed is the one that the server makes."""

import pytest
from playwright.sync_api import expect

from articles.models import Tag
from articles.text import letters

pytestmark = [pytest.mark.browser, pytest.mark.wide]

SHOWN = [
    "Danau Limboto", "Pelé", "Jum’at “Kelabu” – hari ke‑603…", "  A -- b_c_ ", "100% & lebih", "Ærø", "Ñandú", "C++",
    "Việt Nam", "Ｒｕｓｉａ", "x" * 150, "a" * 99 + " b", "???", "",
]  # fmt: skip
LEFT_TO_THE_SERVER = ["Москва", "中国", "مصر", "Łódź", "😀", "½"]


def test_the_desk_and_the_server_make_the_same_slug(at_desk):
    desk = at_desk("/admin/articles/tag/add/")
    desk.wait_for_selector("#id_slug")
    for name in [*SHOWN, *LEFT_TO_THE_SERVER]:
        made = desk.evaluate("name => URLify(name, 100, false)", name)
        assert made in ("", letters.spelt(name, 100)), name
        assert made or name in ("???", "", "Ærø", *LEFT_TO_THE_SERVER), name
    desk.fill("#id_name", "Pelé")
    desk.press("#id_name", "Tab")
    expect(desk.locator("#id_slug")).to_have_value("pele")
    desk.fill("#id_name", "Москва")
    desk.press("#id_name", "Tab")
    expect(desk.locator("#id_slug")).to_have_value("")
    desk.click("[name=_save]")
    expect(desk.locator(".messagelist .success")).to_have_count(1)
    assert Tag.objects.get(name="Москва").slug == "moskva"
