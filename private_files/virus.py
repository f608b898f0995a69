"""Whether a file carries a known virus, asked of ClamAV where it runs (`CLAMAV_SOCKET`).

Where a scanner is set and does not answer, nothing is taken in: a file that
nobody looked at is never kept. Where none is set, a check says so.
"""

import logging
import socket
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.files import File

logger = logging.getLogger(__name__)

PIECE = 256 * 1024
SECONDS = 60
LONGEST_ANSWER = 4096


class InfectedError(ValueError):
    """The sentence that people read."""


class NotScannedError(ValueError):
    """The sentence that people read: the same file can be sent again later."""


INFECTED = "Ce fichier contient un virus : il n’a pas été gardé. Analysez votre appareil avec un antivirus."
NOT_SCANNED = "La vérification du fichier est impossible en ce moment : réessayez dans quelques minutes."


def scan(file: File[Any]) -> None:
    """Raises `InfectedError` or `NotScannedError`; the file is left at its beginning."""
    if not settings.CLAMAV_SOCKET:
        return
    file.seek(0)
    try:
        answer = _ask(file.chunks(PIECE))
    except OSError as error:
        logger.exception("The virus scanner does not answer.")
        raise NotScannedError(NOT_SCANNED) from error
    finally:
        file.seek(0)
    if answer.endswith(b" FOUND"):
        logger.warning("A file was refused: %s", answer.decode(errors="replace"))
        raise InfectedError(INFECTED)
    if answer != b"stream: OK":
        logger.error("The virus scanner did not look at a file: %s", answer.decode(errors="replace"))
        raise NotScannedError(NOT_SCANNED)


def _ask(pieces: Iterable[bytes]) -> bytes:
    """ClamAV's INSTREAM: pieces after their length, an empty one at the end, then one line."""
    with _connected() as scanner:
        scanner.sendall(b"zINSTREAM\0")
        for piece in pieces:
            scanner.sendall(len(piece).to_bytes(4) + piece)
        scanner.sendall(bytes(4))
        answer = b""
        while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER and (more := scanner.recv(LONGEST_ANSWER)):
            answer += more
    return answer.rstrip(b"\0\n")


def _connected() -> socket.socket:
    """By a path, or by a host and a port."""
    address: str = settings.CLAMAV_SOCKET
    host, _, port = address.rpartition(":")
    if not address.startswith("/"):
        return socket.create_connection((host.strip("[]"), int(port)), timeout=SECONDS)
    scanner = socket.socket(socket.AF_UNIX)
    scanner.settimeout(SECONDS)
    try:
        scanner.connect(address)
    except OSError:
        scanner.close()
        raise
    return scanner
