"""The history of stories: its list, and what changed from one revision to the next."""
