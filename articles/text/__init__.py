"""Work on text: cleaning, splitting, searching, comparing. Pure: no model, no request, no database."""
