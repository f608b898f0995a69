"""Captions as people can write them: WebVTT, or lines that begin with their moment, « 0:05 Bonjour »."""

import html
import re
from itertools import pairwise

from django.core.exceptions import ValidationError

from pages.library.refusal import RefusedError
from pages.library.text import check_captions

MOMENT = re.compile(r"\[?(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)(?:[.,](\d{1,3}))?\]?(?:\s+[-–—]|\s*:)?\s+(\S.*)")
TIMED = re.compile(r"(?:\d+:)?\d+:\d\d")
LONGEST = 20_000
# How long the last line stays, and the longest that any other does.
LAST, MOST = 5.0, 8.0
NO_MOMENT = "Commencez chaque sous-titre par son moment, comme « 0:05 Bonjour »."
NOT_LATER = "La ligne {number} ne vient pas après celle d’avant : {line}"
AFTER_THE_END = "La ligne {number} vient après la fin de la vidéo : {line}"
SHOWN_OF_A_LINE = 60


def as_webvtt(text: str, *, seconds: float | None) -> str:
    """The same captions as browsers read them; nothing for nothing. Raises `ValidationError` with the line."""
    said = text.replace("\r\n", "\n").replace("\r", "\n").strip("\ufeff\n ")
    if not said:
        return ""
    written = f"{said}\n" if said.startswith("WEBVTT") else _from_lines(said, seconds)
    try:
        check_captions(written.encode())
    except RefusedError as refused:
        raise ValidationError(str(refused), code="refused") from refused
    return written


def words(webvtt: str) -> str:
    """What captions say, a line for each, without moments nor tags."""
    blocks = re.split(r"\n{2,}", webvtt)[1:]
    lines = (" ".join(line for line in block.split("\n")[_first(block) :]) for block in blocks)
    return "\n".join(html.unescape(re.sub(r"<[^>]*>", "", line)).strip() for line in lines if line.strip())


def _first(block: str) -> int:
    """The line after the one that gives the moment."""
    lines = block.split("\n")
    return next((number + 1 for number, line in enumerate(lines) if "-->" in line), len(lines))


def _from_lines(text: str, seconds: float | None) -> str:
    cues: list[tuple[float, list[str]]] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not (stripped := line.strip()):
            continue
        if found := MOMENT.fullmatch(stripped):
            _check_order(found, cues, seconds, number, stripped)
            cues.append((_moment(found), [found[5]]))
        elif not cues or TIMED.match(stripped):
            raise ValidationError(f"Ligne {number} : {NO_MOMENT}", code="no_moment")
        else:
            cues[-1][1].append(stripped)
    starts = [start for start, _lines in cues]
    ends = [min(following, start + MOST) for start, following in pairwise(starts)]
    ends.append(starts[-1] + LAST)
    blocks = [
        f"{_clock(start)} --> {_clock(end)}\n{html.escape('\n'.join(lines), quote=False)}"
        for (start, lines), end in zip(cues, ends, strict=True)
    ]
    return "\n\n".join(["WEBVTT", *blocks]) + "\n"


def _check_order(
    found: re.Match[str], cues: list[tuple[float, list[str]]], seconds: float | None, number: int, line: str
) -> None:
    start = _moment(found)
    if cues and start <= cues[-1][0]:
        raise ValidationError(NOT_LATER.format(number=number, line=line[:SHOWN_OF_A_LINE]), code="order")
    if seconds is not None and start >= seconds:
        raise ValidationError(AFTER_THE_END.format(number=number, line=line[:SHOWN_OF_A_LINE]), code="after")


def _moment(found: re.Match[str]) -> float:
    thousandths = (found[4] or "0").ljust(3, "0")
    return int(found[1] or 0) * 3600 + int(found[2]) * 60 + int(found[3]) + int(thousandths) / 1000


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds * 1000), 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"
