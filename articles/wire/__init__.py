"""Stories in and out, by the standards of the trade.

    file → reader of its format → Item → intake → database → ninjs → file

`wire/values/item.py` says what a story is on the wire; each format is one module that reads it (pure);
`wire/store/ingest.py` alone stores.
"""
