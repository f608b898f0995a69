"""The key that signs heads, exports and statements: one half in the database, the private one in a file outside it.

A key that succeeds another is signed by it, and the former one still verifies
what it signed. The file is made by its first use, but in production, where
`manage.py make_passport_key` makes it. Form of what is signed: `passport.verifying`.
"""

import base64
import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from passport import chain, verifying
from passport.models import Entry, Passport, SigningKey

OTHERS_MAY = 0o077


class KeyFileError(Exception):
    """The file is not there, is no such key, is open to others, or is not the key of this database."""


@dataclass(frozen=True)
class SignedHead:
    """The end of a chain at this moment. `signature` in base 64, over `verifying.head_bytes`."""

    seq: int
    hash: str
    key: SigningKey
    signature: str


def sign(signed: bytes) -> tuple[SigningKey, str]:
    """With the current key; the signature in base 64. Raises KeyFileError."""
    private, key = _pair()
    return key, base64.b64encode(private.sign(signed)).decode()


def sign_head(passport: Passport, last: Entry | None = None) -> SignedHead:
    """Of its last entry, or of this one where it was read before. Raises KeyFileError."""
    seq, kept = (last.seq, last.digest) if last else chain.head(passport)
    key, signature = sign(verifying.head_bytes(passport.chain, seq, kept))
    return SignedHead(seq, kept, key, signature)


def current() -> SigningKey | None:
    """The one that signs: no other succeeded it."""
    return SigningKey.objects.filter(successor=None).order_by("-pk").first()


def lineage(key: SigningKey) -> list[SigningKey]:
    """The first key, those that followed, this one."""
    by_pk = {row.pk: row for row in SigningKey.objects.all()}
    return list(_back(key, by_pk))[::-1]


def _back(key: SigningKey | None, by_pk: dict[int, SigningKey]) -> Iterator[SigningKey]:
    seen: set[int] = set()
    while key is not None and key.pk not in seen:
        seen.add(key.pk)
        yield key
        key = by_pk.get(key.former_id) if key.former_id else None


def lock() -> None:
    """Until the end of the transaction, nobody else makes a key nor a statement. Raises KeyFileError."""
    _pair()  # the first key has its row from here on
    list(SigningKey.objects.select_for_update().filter(former=None))


def rotate(now: datetime | None = None) -> SigningKey:
    """A new key, signed by the present one, takes its place in the file. Stopped in the middle, it ends by itself.

    Raises KeyFileError where the present key is not there to sign it.
    """
    with transaction.atomic(durable=True):
        lock()
        old, former = _pair()
        private = Ed25519PrivateKey.generate()
        _next_file().unlink(missing_ok=True)
        make_file(_next_file(), private)
        moment, public = now or timezone.now(), public_of(private)
        signature = base64.b64encode(old.sign(verifying.key_bytes(public, former.public))).decode()
        key = SigningKey.objects.create(
            name=name_of(public, moment), public=public, former=former, endorsement=signature, made_at=moment
        )
    with suppress(FileNotFoundError):  # another process was before this one
        _next_file().replace(settings.PASSPORT_KEY_FILE)
    return key


def make_file(path: Path, private: Ed25519PrivateKey | None = None) -> None:
    """A key in a file that nobody else may read. Raises FileExistsError where there is one."""
    made = private or Ed25519PrivateKey.generate()
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent) as file:  # 0600
        file.write(made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        file.flush()
        os.fsync(file.fileno())
        os.link(file.name, path)  # whole, or not at all


def read_file(path: Path) -> Ed25519PrivateKey:
    """Raises KeyFileError, which says what is wrong."""
    try:
        if path.stat().st_mode & OTHERS_MAY:
            raise KeyFileError(f"Others than its owner may read {path}: chmod 600.")
        private = load_pem_private_key(path.read_bytes(), password=None)
    except FileNotFoundError as error:
        raise KeyFileError(f"There is no {path}: manage.py make_passport_key makes the first one.") from error
    except OSError as error:
        raise KeyFileError(f"{path} cannot be read.") from error
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise KeyFileError(f"{path} is no private key.") from error
    if not isinstance(private, Ed25519PrivateKey):
        raise KeyFileError(f"{path} is no Ed25519 key.")
    return private


def public_of(private: Ed25519PrivateKey) -> str:
    return base64.b64encode(private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()


def name_of(public: str, moment: datetime) -> str:
    return f"{moment:%Y-%m-%d}-{hashlib.sha256(public.encode()).hexdigest()[:12]}"


def _next_file() -> Path:
    return settings.PASSPORT_KEY_FILE.with_name(settings.PASSPORT_KEY_FILE.name + ".next")


def _pair() -> tuple[Ed25519PrivateKey, SigningKey]:
    """Both halves of the present key. The first one has its row when it is first used."""
    if settings.PASSPORT_KEY_IS_MADE and not settings.PASSPORT_KEY_FILE.exists():
        with suppress(FileExistsError):  # another process, at the same moment
            make_file(settings.PASSPORT_KEY_FILE)
    private, present = read_file(settings.PASSPORT_KEY_FILE), current()
    if present is None:
        moment, public = timezone.now(), public_of(private)
        defaults = {"name": name_of(public, moment), "made_at": moment}
        present, _made = SigningKey.objects.get_or_create(public=public, defaults=defaults)
    if present.public != public_of(private):
        private = _taken_over(present)
    return private, present


def _taken_over(present: SigningKey) -> Ed25519PrivateKey:
    """A process died, or is, between the new key’s row and its file."""
    for path in (_next_file(), settings.PASSPORT_KEY_FILE):
        with suppress(KeyFileError):
            private = read_file(path)
            if public_of(private) == present.public:
                with suppress(OSError):  # done already, or left to who may write there
                    _next_file().replace(settings.PASSPORT_KEY_FILE)
                return private
    raise KeyFileError(f"{settings.PASSPORT_KEY_FILE} is not the present key of this database, {present.name}.")
