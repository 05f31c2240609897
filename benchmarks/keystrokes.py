"""Typing in a story of 5,000 words: from the keystroke to the next frame, in the story's form and in the bare editor.

    .venv/bin/python -m benchmarks.keystrokes http://localhost:8000 editor PASSWORD [--keys 200] [--words 5000]

Both editors are on one page of a desk on this machine, and take turns, so that whatever else runs slows both. The bare
one is the same library with paragraphs, marks, lists and headings, without our nodes, menu, counts and working copies.
"""

import argparse
import json
import os
import statistics
import urllib.parse

from playwright.sync_api import sync_playwright

BARE = "Document Paragraph Text Bold Italic Heading BulletList OrderedList ListItem Blockquote HardBreak Link History"
ADD_BARE = """async ([names, html]) => {
  const library = await import("django-prose-editor/editor")
  const area = Object.assign(document.createElement("textarea"), { id: "bare", value: html })
  const place = document.createElement("div")
  document.querySelector(".paper").append(place)
  place.append(area)
  library.createTextareaEditor(area, names.split(" ").map((name) => library[name]))
}"""
WATCH = """() => {
  window.frames = []
  let began = 0
  addEventListener("keydown", (event) => { began = event.timeStamp }, true)
  addEventListener("input", () => {
    const start = began
    began = 0 // the editor sends a second event, of its hidden field
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel() // answered when the frame has been made
      port2.onmessage = () => start && window.frames.push(performance.now() - start)
      port1.postMessage(0)
    })
  }, true)
}"""


def text(words):
    paragraph = "Air naik dalam semenit dan warga desa itu mengungsi ke masjid besar di seberang jalan raya kota kita. "
    count = len(paragraph.split())
    return "".join(f"<p>{paragraph * 4}</p>" for _ in range(max(1, words // (count * 4))))


def percentile(times, share):
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def typed(page, selector, keys):
    page.evaluate("window.frames = []")
    page.click(f"{selector} p:nth-of-type(20)")
    for letter in ("kata " * keys)[:keys]:
        page.keyboard.press("Space" if letter == " " else letter)
        page.wait_for_timeout(60)
    page.wait_for_timeout(200)
    return page.evaluate("window.frames")


def measure(base, name, password, keys, words):
    host = urllib.parse.urlsplit(base).hostname
    if host not in ("localhost", "127.0.0.1", "::1"):
        raise SystemExit("Only a desk on this machine is measured.")
    with sync_playwright() as playwright:
        path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(f"{base}/admin/articles/story/add/")
        page.fill("#id_username", name)
        page.fill("#id_password", password)
        page.press("#id_password", "Enter")
        ours = page.locator(".ProseMirror[role=textbox]")
        ours.wait_for(timeout=60_000)
        page.evaluate(ADD_BARE, [BARE, text(words)])
        page.evaluate(
            """html => {
              const { editor } = document.querySelector(".ProseMirror[role=textbox]")
              editor.commands.setContent(html)
            }""",
            text(words),
        )
        page.evaluate(WATCH)
        times = {"ours": [], "bare": []}
        places = {"ours": ".ProseMirror[role=textbox]", "bare": "div:has(> #bare) > .ProseMirror"}
        for turn in range(4):
            for which, place in places.items():
                found = typed(page, place, keys // 4)
                times[which] += found if turn else []  # the first turn warms up
        browser.close()
    return times


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("base")
    parser.add_argument("name")
    parser.add_argument("password")
    parser.add_argument("--keys", type=int, default=200)
    parser.add_argument("--words", type=int, default=5_000)
    asked = parser.parse_args()
    times = measure(asked.base, asked.name, asked.password, asked.keys, asked.words)
    told = {
        which: {"keys": len(one), "median": round(statistics.median(one), 1), "p95": round(percentile(one, 0.95), 1)}
        for which, one in times.items()
    }
    told["ratio of p95"] = round(told["ours"]["p95"] / told["bare"]["p95"], 2)
    print(json.dumps(told, indent=1))


if __name__ == "__main__":
    main()
