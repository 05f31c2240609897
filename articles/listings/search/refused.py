class Refused(ValueError):
    """A question that cannot be asked; its text is a sentence for whoever asks."""
