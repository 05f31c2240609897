"""The pictures of docs/meja.md, taken of a new demo in a browser:

VAR=/tmp/demo DEMO_PASSWORD=… .venv/bin/python manage.py demo --port 8001
DEMO_PASSWORD=… .venv/bin/python docs/meja/pictures.py http://localhost:8001
"""

import io
import os
import pathlib
import shutil
import sys

from PIL import Image
from playwright.sync_api import sync_playwright

HERE = pathlib.Path(__file__).parent
DESK, LOW, PHONE = (1280, 800), (1280, 560), (375, 720)
MOST_BYTES = 60_000
STORIES = "/admin/articles/story/"


def writing(page):
    page.goto(f"{page.site}{STORIES}?standing=submitted")
    page.locator("#result_list tbody th a, #result_list .headline").first.click()
    page.locator(".ProseMirror[role=textbox]").wait_for()


def chosen(page):
    page.goto(page.site + STORIES)
    for box in page.locator("input.action-select").all()[1:3]:
        box.check()


def peek(page):
    page.goto(page.site + STORIES)
    for key in (*["ArrowDown"] * 5, "Space"):
        page.keyboard.press(key)
    page.locator("dialog[open] img").wait_for()


def opened(path):
    return lambda page: page.goto(page.site + path)


PICTURES = {  # name: who, the size of their screen, how they get there
    "hari-ini-editor": ("editor", DESK, opened("/admin/")),
    "menulis": ("editor", DESK, writing),
    "daftar": ("editor", LOW, chosen),
    "intip": ("editor", DESK, peek),
    "foto": ("photo", LOW, opened("/admin/articles/photo/")),
    "agenda": ("chief", LOW, opened(f"{STORIES}agenda/")),
    "ponsel": ("editor", PHONE, opened("/admin/")),
}


def signed_in(browser, site, name, size):
    width, height = size
    page = browser.new_page(viewport={"width": width, "height": height}, device_scale_factor=2 if size == PHONE else 1)
    page.site = site
    page.goto(f"{site}/admin/login/?next=/admin/")
    page.fill("#id_username", name)
    page.fill("#id_password", os.environ["DEMO_PASSWORD"])
    page.click("[type=submit]")
    page.locator(".home").wait_for()
    return page


def stored(png, path):
    """As WebP, in the best quality that is small enough."""
    for quality in (80, 60, 40, 30, 20):
        Image.open(io.BytesIO(png)).convert("RGB").save(path, "WEBP", quality=quality, method=6)
        if path.stat().st_size <= MOST_BYTES:
            break


def main(site):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, (who, size, go) in PICTURES.items():
            page = signed_in(browser, site, who, size)
            go(page)
            page.wait_for_load_state("networkidle")
            stored(page.screenshot(), HERE / f"{name}.webp")
            page.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
