"""Photos of the library that show what another shows: cut, mirrored, smaller."""
