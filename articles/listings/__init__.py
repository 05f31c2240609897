"""Which stories stand in a list, and in which order: rails, front page, days, search, pages of a list."""
