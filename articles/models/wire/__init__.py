"""The origin of rows that were ingested."""
