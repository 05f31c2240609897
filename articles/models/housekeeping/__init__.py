"""Rows that the software keeps for itself: what changed for pages, how often somebody tried."""
