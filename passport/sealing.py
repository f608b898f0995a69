"""The association's seal on its papers (PAdES), where it has a certificate and the extra `seal` is installed.

A paper is authentic by its code too: where the seal cannot be set it leaves
without one, and the log and `manage.py check` say why.
"""

import logging
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

try:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers
except ImportError:
    signers = None

FIELD = "Sceau"
logger = logging.getLogger(__name__)


class SealError(Exception):
    """Says what is wrong with the seal's file."""


@dataclass(frozen=True)
class Seal:
    """A key and its certificate. One that nobody else vouches for is a specimen, and papers say so."""

    signer: Any

    @property
    def is_specimen(self) -> bool:
        certificate = self.signer.signing_cert
        return bool(certificate.issuer == certificate.subject)

    def set_on(self, content: bytes) -> bytes:
        """The same file, with the seal after it."""
        metadata = signers.PdfSignatureMetadata(
            field_name=FIELD, subfilter=fields.SigSeedSubFilter.PADES, md_algorithm="sha256"
        )
        sealed: BytesIO = signers.sign_pdf(IncrementalPdfFileWriter(BytesIO(content)), metadata, signer=self.signer)
        return sealed.getvalue()


def present() -> Seal | None:
    """None where the association has no seal, or one that cannot be used."""
    try:
        return _present()
    except SealError:
        logger.exception("The seal cannot be used.")
        return None


def _present() -> Seal | None:
    path = settings.ACTESS_SEAL_FILE
    if not path:
        return None
    if signers is None:
        raise SealError("install the extra: uv sync --extra seal.")
    try:
        changed = Path(path).stat().st_mtime_ns
    except OSError as error:
        raise SealError("it cannot be read.") from error
    return _read(path, settings.ACTESS_SEAL_PASSWORD, changed)


@lru_cache(maxsize=1)
def _read(path: str, password: str, _changed: int) -> Seal:
    signer = signers.SimpleSigner.load_pkcs12(path, passphrase=password.encode() or None)
    if signer is None:
        raise SealError("it is no PKCS#12 file that this password opens.")
    return Seal(signer)


@register()
def seal_is_usable(**_kwargs: Any) -> list[CheckMessage]:
    """A system check: a seal that is asked for can be set."""
    try:
        _present()
    except SealError as error:
        return [Error(f"ACTESS_SEAL_FILE: {error}", id="passport.E002")]
    return []
