"""Former addresses of rows, here or on another site."""
