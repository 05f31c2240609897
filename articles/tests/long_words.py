"""A newsroom whose every text is a word or an address without an end, and what a browser must make of it."""

import datetime

from articles.models import Credit, Edition, FollowLink, Person, Policy, Section, Series, StoryPhoto, Tag
from articles.models.correction import Correction, Kind, Reason
from articles.models.label import Label
from articles.models.person import Position, Role
from articles.models.story import State

from .newsroom import PUBLISHED, NewsroomTestCase, make_photo

HOUR = datetime.timedelta(hours=1)
DAY = "/2023/10/19/"


def word(length):
    """One word of so many letters, none of them narrow, as somebody who leans on a key writes it."""
    return ("Pemberitahuanketidakbertanggungjawaban" * 8)[:length]


def address(length):
    return f"https://gorontalo.example/{'berkas_lampiran_' * 20}"[:length]


def mixed(length):
    """Plain words, then one of 200 letters or what is left of them, then an address."""
    return f"Warga menemukan {word(200)} di {address(200)}"[:length]


class LongWords(NewsroomTestCase):
    """The cast of the other tests, and beside it every text that readers and the desk see at its full length."""

    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.name_everything()
        cls.photo = make_photo(
            title=f"{word(156)}.jpg", caption=mixed(900), alt=mixed(300), agency=word(80), photographer=word(120)
        )
        cls.tags = [Tag.objects.create(name=word(100), slug="tag-panjang")]
        cls.tags += [Tag.objects.create(name=f"{address(90)}{number}", slug=f"tag-{number}") for number in range(3)]
        cls.stories = [cls.long_story(number) for number in range(24)]
        cls.whole = cls.stories[20]
        cls.fill(cls.whole)
        cls.withdrawn = cls.long_story(90, state=State.WITHDRAWN, day=PUBLISHED.date(), first_published_at=PUBLISHED)
        told = {"kind": Kind.WITHDRAWAL, "reason": Reason.CHILD, "text": mixed(600), "at": PUBLISHED}
        Correction.objects.create(story=cls.withdrawn, **told)

    @classmethod
    def name_everything(cls):
        texts = {"tagline": mixed(160), "company": word(160), "registration": address(160), "address": mixed(500)}
        Edition.objects.filter(pk=cls.gorontalo.pk).update(
            name=word(120), email=f"{'r' * 60}@{'gorontalo' * 6}.example", phone="+62 435 " * 5, **texts
        )
        cls.gorontalo.refresh_from_db()
        Section.objects.filter(pk=cls.dunia.pk).update(name=word(60), description=address(200))
        cls.inner = Section.objects.create(edition=cls.gorontalo, name=address(60), slug="dalam", parent=cls.dunia)
        Series.objects.filter(pk=cls.perang.pk).update(kicker=address(80), introduction=mixed(600))
        Person.objects.filter(pk=cls.nina.pk).update(name=word(120), title=address(120), bio=mixed(600))
        cls.nina.portrait = make_photo(colour="#112233")
        cls.nina.save()
        Position.objects.create(edition=cls.gorontalo, person=cls.nina, title=word(80))
        FollowLink.objects.create(edition=cls.gorontalo, channel=word(40), url="https://video.example/")
        cls.policy = Policy.objects.create(
            edition=cls.gorontalo, slug="kode", title=word(160), text=cls.body(), dated_on=PUBLISHED.date()
        )

    @classmethod
    def long_story(cls, number, **changes):
        texts = {"kicker": word(80), "standfirst": mixed(500), "place": word(80), "source_line": address(200)}
        headline = f"{number} Hari Ke-{600 + number} dan beritahuan-12345: {mixed(200)}"[:200]
        fields = {"slug": f"kabar-{number}", "tags": cls.tags, "series": cls.perang, "lead_photo": cls.photo, **texts}
        fields |= {"publish_at": PUBLISHED - number * HOUR, "short_headline": mixed(90) if number % 2 else ""}
        label = list(Label)[number % len(Label)]
        return cls.story(headline, label=label, section=cls.dunia if number % 3 else cls.inner, **fields | changes)

    @classmethod
    def body(cls, *nodes):
        """Every block that a text has, each with what does not break."""
        text, link = mixed(420), f'<a href="{address(180)}">{address(180)}</a>'
        return (
            f"<h2>{word(150)}</h2><p>{text} {link}</p><h3>{address(150)}</h3><p><strong>{word(200)}</strong></p>"
            f"<blockquote><p>{word(200)}</p></blockquote><ul><li>{word(200)}</li><li>{link}</li></ul>"
            f"<ol><li>{word(200)}</li></ol>{''.join(nodes)}"
        )

    @classmethod
    def fill(cls, story):
        """A text in two pages with all that may stand beside it."""
        figure = f'<figure data-photo="{cls.photo.uid}"><figcaption>{mixed(500)}</figcaption></figure>'
        related = f'<aside data-story="{cls.stories[1].uid}"></aside>'
        story.body = f"{cls.body(figure, related)}<hr>{cls.body()}"
        story.lead_caption, story.verified_in = mixed(600), cls.stories[2]
        story.is_made_with_ai, story.ai_note, story.is_about_suicide = True, mixed(200), True
        story.updated_at = story.publish_at + HOUR
        story.save()
        for number, role in enumerate((Role.PHOTOGRAPHER, Role.CONTRIBUTOR, Role.TRANSLATOR)):
            person = Person.objects.create(name=address(120 - number), slug=f"orang-{number}")
            Credit.objects.create(story=story, person=person, role=role, order=number)
        for number in range(3):
            photo = make_photo(colour=f"#00{number}000", caption=mixed(400), agency=word(80), photographer=address(120))
            StoryPhoto.objects.create(story=story, photo=photo, caption=[word(300), address(300), ""][number])
        for kind in (Kind.CORRECTION, Kind.REPLY):
            Correction.objects.create(story=story, kind=kind, text=mixed(600), at=PUBLISHED)


# Where letters stand that nobody can read: beyond the window or what clips them, or in a column of one or two letters.
LOST = """() => {
  const found = [], range = document.createRange();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode());) {
    const text = node.data.trim(), holder = node.parentElement;
    if (!text || holder.closest(".unseen, .skip, .visually-hidden, .hidden, script, style, option, textarea")) continue;
    if (!holder.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    let room = { left: 0, right: innerWidth, bottom: Infinity }, scrolls = false, shortened = false;
    for (let outer = holder; outer !== document.documentElement; outer = outer.parentElement) {
      const style = getComputedStyle(outer), box = outer.getBoundingClientRect();
      if (style.textOverflow === "ellipsis" || style.webkitLineClamp !== "none") shortened = true;
      if (/auto|scroll/.test(style.overflowX) && outer.scrollWidth > outer.clientWidth) scrolls = true;
      if (!/hidden|clip/.test(style.overflowX)) continue;
      room = { left: Math.max(room.left, box.left), right: Math.min(room.right, box.right), bottom: box.bottom };
    }
    if (scrolls || shortened) continue;
    range.selectNodeContents(node);
    const lines = [...range.getClientRects()].filter((line) => line.width > 0);
    const cut = lines.some((line) => line.left < room.left - 1 || line.right > room.right + 1);
    const squeezed = text.length > 11 && lines.length * 3 > text.length;
    const where = `${text.slice(0, 60)} (${holder.outerHTML.slice(0, 160)})`;
    if (cut || squeezed) found.push(`${cut ? "cut off" : "squeezed"}: ${where}`);
  }
  return [...new Set(found)];
}"""


def faults_of(page):
    """What is wrong with a page in a browser: wider than its window, or with letters that nobody can read."""
    width, room = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    lost = page.evaluate(LOST)
    if width > room:
        reaches = f"element => Math.abs(element.getBoundingClientRect().right + scrollX - {width}) < 1"
        widest = page.evaluate(f"[...document.querySelectorAll('body *')].findLast({reaches})?.outerHTML") or ""
        lost = [f"{width} pixels in a window of {room}, by {widest[:200]}", *lost]
    return lost
