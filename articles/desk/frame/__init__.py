"""The frame of every page: its places, the search over everything, and how the desk meets each person."""
