"""Work that need not be done at once: `django.tasks`, kept in a table of the newsroom's own database.

backend.py  writes a task in the transaction of the act that asks for it
queue.py    how much waits and since when, what was given up, and another try for it
worker.py   runs what waits: at least once each, again after a failure, and never for ever
"""
