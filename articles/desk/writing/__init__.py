"""While somebody writes: what they have typed and not saved, and who else has the form open."""
