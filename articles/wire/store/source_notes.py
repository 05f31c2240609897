"""What parts of exports tell of each other's posts: those of one run, and those that came in earlier ones."""

import itertools

from articles.models import SourceNote
from articles.models.wire.shaped_fields import NOTES

from ..wordpress import wxr_known

LONGEST = 300  # letters of a site or a key that is kept
BATCH = 500


class Sources(wxr_known.Others):
    """For the readers of one run. `sites`: of which it has read anything; `has_news`: whether a dry run found more.

    What files of this run tell goes before what came earlier. A dry run stores nothing.
    """

    def __init__(self, wanted):
        super().__init__()
        self.wanted, self.earlier, self.sites = wanted, wxr_known.Others(), set()
        self.has_news = False

    def close(self):
        super().close()
        self.earlier.close()

    def told(self, key, otherwise=None):
        found = super().told(key)
        return self.earlier.told(key, otherwise) if found is None else found

    def between(self, first, last):
        return self.earlier.between(first, last) | super().between(first, last)

    def learn(self, known):
        """Recall what came of the site of a file earlier, and keep for later what the file tells."""
        if not known.site or len(known.site) > LONGEST or self.wanted.home is None:
            return
        if known.site not in self.sites:
            self.sites.add(known.site)
            stored = SourceNote.objects.filter(edition=self.wanted.home, site=known.site).order_by("pk")
            _add(self.earlier, known.site, map(_as_told, stored.iterator()))
        _add(self, known.site, _kept(known))
        new = (note for note in _kept(known) if self.earlier.told(f"{known.site} {note[0]}") != note[1])
        if self.wanted.is_dry:
            self.has_news = self.has_news or any(new)
        else:
            self._store(known.site, new)

    def _store(self, site, told):
        home = self.wanted.home
        rows = (SourceNote(edition=home, site=site, key=key, told={_kind(key): value}) for key, value in told)
        for batch in itertools.batched(rows, BATCH):
            SourceNote.objects.bulk_create(
                batch, update_conflicts=True, unique_fields=["edition", "site", "key"], update_fields=["told"]
            )


def _kept(known):
    return (note for note in known.every() if _kind(note[0]) in NOTES and len(note[0]) <= LONGEST)


def _kind(key):
    return key.partition(" ")[0]


def _as_told(note):
    """(key, told) as a reader tells it."""
    ((kind, told),) = note.told.items()
    return f"{kind} {note.key.partition(' ')[2]}", told


def _add(notes, site, told):
    """What is told first of a thing stays."""
    notes.under = site
    for key, value in told:
        if key.startswith("photo "):
            notes.keep_photo(key.removeprefix("photo "), value)
        else:
            notes.put(key, value)
