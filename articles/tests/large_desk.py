"""A desk of any number of stories, made in seconds: what benchmarks/desk.py measures and tests of its lists ask.

Five editions with ten sections each share 200 people with accounts. TribunGorontalo.com has six tenths of the stories.
Half of all stories hold the word COMMON, one in a hundred SELDOM, three RARE. The same rows come every time.
"""

import bisect
import itertools
import json
import random
import uuid

from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils import timezone

from articles.models import (
    AuditEntry,
    Edition,
    Membership,
    Network,
    Owner,
    Person,
    Photo,
    Section,
    Series,
    Story,
    Tag,
)
from articles.text import letters

from .beside_stories import A_DAY, A_MINUTE, AN_HOUR, APART, Beside
from .bulk_rows import insert, next_id, without_triggers

COMMON, SELDOM, RARE = "gubernur", "pelabuhan", "zamrud"
EDITIONS = ["gorontalo", "manado", "palu", "makassar", "ambon"]
SHARES = [0.6, 0.7, 0.8, 0.9, 1.0]  # of the stories, added up
SECTIONS = ["Nasional", "Daerah", "Ekonomi", "Olahraga", "Budaya", "Pemilu", "Desa", "Pasar", "Bola", "Musik"]
PARENTS = {"Pemilu": "Nasional", "Desa": "Daerah", "Pasar": "Ekonomi", "Bola": "Olahraga", "Musik": "Budaya"}
STAFF = [("chief", 1), ("editor", 10), ("photo", 2), ("reporter", 27)]  # of an edition
FREE = 300  # people without an account
TAGS, SERIES = 2_000, 200
# How many of an edition's stories are not simply live, where there are a thousand stories or more.
OPEN = {
    "draft": 60, "submitted": 40, "returned": 10, "approved": 15, "scheduled": 8, "embargoed": 4, "expired": 10,
    "withdrawn": 10,
}  # fmt: skip
AT_ONCE = 10_000
SYLLABLES = (
    ["ba", "di", "ka", "la", "ma", "na", "pa", "ra", "sa", "ta"],
    ["bung", "dar", "kit", "lam", "mun", "nas", "pol", "rin", "sel", "tang"],
)
AGENCIES = ["AFP", "Antara", "Reuters", "Tribun", "AP", ""]
SIZES = [(1600, 1067), (1600, 1067), (1067, 1600), (1200, 1200), (1920, 1080)]
LOOK_ALIKE = 4  # one in as many people shares their name with another


class LargeDesk(Beside):
    """The people, sections, tags and series; `add` makes stories, as often as one likes."""

    def __init__(self, now=None):
        self.now = (now or timezone.now()).replace(second=0, microsecond=0)
        self.rng = random.Random(603)
        self._words()
        with without_triggers():
            self._editions()
            self._people()
            self._shared()

    def add(self, count, photos=None):
        """Stories, oldest first, with all that hangs on them; `photos` of the library, a quarter as many."""
        with without_triggers():
            photos = self._photos(count // 4 if photos is None else photos)
            for stories in self._stories(count, photos):
                insert(Story, stories)
                self._beside(stories, photos)
            insert(AuditEntry, self._audit_entries(count // 2))

    # Words ------------------------------------------------------------------------------

    def _words(self):
        fixture = json.loads((settings.ROOT / "fixtures" / "newsroom.json").read_text())
        bodies = " ".join(row["fields"]["body"] for row in fixture if row["model"] == "articles.story")
        known = sorted({word for word in bodies.lower().split() if word.isalpha()} - {COMMON, SELDOM, RARE})
        begin, end = (
            ["ba", "di", "ka", "la", "ma", "na", "pa", "ra", "sa", "ta"],
            ["bung", "dar", "kit", "lam", "mun", "nas", "pol", "rin", "sel", "tang"],
        )
        made = ["".join(parts) for parts in itertools.product(begin, begin, begin, end)]
        self.rng.shuffle(made)
        self.words = known + made
        self.weights = list(itertools.accumulate(1 / rank for rank in range(1, len(self.words) + 1)))
        self.paragraphs = [self.sentence(40) for _number in range(2_000)]

    def sentence(self, count):
        """Words by Zipf's law, as in any language: a few are everywhere, most are rare."""
        chosen = self.rng.choices(self.words, cum_weights=self.weights, k=count)
        return " ".join(chosen).capitalize()

    def name(self):
        return " ".join(self.rng.choices(self.words, k=2)).title()

    # What there is one of for many stories ----------------------------------------------

    def _editions(self):
        owner, _is_new = Owner.objects.get_or_create(slug="kg-media", defaults={"name": "KG Media"})
        network, _is_new = Network.objects.get_or_create(
            slug="tribunnews", defaults={"owner": owner, "name": "TRIBUNnews.com Network"}
        )
        has_default = Edition.objects.filter(is_default=True).exists()
        self.editions = [
            Edition.objects.get_or_create(slug=slug, defaults={
                "network": network, "name": f"Tribun{slug.title()}.com", "host": f"{slug}.localhost",
                "is_default": not has_default and slug == EDITIONS[0],
            })[0] for slug in EDITIONS
        ]  # fmt: skip
        self.sections = {edition.pk: [] for edition in self.editions}
        for edition in self.editions:
            by_name = {}
            for order, name in enumerate(SECTIONS):
                parent = by_name.get(PARENTS.get(name))
                by_name[name] = Section.objects.create(
                    edition=edition, parent=parent, name=name, slug=f"desk-{name.lower()}", order=order
                )
            self.sections[edition.pk] = list(by_name.values())

    def _people(self):
        self.staff = {edition.pk: {role: [] for role, _count in STAFF} for edition in self.editions}
        user_id, person_id, names = next_id(get_user_model()), next_id(Person), []
        users, memberships, people = [], [], []
        for edition in self.editions:
            for role, count in STAFF:
                for number in range(count):
                    users.append({
                        "id": user_id, "username": f"{role}-{edition.slug}-{number}", "is_staff": True,
                        "is_active": True, "password": "!", "is_superuser": False,
                    })  # fmt: skip
                    section = self.sections[edition.pk][number].pk if role == "editor" else None
                    memberships.append(
                        {"user_id": user_id, "edition_id": edition.pk, "section_id": section, "role": role}
                    )
                    people.append(self._person(person_id, names, user_id))
                    self.staff[edition.pk][role].append((user_id, people[-1]))
                    user_id, person_id = user_id + 1, person_id + 1
        self.outside = [self._person(person_id + number, names) for number in range(FREE)]
        insert(get_user_model(), users)
        insert(Membership, memberships)
        insert(Person, [*people, *self.outside])
        for edition in self.editions:  # without a masthead nothing may be released
            (_user, chief), *_others = self.staff[edition.pk]["chief"]
            Edition.objects.filter(pk=edition.pk).update(
                responsible=chief["id"], company=f"PT {edition.name}", address="Jalan Contoh 1"
            )

    def _person(self, key, names, user_id=None):
        name = self.rng.choice(names) if names and key % LOOK_ALIKE == 0 else self.name()
        names.append(name)
        slug = f"{letters.slug(name, 80)}-{key}"
        return {"id": key, "uid": self.uid(), "name": name, "slug": slug, "title": "", "user_id": user_id}

    def uid(self):
        return uuid.UUID(int=self.rng.getrandbits(128), version=4)

    def _shared(self):
        first = next_id(Tag)
        self.tags = [self._tag(number) for number in range(first, first + TAGS)]
        self.tag_weights = list(itertools.accumulate(1 / rank for rank in range(1, TAGS + 1)))
        insert(Tag, self.tags)
        first, kickers = next_id(Series), [self.name() for _number in range(SERIES // 2)]
        self.series = [
            {"id": first + number, "uid": self.uid(), "kicker": kicker, "slug": f"desk-rangkaian-{first + number}",
             "day_one": None, "introduction": ""}
            for number, kicker in enumerate([*kickers, *kickers])
        ]  # fmt: skip
        insert(Series, self.series)

    def _tag(self, key):
        name = f"{self.name()} {key}"
        return {
            "id": key, "uid": self.uid(), "name": name, "slug": letters.slug(name, 90), "folded": letters.folded(name)
        }  # fmt: skip

    # Stories ----------------------------------------------------------------------------

    def _photos(self, count):
        first, at = next_id(Photo), self.now - count * 4 * APART
        rows = [self._photo(first + number, at + number * 4 * APART) for number in range(count)]
        insert(Photo, rows)
        return rows

    def _photo(self, key, at):
        rng, (width, height) = self.rng, self.rng.choice(SIZES)
        lacks = rng.random()
        people = self.name()
        return {
            "id": key, "uid": self.uid(), "file": f"originals/desk-{key % 24}.jpg", "hash": f"{key:032x}",
            "width": width, "height": height, "file_size": 250_000, "title": self.sentence(6),
            "caption": "" if lacks < 0.02 else self.sentence(14), "alt": "" if lacks < 0.05 else self.sentence(8),
            "agency": "" if lacks < 0.01 else rng.choice(AGENCIES),
            "photographer": "" if lacks < 0.01 else rng.choice(self.outside)["name"], "people": people,
            "keywords": f"{self.sentence(3)}, {COMMON if key % 2 else people}", "place": self.sentence(1),
            "rights_end_at": at + 400 * A_DAY if lacks > 0.98 else None, "added_at": at,
        }  # fmt: skip

    def _stories(self, count, photos):
        """Lists of rows."""
        first, standings = next_id(Story), self._standings(count, self._open_shares(count))
        for begin in range(0, count, AT_ONCE):
            numbers = range(begin, min(count, begin + AT_ONCE))
            yield [self._story(first + number, count - number - 1, photos, standings) for number in numbers]

    def _open_shares(self, count):
        few = min(1, count / 1_000)
        return {standing: max(1, int(each * few)) for standing, each in OPEN.items()}

    def _standings(self, count, shares):
        """{age of a story, from 0 for the newest: (edition, standing)}; the others are live."""
        newest = iter(range(count))
        wanted = [
            (edition, standing)
            for standing, each in shares.items() for _number in range(each) for edition in self.editions
        ]  # fmt: skip
        self.rng.shuffle(wanted)
        return {age: one for one, age in zip(wanted, newest, strict=False)}

    def _story(self, key, age, photos, standings):
        rng, at = self.rng, self.now - (age + 1) * APART
        edition, standing = standings.get(age, (None, "live"))
        edition = edition or self.editions[bisect.bisect(SHARES, rng.random() * 0.9999)]
        headline = f"{self.sentence(9)} {key}"
        words = [COMMON] * (key % 2) + [SELDOM] * (key % 100 == 0) + [RARE] * (age in (3, 40, 50))
        photo = photos[min(len(photos) - 1, int(rng.random() ** 2 * len(photos)))] if photos else None
        paragraphs = [f"<p>{paragraph}</p>" for paragraph in rng.sample(self.paragraphs, 6)]
        if photo and key % 20 == 0:
            paragraphs.insert(3, f'<figure data-photo="{photo["uid"]}"></figure>')
        return {
            "id": key, "uid": self.uid(), "edition_id": edition.pk,
            "section_id": rng.choice(self.sections[edition.pk]).pk,
            "series_id": rng.choice(self.series)["id"] if key % 10 == 0 else None,
            "headline": headline, "slug": f"berita-{key}", "standfirst": f"{self.sentence(16)} {' '.join(words)}",
            "body": "".join(paragraphs), "lead_photo_id": photo and photo["id"], "urgency": rng.randint(1, 9),
            "place": "Gorontalo" if key % 3 else "", "version": 2, "changed_at": at, "updated_at": None,
            "label": "opinion" if key % 50 == 0 else "news",
            **self._times(standing, at, edition, rng.random()),
        }  # fmt: skip

    def _times(self, standing, at, edition, chance):
        """State and times of a standing; `chance` from 0 to 1 spreads those to come over the next days."""
        soon = self.now + AN_HOUR + chance * 12 * A_DAY
        times = {
            "state": "released", "publish_at": at, "embargo_until": None, "expires_at": None,
            "day": edition.day(at), "first_published_at": at,
        }  # fmt: skip
        match standing:
            case "draft" | "submitted" | "returned" | "approved":
                return {
                    **times, "state": standing, "publish_at": None, "day": None, "first_published_at": None
                }  # fmt: skip
            case "scheduled":
                return {**times, "publish_at": soon, "day": edition.day(soon), "first_published_at": None}
            case "embargoed":
                return {**times, "embargo_until": soon, "day": edition.day(soon), "first_published_at": None}
            case "expired":
                return {**times, "expires_at": at + A_MINUTE}
            case "withdrawn":
                return {**times, "state": "withdrawn"}
        return times
