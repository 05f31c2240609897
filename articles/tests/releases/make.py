"""Makes the database of a release, and what readers got of it, for test_upgrade.py. Run once, when a release is made.

In a checkout of the release, with DATABASE_URL naming an empty database, and on PostgreSQL with its `pg_dump`:

    VAR=$(mktemp -d) python …/articles/tests/releases/make.py 0.1.0

It writes 0.1.0.sqlite3.xz or 0.1.0.postgresql.sql.xz, and 0.1.0.json, beside itself. A part of the fixture is loaded,
and by the release's own moves what a desk leaves behind: revisions, a change that waits, corrections, former addresses.
"""

import datetime
import json
import lzma
import os
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE), str(pathlib.Path.cwd())]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
READING = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)
KEPT = {
    "c1edd65d", "5b25ddd3", "3d5bcdef", "5a06cdba", "c9950846", "a4bcb373", "28bf4dc6", "0646a5f2", "4d1fb1ff",
    "241966a3", "9537d4b6", "f197b880", "639cc5f3", "46c2457d", "26f92cda", "3749b376", "83f2fa52", "07232375",
}  # fmt: skip


def fill():
    """The part of the fixture, then what a desk did with it."""
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    from articles.models import Membership, Photo, Story, Tag

    call_command("collectstatic", verbosity=0)
    call_command("migrate", verbosity=0)
    call_command("loaddata", "newsroom", verbosity=0)
    for story in Story.objects.all():
        if str(story.uid)[:8] not in KEPT:
            story.delete()
    Tag.objects.filter(links__isnull=True).delete()
    Photo.objects.filter(led_stories=None, uses=None, portrait_of=None, logo_of=None).exclude(
        uid__in=[uid for story in Story.objects.all() for uid in story.photos_in_text.values_list("uid", flat=True)]
    ).delete()
    make = get_user_model().objects.create_user
    chief, reporter = make("ketua", is_staff=True), make("wartawan", is_staff=True)
    story = Story.objects.get(uid__startswith="c9950846")
    Membership.objects.create(user=chief, edition=story.edition, role="chief")
    Membership.objects.create(user=reporter, edition=story.edition, section=story.section, role="reporter")
    work(chief, reporter)


def work(chief, reporter):
    """A day at the desk: each kind of row that hangs on a story."""
    from articles import publishing
    from articles.models import Arrival, OldAddress, Person, Story

    at = READING - 3 * HOUR
    draft = Story.objects.get(uid__startswith="4d1fb1ff")
    publishing.record(draft, reporter, at)
    publishing.submit(draft, reporter, at)
    publishing.return_to_writer(draft, chief, at, "Tambah tanggapan dinas.")
    publishing.submit(draft, reporter, at)
    publishing.release(draft, chief, at, acknowledged=[doubt.key for doubt in publishing.doubts(draft, at)])

    moved = Story.objects.get(uid__startswith="c9950846")
    publishing.record(moved, chief, at)
    before = Story.objects.get(pk=moved.pk)
    moved.slug, moved.headline = "jembatan-bone-satu-lajur-dibuka", "Jembatan Bone Hari Ke-81: Satu Lajur Dibuka"
    publishing.changed(moved, before, at)
    moved.save()
    publishing.record(moved, chief, at)
    publishing.correct(moved, chief, at + HOUR, "correction", "Panjang jembatan 120 meter, bukan 210 meter.")
    publishing.bring_back(moved.revisions.get(number=1), chief, at + HOUR)

    waits = Story.objects.for_page().get(uid__startswith="5a06cdba")
    other = Person.objects.exclude(credits__story=waits).order_by("pk").first()
    wanted = publishing.snapshot(waits)
    wanted |= {"standfirst": "Pengerukan dilanjutkan bersama nelayan.", "tags": wanted["tags"][:2], "series": None}
    wanted["credits"] = [*wanted["credits"], [other.slug, "contributor"]]
    publishing.schedule_change(waits, chief, at, wanted, READING + 2 * HOUR)

    gone = Story.objects.get(uid__startswith="3d5bcdef")
    publishing.withdraw(gone, chief, at, "child")
    came = Story.objects.get(uid__startswith="07232375")
    Arrival.objects.create(story=came, uri="kantor-berita:7", digest="0" * 32, story_version=came.version, taken_at=at)
    OldAddress.objects.create(story=came, edition=came.edition, path="/?p=603")
    OldAddress.objects.create(story=came, edition=came.edition, path="/berita/feri-wakai.html")


def spoil():
    """Rows that this release took and could not show: in a newsroom of their own, so that they spoil no other page."""
    from articles.models import Credit, Edition, Network, Person, Section, Story, Tag, TaggedStory

    network = Network.objects.create(owner_id=Network.objects.first().owner_id, name="Jaringan Lama", slug="lama")
    edition = Edition.objects.create(network=network, name="Warta Lama", slug="lama", host="lama.localhost")
    section = Section.objects.create(edition=edition, name="Berita", slug="berita")
    tags = [("Pelé", "pelé"), ("rusia", "rusia_1")]
    pele, small = [Tag.objects.create(name=name, slug=slug) for name, slug in tags]
    author, editor = Person.objects.order_by("pk")[:2]
    rows = [
        ("kenangan-sang-raja", "Kenangan Sang Raja", "Sepak bola berduka.", [pele]),
        ("dua-rusia", "Dua Label, Satu Negara", "Dua label untuk satu hal.", [Tag.objects.get(name="Rusia"), small]),
        ("baris-word", "Naskah dari Word", "Baris pertama.\u000bBaris kedua.", []),
        ("kapal sandar lagi", "Kapal Sandar Lagi", "Kapal barang kembali.", []),
    ]
    for hours, (slug, headline, standfirst, tagged) in enumerate(rows, 1):
        at = READING - hours * HOUR
        story = Story.objects.create(
            edition=edition,
            section=section,
            slug=slug,
            headline=headline,
            standfirst=standfirst,
            body="<p>Isi berita.</p>",
            state="released",
            publish_at=at,
            first_published_at=at,
            day=edition.day(at),
        )
        Credit.objects.create(story=story, person=author, role="author")
        Credit.objects.create(story=story, person=editor, role="editor", order=1)
        for order, tag in enumerate(tagged):
            TaggedStory.objects.create(content_object=story, tag=tag, order=order)


def expected():
    """What the release answers, and its revisions' hashes, by which the test knows them again."""
    import reading
    import time_machine

    from articles.models import Edition, OldAddress, Revision, Story

    with time_machine.travel(READING, tick=False):
        starts = [
            edition.absolute(path) for edition in Edition.objects.all() for path in ("/", "/robots.txt", "/feed/")
        ]
        starts += [story.edition.absolute(story.get_absolute_url()) for story in Story.objects.all() if is_plain(story)]
        starts += [old.edition.absolute(old.path) for old in OldAddress.objects.all()]
        starts += [a.edition.absolute(str(a)) for story in Story.objects.all() for a in story.former_addresses.all()]
        pages = reading.crawl(*starts)
    own = {digest for story in Story.objects.all() for digest in reading.digests(story.standfirst, story.body)}
    for page in pages.values():
        if words := [digest for digest in page.pop("words", []) if digest in own]:
            page["words"] = words
    hashes = {f"{one.story.uid} {one.number}": one.hash for one in Revision.objects.select_related("story", "by")}
    return {"read_at": READING.isoformat(), "pages": pages, "revisions": hashes}


def told(found):
    """As JSON, a line a page."""
    pages = [f"  {_json(address)}: {_json(page)}" for address, page in sorted(found.pop("pages").items())]
    rest = [f" {_json(name)}: {_json(value)},\n" for name, value in sorted(found.items())]
    return "{\n" + "".join(rest) + ' "pages": {\n' + ",\n".join(pages) + "\n }\n}\n"


def _json(value):
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def is_plain(story):
    return bool(story.day) and re.fullmatch(r"[\w-]+", story.slug)


def dump(name):
    from django.db import connection

    if connection.vendor == "sqlite":
        connection.cursor().execute("VACUUM INTO %s", [f"{name}.sqlite3"])
        made = pathlib.Path(f"{name}.sqlite3")
        content, path = made.read_bytes(), HERE / f"{name}.sqlite3.xz"
        made.unlink()
    else:
        database = connection.settings_dict
        command = ["pg_dump", "--inserts", "--rows-per-insert=100", "--no-owner", "--no-privileges"]
        command += ["-h", database["HOST"], "-p", str(database["PORT"]), "-U", database["USER"], database["NAME"]]
        written = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        plain = re.sub(r"^\\.*\n", "", written, flags=re.MULTILINE)  # commands to psql, which psycopg does not know
        content, path = plain.encode(), HERE / f"{name}.postgresql.sql.xz"
    path.write_bytes(lzma.compress(content, preset=9 | lzma.PRESET_EXTREME))
    sys.stdout.write(f"{path}: {path.stat().st_size} bytes\n")


def main(name):
    import django

    django.setup()
    fill()
    spoil()
    (HERE / f"{name}.json").write_text(told(expected()))
    dump(name)


if __name__ == "__main__":
    main(sys.argv[1])
