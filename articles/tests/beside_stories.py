"""What hangs on the stories of a large desk (large_desk.py): credits, tags, gallery, corrections, revisions, reads."""

import datetime

from articles.models import (
    Address,
    Correction,
    Credit,
    Note,
    Notice,
    ReadCount,
    Revision,
    StoryPhoto,
    TaggedStory,
)

from .bulk_rows import insert

WITH_HISTORY = datetime.timedelta(days=5)  # younger stories have a revision for each of their moves
A_MINUTE, AN_HOUR, A_DAY = (datetime.timedelta(**{unit: 1}) for unit in ("minutes", "hours", "days"))
APART = 7 * A_MINUTE


class Beside:
    """For LargeDesk, whose people, tags and dice it uses."""

    def _beside(self, stories, photos):
        insert(Credit, self._credits(stories))
        insert(Revision, self._revisions(stories))
        insert(TaggedStory, self._tag_links(stories))
        insert(StoryPhoto, self._gallery(stories, photos))
        insert(Correction, self._corrections(stories))
        insert(Address, [
            {"story_id": row["id"], "edition_id": row["edition_id"], "day": row["day"], "slug": f"dulu-{row['id']}"}
            for row in stories if row["day"] and row["id"] % 200 == 0
        ])  # fmt: skip
        insert(ReadCount, self._read_counts(stories))
        insert(Note, self._notes(stories))
        insert(Notice, self._notices(stories))

    def _notes(self, stories):
        """On every second story, by its editor."""
        for row in stories:
            if row["id"] % 2:
                yield {
                    "uid": self.uid(), "story_id": row["id"], "author_id": self._editor(row)[0], "text": "Cek lagi.",
                    "made_at": row["changed_at"],
                }  # fmt: skip

    def _notices(self, stories):
        """Of each note, to its reporter; one in forty is not seen."""
        for row in stories:
            if row["id"] % 2:
                yield {
                    "to_id": self._reporter(row)[0], "kind": "noted", "story_id": row["id"], "at": row["changed_at"],
                    "by_id": self._editor(row)[0], "seen_at": row["changed_at"] if row["id"] % 40 > 1 else None,
                }  # fmt: skip

    def _read_counts(self, stories):
        hour = self.now.replace(minute=0)
        for row in stories:
            if row["first_published_at"] and row["changed_at"] > self.now - 2 * A_DAY:
                for number in range(24):
                    yield {"story_id": row["id"], "hour": hour - number * AN_HOUR, "reads": row["id"] % 97 + number}

    def _reporter(self, row):
        """(id of the account, row of the person) who wrote a story."""
        reporters = self.staff[row["edition_id"]]["reporter"]
        return reporters[row["id"] % len(reporters)]

    def _editor(self, row):
        editors = self.staff[row["edition_id"]]["editor"]
        return editors[row["id"] % len(editors)]

    def _linked(self, row):
        """The columns that a trigger copies from the story: here it would do so row by row."""
        times = [time for time in (row["publish_at"], row["embargo_until"]) if time]
        return {"edition_id": row["edition_id"], "live_from": max(times) if row["publish_at"] else None}

    def _credits(self, stories):
        for row in stories:
            linked = self._linked(row)
            for order, (role, (_user, person)) in enumerate(
                [("author", self._reporter(row)), ("editor", self._editor(row))]
            ):
                yield {"story_id": row["id"], "person_id": person["id"], "role": role, "order": order, **linked}

    def _tag_links(self, stories):
        for row in stories:
            linked = self._linked(row)
            chosen = self.rng.choices(self.tags, cum_weights=self.tag_weights, k=3)
            for order, key in enumerate(dict.fromkeys(tag["id"] for tag in chosen)):
                yield {"content_object_id": row["id"], "tag_id": key, "order": order, **linked}

    def _gallery(self, stories, photos):
        for row in stories if photos else ():
            if row["id"] % 20 == 0:
                for order, photo in enumerate(self.rng.sample(photos, min(2, len(photos)))):
                    yield {"story_id": row["id"], "photo_id": photo["id"], "order": order, "caption": ""}

    def _corrections(self, stories):
        for row in stories:
            about = {"uid": self.uid(), "story_id": row["id"], "at": row["changed_at"] + AN_HOUR}
            if row["state"] == "withdrawn":
                yield {**about, "kind": "withdrawal", "reason": "other", "text": "Keliru.", "by_id": None}
            elif row["first_published_at"] and row["id"] % 200 == 1:
                yield {**about, "kind": "correction", "reason": "", "text": "Ralat nama.", "by_id": None}

    def _revisions(self, stories):
        """The first save of each story; for the newest also what became of it."""
        for row in stories:
            is_new = row["changed_at"] > self.now - WITH_HISTORY
            moves = ["saved", "submitted"] if is_new and row["state"] != "draft" else ["saved"]
            if is_new and row["first_published_at"]:
                moves.append("released")
            for count, move in enumerate(moves, 1):
                yield self._revision(row, count, move)

    def _revision(self, row, number, move):
        user, _person = self._editor(row) if move == "released" else self._reporter(row)
        snapshot = {
            "headline": row["headline"], "standfirst": row["standfirst"], "body": row["body"], "credits": [],
            "tags": [], "gallery": [], "names": {},
        }  # fmt: skip
        at = row["changed_at"] + number * A_MINUTE
        return {
            "story_id": row["id"], "number": number, "move": move, "snapshot": snapshot, "by_id": user, "at": at,
            "note": "", "previous_hash": "",
        }  # fmt: skip

    def _audit_entries(self, count):
        for number in range(count):
            edition = self.editions[number % len(self.editions)]
            yield {
                "uid": self.uid(), "action": "signed_in" if number % 3 else "changed", "account":
                f"reporter-{edition.slug}-{number % 27}", "kind": "account", "key": f"reporter-{number % 27}",
                "edition": "" if number % 3 else edition.slug, "fields": "", "network": "203.0.113.0/24",
                "written_at": self.now - (count - number) * APART,
            }  # fmt: skip
