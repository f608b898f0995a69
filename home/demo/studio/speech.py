"""A transcript read aloud, sentence by sentence, and the silence between them."""

import io
import re
import subprocess
import wave
from dataclasses import dataclass
from html import unescape

from home.demo.studio.sources import tool

RATE = 22050
WORDS_PER_MINUTE = "142"
BETWEEN_SENTENCES, BETWEEN_PARAGRAPHS = 0.5, 1.2
VOICES = ("fr+f2", "fr+m3")
SENTENCE_END = re.compile(r"(?<=[.?!…])\s+(?=[A-ZÀ-Ý])")


@dataclass(frozen=True)
class Sentence:
    """One spoken sentence, with the seconds where it starts and ends in its film."""

    text: str
    start: float
    end: float
    paragraph: int


def paragraphs(transcript: str) -> list[list[str]]:
    """The sentences of each `<p>` of a transcript, as they are read."""
    found = re.findall(r"<p>(.*?)</p>", transcript, re.DOTALL)
    return [SENTENCE_END.split(unescape(re.sub(r"<[^>]+>", "", text)).strip()) for text in found]


def read_aloud(transcript: str, *, voice: str, lead: float, tail: float) -> tuple[list[Sentence], bytes, float]:
    """The sentences in time, the sound (mono, 16 bits) that says them and its seconds, silences included."""
    sound, said = _silence(lead), []
    for number, sentences in enumerate(paragraphs(transcript)):
        for text in sentences:
            start = _seconds(sound)
            sound += _spoken(text, voice)
            said.append(Sentence(text, start, _seconds(sound), number))
            sound += _silence(BETWEEN_SENTENCES)
        sound += _silence(BETWEEN_PARAGRAPHS - BETWEEN_SENTENCES)
    sound += _silence(tail)
    return said, sound, _seconds(sound)


def as_wav(sound: bytes) -> bytes:
    """The same sound as a file that other programs read."""
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(sound)
    return made.getvalue()


def _spoken(text: str, voice: str) -> bytes:
    command = [tool("espeak-ng"), "-v", voice, "-s", WORDS_PER_MINUTE, "-p", "46", "-g", "2", "--stdout", "--stdin"]
    heard = subprocess.run(command, input=text.replace("’", "'").encode(), capture_output=True, check=True).stdout
    # The header announces an unknown length, so the sound is what follows it.
    return _trimmed(heard[heard.index(b"data") + 8 :])


def _trimmed(sound: bytes) -> bytes:
    """The sound without the silence at its end, so that a caption leaves with its sentence."""
    end = len(sound) - len(sound) % 2
    while end > 2 and abs(int.from_bytes(sound[end - 2 : end], "little", signed=True)) < 90:
        end -= 2
    return sound[:end]


def _silence(seconds: float) -> bytes:
    return bytes(2 * round(seconds * RATE))


def _seconds(sound: bytes) -> float:
    return len(sound) / 2 / RATE
