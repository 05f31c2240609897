"""The pages and rows that a worker caches, and how it learns that they changed."""
