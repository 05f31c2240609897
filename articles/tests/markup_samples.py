"""Markup that tests of several files read."""

import pathlib

from articles.text import body
from articles.wire.values.item import uid_of

KEPT = {  # what is written: what is stored
    "https://kompas.com/a?b=1#c": "https://kompas.com/a?b=1#c",
    "http://kompas.com": "http://kompas.com",
    " HTTPS://Kompas.com/A ": "https://Kompas.com/A",
    "https:kompas.com": "https://kompas.com",
    "//kompas.com/a": "https://kompas.com/a",
    "/\\kompas.com/a": "https://kompas.com/a",
    "kompas.com/a": "https://kompas.com/a",
    "www.Kompas.com": "https://www.Kompas.com",
    "kompas.com:8080/a": "https://kompas.com:8080/a",
    "kompas.co.id?a=1": "https://kompas.co.id?a=1",
    "redaksi@kompas.com": "mailto:redaksi@kompas.com",
    "mailto:redaksi@kompas.com?subject=Hak%20jawab": "mailto:redaksi@kompas.com?subject=Hak%20jawab",
    "tel:+62 435 821000": "tel:+62435821000",
    "/2023/10/19/damai/": "/2023/10/19/damai/",
    "#bagian": "#bagian",
    "?page=2": "?page=2",
    "https://a.id:8443/b:c": "https://a.id:8443/b:c",
    "https://[2001:db8::1]:80/": "https://[2001:db8::1]:80/",
    "https://bücher.example/ä": "https://bücher.example/ä",
}
REFUSED = [
    "", " ", "javascript:alert(1)", "JavaScript:alert(1)", "java\tscript:alert(1)", "data:text/html,x", "vbscript:x",
    "file:///etc/passwd", "ftp://a.example", "whatsapp://send", "javascript.com:alert(1)", "mailto:", "mailto:redaksi",
    "tel:", "tel:minta", "https://", "https:///", "https://?a", "https://.", "kompas", "berita/2023", "artikel.html",
    "dua kata", "redaksi@", "@kompas.com", "1.500", "https://a.id:99999/", "https://a.id:x/", "//a.id:1:2", "https://[::1",
]  # fmt: skip


SAMPLES = pathlib.Path(__file__).parent / "samples"


def words(any_html):
    return without_signs(body.text(body.clean(any_html)))


def without_signs(text):
    """The words of it, but for what stands between cells and for an empty one."""
    return [word for word in text.split() if word not in ("·", "–")]


def figure(address, caption=""):
    return f'<figure data-photo="{uid_of(address)}"><figcaption>{caption}</figcaption></figure>'


def link(address, words=""):
    return f'<a href="{address}">{words or address}</a>'


A, B = figure("https://a.id/a.jpg"), figure("https://a.id/b.jpg")
IMG_A, IMG_B = '<img src="https://a.id/a.jpg">', '<img src="https://a.id/b.jpg">'
