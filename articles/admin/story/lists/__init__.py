"""How the list of stories is asked: its filters, its tabs, and the columns that one may add."""
