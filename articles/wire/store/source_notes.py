"""Notes that parts of an export contain for each other's posts, from this run and from earlier runs."""

import itertools

from articles.models import SourceNote
from articles.models.wire.shaped_fields import NOTES

from ..wordpress import wxr_known

LONGEST = 300  # letters of a site or a key that is kept
BATCH = 500


class Sources(wxr_known.Others):
    """The notes for the readers of one run. `sites`: the sites of its files; `has_news`: a dry run found new notes.

    Notes of this run have priority over earlier ones. A dry run stores nothing.
    """

    def __init__(self, options):
        super().__init__()
        self.options, self.earlier, self.sites = options, wxr_known.Others(), set()
        self.has_news = False

    def close(self):
        super().close()
        self.earlier.close()

    def get(self, key, default=None):
        value = super().get(key)
        return self.earlier.get(key, default) if value is None else value

    def between(self, first, last):
        return self.earlier.between(first, last) | super().between(first, last)

    def learn(self, known):
        """Load the earlier notes on the site of a file, and store the new notes of the file."""
        if not known.site or len(known.site) > LONGEST or self.options.home is None:
            return
        if known.site not in self.sites:
            self.sites.add(known.site)
            stored = SourceNote.objects.filter(edition=self.options.home, site=known.site).order_by("pk")
            _add(self.earlier, known.site, map(_as_note, stored.iterator()))
        _add(self, known.site, _kept_notes(known))
        new = (note for note in _kept_notes(known) if self.earlier.get(f"{known.site} {note[0]}") != note[1])
        if self.options.is_dry:
            self.has_news = self.has_news or any(new)
        else:
            self._store(known.site, new)

    def _store(self, site, notes):
        home = self.options.home
        rows = (SourceNote(edition=home, site=site, key=key, told={_kind(key): value}) for key, value in notes)
        for batch in itertools.batched(rows, BATCH):
            SourceNote.objects.bulk_create(
                batch, update_conflicts=True, unique_fields=["edition", "site", "key"], update_fields=["told"]
            )


def _kept_notes(known):
    return (note for note in known.every() if _kind(note[0]) in NOTES and len(note[0]) <= LONGEST)


def _kind(key):
    return key.partition(" ")[0]


def _as_note(note):
    """(key, value) as a reader gives it."""
    ((kind, value),) = note.told.items()
    return f"{kind} {note.key.partition(' ')[2]}", value


def _add(notes, site, pairs):
    """Add notes of a site. The first note of a key stays."""
    notes.under = site
    for key, value in pairs:
        if key.startswith("photo "):
            notes.keep_photo(key.removeprefix("photo "), value)
        else:
            notes.put(key, value)
