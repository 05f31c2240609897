"""The story as readers will see it, as it stands in its form: nothing is written."""
