"""Foreign HTML, Markdown and plain text to the HTML of a body. Pure."""
