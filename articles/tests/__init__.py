"""Tests, in folders by their subject:

api          the read-only API: answers, their description, cursors, the page cache
backup       backups made, restored and compared; the public site as files
database     constraints, triggers, texts on every way in, races, migrations and updates from the release before
delivery     the page cache, freshness, fragments, queries a page, `serve`
desk         lists, forms, rights, sign-in, the audit log, import
frame        the bar, the search, the words and the times on every page of the desk
hostile      what strangers and colleagues may send: junk, scripts, bombs, forms of other sites; nothing fetched
photos       uploads, what a file says of itself, renditions, rights, the library
properties   what must hold for any input, by hundreds of examples each
publishing   transitions, checks, embargo, corrections, revisions, scheduled changes
reader       pages, lists, feeds, search, HTML and accessibility, styles
releases     databases of earlier releases, to be migrated
running      commands, docs, the tree of floors, translations, every link, attacks
samples      files of other systems
search       tables of questions, stems and misspellings, and what search makes of them
wire         formats in and out, imports, the backup

Modules beside them are shared: `newsroom.py` is the cast, `cases.py` has the kinds of test case.
"""
