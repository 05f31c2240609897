"""Notes of the desk on stories and their passages, and the people outside who read a story by a link."""
