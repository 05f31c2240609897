"""An export of WordPress in pieces that tests put together."""

from .wordpress_exports import UPLOADS, category, element, head, meta, photo

SITE = "<wp:base_blog_url>https://a.example</wp:base_blog_url>"
AUTHOR = head("wp:author", author_login="siti", author_display_name="Siti Aminah")


def story(number, text, more=""):
    fields = {
        "title": f"Berita {number}",
        "link": f"https://a.example/2024/01/berita-{number}/",
        "guid": f"https://a.example/?p={number}",
        "dc:creator": "siti",
        "content:encoded": text,
        "wp:post_id": str(number),
        "wp:post_date_gmt": "2024-01-02 03:04:05",
        "wp:post_modified_gmt": "2024-01-03 03:04:05",
        "wp:post_name": f"berita-{number}",
        "wp:status": "publish",
        "wp:post_type": "post",
    }
    return element(fields, more)


STORIES = [
    story(1, "<p>Isi.</p>", meta("_thumbnail_id", "7") + category("Kota", "kota")),
    story(2, f'<p>Isi.</p><img class="wp-image-8" src="{UPLOADS}2024/b-300x200.jpg">', category("Kota", "kota")),
    story(3, '<p>Isi.</p>[gallery ids="8,7"]', meta("_thumbnail_id", "8")),
    story(4, f'<p>Isi.</p><img src="{UPLOADS}2024/c-300x200.jpg" alt="">'),
]
PHOTOS = [
    photo(7, "2024/a.jpg", "Lilin", "Lilin menyala"),
    photo(8, "2024/b.jpg", "Danau", "Danau biru"),
    photo(9, "2024/c.jpg", "Pasar", "Pasar ramai"),
]
