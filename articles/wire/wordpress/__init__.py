from .reader import read, read_again

__all__ = ["read", "read_again"]
