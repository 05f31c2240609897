"""The moves of a story: from its form, over it, and what it would look like."""
