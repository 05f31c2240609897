"""Stories in and out, by the standards of the trade.

    file → reader of its format → Item → ingest → database → ninjs → file

`wire/values/item.py` defines a story on the wire. Each format has one reader, which is pure. Only `wire/store/` writes
to the database.
"""
