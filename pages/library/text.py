"""Plain text: notes, tables of values, captions."""

import re
from collections.abc import Callable

from pages.library.refusal import RefusedError

CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
MARKUP = re.compile(r"<\s*(?:!doctype|html|script|svg|\?xml|iframe|object|embed)\b|<\?(?:xml|php)", re.I)
LONGEST_CAPTIONS = 1024 * 1024

MOMENT = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
CUE = re.compile(rf"{MOMENT}[ \t]+-->[ \t]+{MOMENT}(?:[ \t].*)?")
# The only tags that captions know; a number is a moment inside a cue.
CAPTION_TAG = re.compile(r"</?(?:c|i|b|u|v|ruby|rt|lang)(?:[ .][^<>]*)?>|<[\d:.]+>")


def check_text(content: bytes) -> None:
    if not content.strip():
        raise RefusedError("Ce fichier est vide.")
    text = _decoded(content)
    if CONTROL.search(text) or MARKUP.search(text):
        raise RefusedError("Ce fichier n’est pas du texte simple, malgré son nom.")


def _decoded(content: bytes) -> str:
    """Text as spreadsheets write it: UTF-8, or the code page of a French Windows."""
    encodings = ["utf-16"] if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise RefusedError("Ce fichier n’est pas du texte : enregistrez-le en UTF-8.")


def check_captions(content: bytes) -> None:
    """WebVTT as browsers read it: its first word, cues that move forward, no foreign tag."""
    if len(content) > LONGEST_CAPTIONS:
        raise RefusedError("Ces sous-titres sont trop longs.")
    try:
        lines = content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    except UnicodeDecodeError as error:
        raise RefusedError("Ces sous-titres ne sont pas en UTF-8. Enregistrez-les en UTF-8.") from error
    if not re.fullmatch(r"WEBVTT(?:[ \t].*)?", lines[0]):
        raise RefusedError("Ce fichier n’est pas au format WebVTT : sa première ligne doit être « WEBVTT ».")
    _check_cues(lines[1:])


def _check_cues(lines: list[str]) -> None:
    cues = 0
    for number, line in enumerate(lines, start=2):
        if "-->" in line:
            cues += 1
            if not (cue := CUE.fullmatch(line.strip())) or _seconds(*cue.groups()[:4]) >= _seconds(*cue.groups()[4:]):
                raise RefusedError(f"La ligne {number} des sous-titres n’a pas des heures justes : {line[:80]}")
        elif "<" in CAPTION_TAG.sub("", line) or CONTROL.search(line):
            raise RefusedError(f"La ligne {number} des sous-titres contient un code qui n’y a pas sa place.")
    if not cues:
        raise RefusedError("Ces sous-titres sont vides.")


def _seconds(hours: str | None, minutes: str, seconds: str, thousandths: str) -> float:
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + int(thousandths) / 1000


CHECKS: dict[str, Callable[[bytes], None]] = {"csv": check_text, "txt": check_text}
