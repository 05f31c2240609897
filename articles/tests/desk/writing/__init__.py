"""While somebody writes: what is typed is kept, and who else is there."""
