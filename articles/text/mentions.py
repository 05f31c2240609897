"""The people whom a note names: "@" and the name of a sign-in. Pure."""

import re

_NAMED = re.compile(r"(?<![\w@.+-])@([\w@.+-]{1,150})")


def named(text):
    """The names of sign-ins that may be meant, each once; the sign that ends a sentence is none of a name."""
    return list(dict.fromkeys(found.rstrip(".-+@") for found in _NAMED.findall(text) if found.rstrip(".-+@")))
