"""What carries a virus is refused, and so is what nobody could look at."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from pages.library.forms import checked
from private_files import virus
from private_files.checks import NO_SCANNER, NOT_AN_ADDRESS, scanner_is_set
from tests.private_files.clamav import EICAR, Scanner

WHOLE = bytes(range(256)) * 4000  # several pieces


def anything(_upload):
    """A check that lets all pass."""


def file(content):
    return ContentFile(content, name="a.bin")


def test_a_clean_file_passes_and_the_scanner_sees_all_of_it(settings):
    with Scanner() as scanner:
        settings.CLAMAV_SOCKET = scanner.address
        looked_at = file(WHOLE)
        virus.scan(looked_at)

    assert scanner.seen == [WHOLE]
    assert looked_at.tell() == 0


def test_the_scanner_may_be_a_socket_on_the_disk(settings, tmp_path):
    with Scanner(path=tmp_path / "clamd.ctl") as scanner:
        settings.CLAMAV_SOCKET = scanner.address
        virus.scan(file(b"x"))

    assert scanner.seen == [b"x"]


def test_a_virus_is_refused_wherever_it_is(settings):
    with Scanner() as scanner:
        settings.CLAMAV_SOCKET = scanner.address
        for content in (EICAR, WHOLE + EICAR + WHOLE):
            with pytest.raises(virus.InfectedError, match="contient un virus"):
                virus.scan(file(content))


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR", b"UNKNOWN COMMAND", b"stream: OK maybe"])
def test_an_answer_that_says_neither_is_a_refusal(settings, answer):
    with Scanner(answer=answer) as scanner:
        settings.CLAMAV_SOCKET = scanner.address
        with pytest.raises(virus.NotScannedError, match="impossible"):
            virus.scan(file(b"x"))


def test_a_scanner_that_hangs_up_is_a_refusal(settings):
    with Scanner(silent=True) as scanner:
        settings.CLAMAV_SOCKET = scanner.address
        with pytest.raises(virus.NotScannedError):
            virus.scan(file(b"x"))


@pytest.mark.parametrize("address", ["127.0.0.1:9", "/nowhere/clamd.ctl"])
def test_a_scanner_that_is_away_is_a_refusal(settings, address):
    settings.CLAMAV_SOCKET = address

    with pytest.raises(virus.NotScannedError):
        virus.scan(file(b"x"))


def test_without_a_scanner_nothing_is_asked(settings):
    settings.CLAMAV_SOCKET = ""

    virus.scan(file(EICAR))


def test_every_form_that_takes_a_file_has_it_looked_at_once(settings):
    clean, bad = SimpleUploadedFile("A b.txt", b"x"), SimpleUploadedFile("a.txt", EICAR)
    looked_at = SimpleUploadedFile("a.txt", b"x")
    looked_at.scanned = True
    with Scanner() as scanner:
        settings.CLAMAV_SOCKET = scanner.address
        assert checked(anything, clean).name == "a-b.txt"
        checked(anything, looked_at)
        with pytest.raises(ValidationError, match="virus"):
            checked(anything, bad)
    with pytest.raises(ValidationError, match="impossible"):
        checked(anything, SimpleUploadedFile("a.txt", b"x"))

    assert scanner.seen == [b"x", EICAR]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("", [NO_SCANNER]),
        ("localhost:3310", []),
        ("[::1]:3310", []),
        ("/run/clamav/clamd.ctl", []),
        ("localhost", [NOT_AN_ADDRESS]),
        (":3310", [NOT_AN_ADDRESS]),
    ],
)
def test_the_start_says_whether_there_is_a_scanner(settings, address, said):
    settings.CLAMAV_SOCKET = address

    assert scanner_is_set() == said
