"""`python -m home.demo.studio.candidates`: the films of two candidates, with their captions and posters."""

import sys
import tempfile
import tomllib
from html import escape
from pathlib import Path
from typing import Any

from home.demo.studio.captions import webvtt
from home.demo.studio.cards import scene_card
from home.demo.studio.films import FRAMES_PER_SECOND, _encode
from home.demo.studio.sources import DEMO
from home.demo.studio.speech import as_wav, read_aloud

FOLDER = DEMO / "media" / "candidates"
LEAD, TAIL = 0.8, 1.2
BEFORE_A_SENTENCE = 0.4
POSTER_QUALITY = 80


def make(item: dict[str, Any], folder: Path) -> float:
    """Write `<key>.mp4`, `<key>.vtt` and `<key>.webp`, and say how many seconds the film lasts."""
    said = "".join(f"<p>{escape(scene[3], quote=False)}</p>" for scene in item["scenes"])
    sentences, sound, seconds = read_aloud(said, voice=item["voice"], lead=LEAD, tail=TAIL)
    pictures = [scene_card(*scene[:3]) for scene in item["scenes"]]
    starts = [min(one.start for one in sentences if one.paragraph == number) for number in range(len(pictures))]
    marks = [0.0, *(start - BEFORE_A_SENTENCE for start in starts[1:]), seconds]
    frames = [round(mark * FRAMES_PER_SECOND) for mark in marks]
    stills = [(picture, last - first) for picture, first, last in zip(pictures, frames[:-1], frames[1:], strict=True)]
    with tempfile.TemporaryDirectory() as place:
        spoken = Path(place) / "voice.wav"
        spoken.write_bytes(as_wav(sound))
        _encode(stills, spoken, folder / f"{item['key']}.mp4", title="Présentation")
    (folder / f"{item['key']}.vtt").write_text(webvtt(sentences))
    pictures[0].save(folder / f"{item['key']}.webp", "WEBP", quality=POSTER_QUALITY)
    return seconds


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    listed = tomllib.loads((DEMO / "content" / "candidate_films.toml").read_text())["film"]
    for item in listed:
        sys.stdout.write(f"{item['key']}: {make(item, FOLDER):.1f} s\n")


if __name__ == "__main__":
    main()
