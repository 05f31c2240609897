"""What somebody is told at the desk: the page with all of it, the count in the frame, and whether it has changed.

pages.py    the page, and the way from a notice to what it is about
lines.py    the notices as a page shows them
polled.py   the count, which every open page asks for every few seconds
tasks.py    what workers gave up, to be tried again
mailing.py  when somebody is told by e-mail: part of the page of preferences
"""
