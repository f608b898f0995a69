"""Captions: each sentence cut into cues of two lines at most, timed by its length."""

import math
import textwrap
from collections.abc import Iterator, Sequence

from home.demo.studio.speech import Sentence

LINE_LENGTH, LINES = 42, 2


def webvtt(sentences: Sequence[Sentence]) -> str:
    """A WebVTT file of these sentences."""
    cues = [cue for sentence in sentences for cue in _cues(sentence)]
    blocks = [
        f"{number}\n{_clock(start)} --> {_clock(end)}\n{text}" for number, (start, end, text) in enumerate(cues, 1)
    ]
    return "\n\n".join(["WEBVTT", *blocks]) + "\n"


def _cues(sentence: Sentence) -> Iterator[tuple[float, float, str]]:
    pieces = _pieces(sentence.text)
    letters = sum(map(len, pieces))
    start = sentence.start
    for piece in pieces:
        end = start + (sentence.end - sentence.start) * len(piece) / letters
        yield start, end, "\n".join(_lines(piece))
        start = end


def _pieces(text: str) -> list[str]:
    """The text as the fewest pieces of similar length that each hold in a cue."""
    least = math.ceil(len(text) / (LINE_LENGTH * LINES))
    for count in range(least, len(text)):
        pieces = [" ".join(words) for words in _shared_out(text.split(" "), count)]
        if all(len(_lines(piece)) <= LINES for piece in pieces):
            return pieces
    return [text]


def _shared_out(words: list[str], count: int) -> Iterator[list[str]]:
    share = sum(len(word) + 1 for word in words) / count
    current: list[str] = []
    length = 0.0
    for word in words:
        if current and length + len(word) / 2 > share and count > 1:
            yield current
            current, length, count = [], length - share, count - 1
        current.append(word)
        length += len(word) + 1
    yield current


def _lines(piece: str) -> list[str]:
    """One line, or two of similar length, broken at plain spaces only."""
    width = LINE_LENGTH
    if len(piece) > LINE_LENGTH:
        width = next(
            (size for size in range(math.ceil(len(piece) / 2), LINE_LENGTH) if len(_wrapped(piece, size)) <= LINES),
            LINE_LENGTH,
        )
    return _wrapped(piece, width)


def _wrapped(piece: str, width: int) -> list[str]:
    kept = piece.replace("\u00a0", "\x00")
    broken = textwrap.wrap(kept, width, break_long_words=False, break_on_hyphens=False)
    return [line.replace("\x00", "\u00a0") for line in broken]


def _clock(seconds: float) -> str:
    thousandths = round(seconds * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    return f"00:{minutes:02}:{rest // 1000:02}.{rest % 1000:03}"
