"""The story on the desk: form, list, transitions, agenda, import."""
