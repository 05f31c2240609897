"""What a worker may keep of rows and pages, and how it learns that they changed."""
