"""Secrets of second factors are encrypted at rest: whoever has a copy of the database alone can make no codes.

The key is made of FACTOR_KEY, or of SECRET_KEY where that is not set. Earlier keys (FACTOR_KEY_FALLBACKS, SECRET_KEY
and its fallbacks) still read what they wrote; `manage.py encrypt_factors` writes it anew with the first key.
"""

import base64
import functools

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

Unreadable = InvalidToken


def encrypt(text):
    return _box(_keys()).encrypt(text.encode()).decode()


def decrypt(stored):
    """Raises Unreadable if no key of the settings wrote it."""
    return _box(_keys()).decrypt(stored.encode()).decode()


def renewed(stored):
    """The same secret, encrypted with the first key."""
    return _box(_keys()).rotate(stored.encode()).decode()


def _keys():
    own = [settings.FACTOR_KEY, *settings.FACTOR_KEY_FALLBACKS]
    return tuple(filter(None, [*own, settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]))


@functools.lru_cache(4)
def _box(keys):
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_derived(key))) for key in keys])


def _derived(key):
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"articles.sign_in.factors").derive(key.encode())
