"""Notes of the desk on a story, and the links by which people without an account read it and write a note.

writing.py  add, answer, resolve, delete
reading.py  the notes of a story, as threads
links.py    preview links: made, revoked, opened
outside.py  the note of somebody who read by a link
"""
