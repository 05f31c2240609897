"""What the few scripts of readers do, and what they keep in the browser."""
