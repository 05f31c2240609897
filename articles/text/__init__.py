"""Work on text: cleaning, splitting, finding, comparing. Pure: no model, no request, no database."""
