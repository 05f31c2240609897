"""RSS, Atom and JSON Feed."""

from .reader import read

__all__ = ["read"]
