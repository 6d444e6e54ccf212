"""The installation's keys, as the apps use them."""

from functools import cache

from django.conf import settings

from mtvp.privacy.encryption import Cipher


@cache
def cipher() -> Cipher:
    """Encrypts with the newest key and decrypts with all of them."""
    return Cipher(tuple(settings.ENCRYPTION_KEYS))


def hash_secret() -> bytes:
    """The secret behind the keyed hash of patients' numbers."""
    return str(settings.HASH_KEY).encode()
