"""The fields of the desk's forms."""
