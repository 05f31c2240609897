"""The story's form as paper and panel: where each field stands, and what the page tells while somebody types."""
