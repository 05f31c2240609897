"""Files of any size, read as they come: JSON, XML, and a table on disk for the rest. Every reader is bounded."""
