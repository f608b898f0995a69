"""Secrets of second factors, unreadable in the database and its copies without the site's own key."""

from base64 import b32encode, urlsafe_b64encode
from hashlib import sha256
from secrets import token_bytes

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


def encrypt(text: str) -> str:
    return _keys().encrypt(text.encode()).decode()


def decrypt(encrypted: str) -> str:
    """The secret; one that nobody knows where the key it was written with is gone."""
    try:
        return _keys().decrypt(encrypted.encode()).decode()
    except InvalidToken:
        return b32encode(token_bytes(20)).decode()


def _keys() -> MultiFernet:
    """The present key writes, the former ones still read."""
    known: list[str] = [str(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    return MultiFernet(Fernet(urlsafe_b64encode(sha256(f"second factors {key}".encode()).digest())) for key in known)
