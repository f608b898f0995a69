"""A film from its written source: stills, cross-fades, a voice and captions."""

import hashlib
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from PIL import Image

from home.demo.studio.captions import webvtt
from home.demo.studio.cards import SIZE, closing_card, scene_card, title_card
from home.demo.studio.sources import tool
from home.demo.studio.speech import VOICES, Sentence, as_wav, read_aloud

FRAMES_PER_SECOND = 10
TITLE, CLOSING = 3.0, 4.0
FADE = 4  # frames


def film(video: dict[str, Any], folder: Path) -> float:
    """Write `<slug>.mp4` and `<slug>.vtt`, and say how many seconds the film lasts."""
    voice = VOICES[int(hashlib.sha256(video["slug"].encode()).hexdigest(), 16) % len(VOICES)]
    sentences, sound, seconds = read_aloud(video["transcript"], voice=voice, lead=TITLE, tail=CLOSING)
    stills = list(_stills(video, sentences, seconds))
    target = folder / f"{video['slug']}.mp4"
    with tempfile.TemporaryDirectory() as place:
        spoken = Path(place) / "voice.wav"
        spoken.write_bytes(as_wav(sound))
        _encode(stills, spoken, target, title=video["title"])
    (folder / f"{video['slug']}.vtt").write_text(webvtt(sentences))
    return seconds


def _stills(video: dict[str, Any], sentences: Sequence[Sentence], seconds: float) -> Iterator[tuple[Image.Image, int]]:
    """Each picture with the number of frames it stays."""
    starts = [min(s.start for s in sentences if s.paragraph == number) for number in range(len(video["scenes"]))]
    marks = [0.0, *(start - 0.4 for start in starts), sentences[-1].end + 0.8, seconds]
    pictures = [title_card(video), *(scene_card(*scene) for scene in video["scenes"]), closing_card(video)]
    frames = [round(mark * FRAMES_PER_SECOND) for mark in marks]
    for picture, first, last in zip(pictures, frames[:-1], frames[1:], strict=True):
        yield picture, last - first


def _frames(stills: Sequence[tuple[Image.Image, int]]) -> Iterator[bytes]:
    """Raw frames: each picture holds, after melting in from the one before."""
    before: Image.Image | None = None
    for picture, count in stills:
        for step in range(count):
            melting = before is not None and step < FADE
            share = (step + 1) / (FADE + 1)
            yield (Image.blend(before, picture, share) if melting and before else picture).tobytes()
        before = picture


def _encode(stills: Sequence[tuple[Image.Image, int]], spoken: Path, target: Path, *, title: str) -> None:
    # One thread and no dates: the same source gives the same bytes.
    command = [
        tool("ffmpeg"), "-y", "-loglevel", "error", "-f", "rawvideo", "-pix_fmt", "rgb24",
        "-s", f"{SIZE[0]}x{SIZE[1]}", "-r", str(FRAMES_PER_SECOND), "-i", "-", "-i", str(spoken),
        "-af", "loudnorm=I=-18:TP=-2:LRA=7,aresample=22050", "-c:a", "aac", "-ac", "1", "-b:a", "32k",
        "-c:v", "libx264", "-preset", "slow", "-tune", "animation", "-crf", "30", "-g", "300",
        "-pix_fmt", "yuv420p", "-threads", "1", "-shortest", "-movflags", "+faststart",
        "-metadata", f"title={title}", "-metadata:s:a:0", "language=fra", "-map_metadata:g", "-1",
        "-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact", str(target),
    ]  # fmt: skip
    with subprocess.Popen(command, stdin=subprocess.PIPE) as encoder:
        if encoder.stdin is None:
            raise SystemExit("ffmpeg takes no frames")
        for frame in _frames(stills):
            encoder.stdin.write(frame)
        encoder.stdin.close()
        if encoder.wait():
            raise SystemExit(f"ffmpeg could not make {target.name}")
