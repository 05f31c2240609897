"""What must hold for any input: Hypothesis tries hundreds. It is not imported in the quick run."""
