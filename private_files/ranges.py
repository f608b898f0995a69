"""The part of a file that a `Range` header asks for (RFC 9110, section 14)."""

import re

# Longer numbers than any file's size are still numbers; beyond forty digits they are noise.
ONE_RANGE = re.compile(r"bytes=([0-9]{0,40})-([0-9]{0,40})", re.I)


class NotSatisfiableError(ValueError):
    """A well-formed range of which the file holds no byte."""


def asked_range(header: str, *, size: int) -> range | None:
    """The positions to send, or None for the whole file: no range, several of them, or nonsense."""
    match = ONE_RANGE.fullmatch(header.strip())
    if match is None or not any(match.groups()) or not size:
        return None
    first, last = match.groups()
    if not first:
        return _suffix(int(last), size=size)
    if last and int(last) < int(first):
        return None
    if int(first) >= size:
        raise NotSatisfiableError
    return range(int(first), min(int(last) + 1, size) if last else size)


def _suffix(length: int, *, size: int) -> range:
    if not length:
        raise NotSatisfiableError
    return range(max(size - length, 0), size)
