"""A page is rendered once, cached, and sent to everybody who asks, until something that it shows has changed.

    change → trigger → touch (numbered) ─┐
    reader → PageCache → store: cached and fresh? ─ yes → the cached bytes
                           └─ no → Django renders it → cached, with the keys of everything it shows

Why it cannot be stale: a page keeps the newest number that was known *before* it was rendered, and the key of every
row and list that it read. A change writes its keys in its own transaction, under a higher number. So a page is fresh
as long as none of its keys has a higher number than its own; a change during rendering makes the page stale at once,
never wrong. A change by the clock has its keys written ahead, with the moment.

`database/invalidation.py`: triggers that say which change touches which keys. `cache/freshness.py`: the invalidations
that a worker knows. `tracking.py`: the dependencies of a page. `database/list_keys.py`: which lists a queryset reads.
`known.py`: what of a query changes a page. `responses.py`: the bytes of a page, in every coding. `cache/lru.py`: the
pages that a worker caches. `fragments.py`: the rails, rendered once for all pages; `rail.py`: their lines, so that no
story stands in two. `cache/cached_rows.py`: rows that many pages show, and their cards. `cache/notify.py`: tells other
hosts to look now. `wsgi.py`: the WSGI application in front of Django's. `style.py`, `scripts.py`: one style sheet and
one script for a page.
"""
