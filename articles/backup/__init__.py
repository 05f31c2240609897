"""The whole newsroom kept elsewhere, and back again: `manage.py backup`, `restore` and `restore_drill`.

    DIR or s3://bucket/folder
        salt                              of the passphrase; none in a plain one
        originals/ab/abcd…                files of photos, each once, whichever backups name it
        20261130T211500Z/                 one backup
            database.jsonl.gz             every table: a line that names its columns, then a line for each row
            originals.jsonl.gz            the name of each original, and which file of originals/ it is
            manifest.json                 release, migrations, counts, sizes and hashes: written last

A folder without a manifest is no backup: it was interrupted, and the next run removes it. All files but `salt` are
encrypted, unless it was asked for plain ones; the form of the rows is the same for SQLite and PostgreSQL, so a backup
of the one is restored into the other.

`tables.py`: rows out and in. `sealed.py`: encryption. `copies.py`: what lies in such a folder. `making.py`,
`restoring.py`, `drill.py`: the commands. `takeout/`: a newsroom without its secrets.
"""
