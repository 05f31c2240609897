"""A page is printed once, held, and given to everybody who asks, until something that it shows has changed.

    change → trigger → touch (numbered) ─┐
    reader → press → store: held and good? ─ yes → the held bytes
                       └─ no → Django prints it → held, with the keys of all that it shows

Why it cannot be stale: a page remembers the newest number that it knew *before* it was printed, and the key of every
row it read and of every list it asked. A change writes its keys in its own transaction, under a higher number. So a
page is good as long as none of its keys bears a higher number than its own; what changes while it is being printed
makes it old at once, never wrong. What changes by the clock has its keys written ahead, with the moment.

`database/invalidation.py`: which change touches which keys, as triggers. `cache/freshness.py`: what was touched, as one
worker knows it. `tracking.py`: what a page reads while it is printed. `database/list_keys.py`: which lists a queryset
reads. `responses.py`: the bytes of a page, in every coding. `cache/lru.py`: the pages that a worker holds.
`fragments.py`: the rails, printed once for all pages. `cache/cached_rows.py`: the rows that many pages show, and their
cards, by the same rule. `cache/notify.py`: tells other hosts to look now. `wsgi.py`: the WSGI application in front of
Django's.
"""
