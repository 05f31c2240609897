"""Stories in and out, by the standards of the trade.

    file → reader of its format → Item → intake → database → ninjs → file

`item.py` says what a story is on the wire; each format is one module that reads it (pure); `intake.py` alone stores.
"""
