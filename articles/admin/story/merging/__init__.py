"""A form of a story over whose version somebody else has saved: merged, or asked about on one page.

posted.py reads a posted form as a snapshot and writes one back; articles/publishing/overtaken.py merges; page.py asks.
What comes out is a post upon the newest version, and goes the way of every other: rights, checks, promises, moves.
"""
