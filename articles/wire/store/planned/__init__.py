"""What the wire tells of things to come: they are planned, not published."""
