"""What each kind of story shows beside its text, and how it is told at every link to it."""
