"""What people saw while something was broken: what was lost, and how long it took until all was well again."""

import collections
import re
import statistics
import time

WELL = {  # {who: statuses that are well}
    "quiet": {200},  # of held pages that nobody changes
    "reader": {200},  # of held pages that an editor changes
    "list": {200},  # of pages that are not held, and searches
    "editor": {200, 302},
    "copy": {200, 429},  # 429: a second has not passed
    "beacon": {204},
}


def is_well(note):
    return note.status in WELL[note.who] and note.how != "stale" and not note.is_stale


def is_wrong(note):
    """Whether a page is older than it may be. Without the database a worker may not have learnt of the last half
    second before (docs/delivery.md): that page says that it is stale."""
    return note.is_stale and note.how != "stale"


def recovery(seen, gone_at):
    """Seconds from the end of the cause to the last request that did not go well; 0 if all of them did."""
    return max((note.at - gone_at for note in seen if note.at >= gone_at and not is_well(note)), default=0.0)


def summary(seen, since, until):
    """{who: words} of the requests between two times."""
    told = {}
    for who in WELL:
        notes = [note for note in seen if note.who == who and since <= note.at < until]
        if notes:
            told[who] = words(notes)
    return told


def words(notes):
    kinds = collections.Counter(kind(note) for note in notes)
    slowest = max(note.took for note in notes)
    return f"{', '.join(f'{count} {name}' for name, count in kinds.most_common())}; slowest {slowest:.1f} s"


def kind(note):
    if note.is_stale:
        return "stale, without the last save" if note.how == "stale" else "OLD"
    if note.status == 0:
        return "not answered"
    if note.how in ("hit", "put together", "miss"):
        return "fresh"
    return note.how if note.how == "stale" else str(note.status)


def lost(newsroom, watch, *, most_reads=0):
    """What was told to be stored and is not: a list of sentences, empty if nothing is lost.

    `most_reads`: how many reads may be missing, where a worker was killed (docs/operating.md, counts of reads).
    """
    told = list(_written(newsroom, watch))
    if watch.beacons:
        told += _reads(newsroom, watch.hired[0], watch.beacons, most_reads)
    return told


def _written(newsroom, watch):
    asked = "Revision.objects.filter(story__in={}).values_list('story', 'snapshot__headline')"
    kept = "WorkingCopy.objects.filter(owner__in={}).values_list('owner', 'headline')"
    busy = watch.hired[:-1]
    saves, copies = asked.format([one["story"] for one in busy]), kept.format([one["user"] for one in busy])
    found = newsroom.rows(f"[list({saves}), list({copies})]")
    for one in busy:
        saved = {number for _at, number in watch.stored[one["name"]]}
        if missing := saved - _numbers(found[0], one["story"], "Nomor"):
            yield f"saves {sorted(missing)} of {one['name']}"
        written = max(_numbers(found[1], one["user"], "Salinan"), default=0)
        if written < watch.copies.get(one["name"], 0):
            yield f"a working copy of {one['name']}: {written} of {watch.copies[one['name']]}"


def _numbers(rows, key, word):
    """The numbers at the end of headlines with this word, of the rows with this key."""
    return {int(re.findall(r"\d+", headline)[-1]) for row, headline in rows if row == key and word in headline}


def _reads(newsroom, one, told, most):
    asked = f"sum(ReadCount.objects.filter(story={one['story']}).values_list('reads', flat=True))"
    end, missing = time.monotonic() + 15, told
    while time.monotonic() < end and missing > 0:
        missing = told - newsroom.rows(asked)
        time.sleep(0.5 if missing > 0 else 0)
    if missing > most:
        yield f"{missing} of {told} reads"


def percentile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * share))] if values else 0.0


def median(values):
    return statistics.median(values) if values else 0.0
