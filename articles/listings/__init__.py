"""Lists of stories and their order: rails, front page, days, search, pages of a list."""
