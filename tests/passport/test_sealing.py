"""The seal of the association on its papers: what `pdfsig` says of it, and what happens without one."""

import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pypdfium2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID

from passport import pdf, sealing
from tests.passport.factories import make_passport, make_signed

pytestmark = pytest.mark.django_db
WORDS = "only for tests"
NAME = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Actess, essai")])
needs_pyhanko = pytest.mark.skipif(sealing.signers is None, reason="The extra “seal” is not installed.")
needs_pdfsig = pytest.mark.skipif(shutil.which("pdfsig") is None, reason="There is no pdfsig: poppler-utils.")


def certificate(key):
    """One that nobody vouches for."""
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(NAME).issuer_name(NAME).public_key(key.public_key())
    builder = (
        builder.serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=9))
    )
    signs = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
    return builder.add_extension(signs, critical=True).sign(key, hashes.SHA256())


@pytest.fixture
def seal_file(tmp_path, settings):
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    kept = BestAvailableEncryption(WORDS.encode())
    path = tmp_path / "seal.p12"
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"seal", key, certificate(key), None, kept))
    settings.ACTESS_SEAL_FILE, settings.ACTESS_SEAL_PASSWORD = str(path), WORDS
    return path


def text_of(content):
    document = pypdfium2.PdfDocument(BytesIO(content))
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return text


def pdfsig(path, content):
    path.write_bytes(content)
    return subprocess.run(["pdfsig", str(path)], capture_output=True, text=True, check=False).stdout


@needs_pyhanko
@needs_pdfsig
def test_a_sealed_paper_is_whole_and_a_changed_one_is_not(seal_file, tmp_path):
    content = pdf.attestation_of_visit(make_signed(make_passport()))

    told = pdfsig(tmp_path / "whole.pdf", content)
    assert "Signature is Valid" in told
    assert "Total document signed" in told
    assert "ETSI.CAdES.detached" in told
    changed = content.replace(b"/Producer", b"/Prodacer", 1)
    assert changed != content
    assert "Signature is Valid" not in pdfsig(tmp_path / "changed.pdf", changed)


@needs_pyhanko
def test_a_paper_sealed_with_a_certificate_of_ones_own_says_that_it_is_a_specimen(seal_file):
    content = pdf.attestation_of_passport(make_passport())

    assert "SPÉCIMEN" in text_of(content)
    assert b"pdfuaid:part" in content
    assert b"pdfaid:part" in content
    assert sealing.seal_is_usable() == []


def test_without_a_seal_nothing_is_said_of_one(settings):
    settings.ACTESS_SEAL_FILE = ""

    content = pdf.attestation_of_passport(make_passport())

    assert b"/ByteRange" not in content
    assert "SPÉCIMEN" not in text_of(content)
    assert sealing.seal_is_usable() == []


def break_password(path, settings):
    settings.ACTESS_SEAL_PASSWORD = WORDS[::-1]


def break_file(path, settings):
    path.write_bytes(b"\x00nothing")


def remove_file(path, settings):
    path.unlink()


@pytest.mark.parametrize("harm", [break_password, break_file, remove_file])
def test_a_seal_that_cannot_be_used_is_told_and_the_paper_leaves_without_it(seal_file, settings, harm):
    harm(seal_file, settings)

    content = pdf.attestation_of_passport(make_passport())

    assert content.startswith(b"%PDF")
    assert b"/ByteRange" not in content
    assert [error.id for error in sealing.seal_is_usable()] == ["passport.E002"]
