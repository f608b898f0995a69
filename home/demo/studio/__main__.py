"""`python -m home.demo.studio [drawings | videos [slug ...]]`: make again what its sources changed."""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from home.demo.studio.drawings import DRAWINGS, publish
from home.demo.studio.films import film
from home.demo.studio.sources import PICTURES, VIDEOS, videos

STAMPS = VIDEOS / "sources.json"
SPOKEN_OR_SHOWN = (
    "slug", "title", "company", "city", "sector", "status", "staff", "jobs", "drawing", "transcript", "scenes",
)  # fmt: skip
FILMING = ("captions", "cards", "films", "speech")


def make_videos(slugs: list[str]) -> None:
    """Film each company whose source, or the studio itself, has changed since its film."""
    VIDEOS.mkdir(parents=True, exist_ok=True)
    stamps: dict[str, str] = json.loads(STAMPS.read_text()) if STAMPS.exists() else {}
    for video in videos():
        slug, stamp = video["slug"], _stamp(video)
        if (slugs and slug not in slugs) or (stamps.get(slug) == stamp and (VIDEOS / f"{slug}.mp4").exists()):
            continue
        seconds = film(video, VIDEOS)
        stamps[slug] = stamp
        STAMPS.write_text(json.dumps(stamps, indent=1, sort_keys=True) + "\n")
        _say(f"{slug}: {seconds:.1f} s" + ("" if round(seconds) == video["seconds"] else ", to write in videos.toml"))


def _stamp(video: dict[str, Any]) -> str:
    """What a film depends on, as a short sum: its source, its drawings and the code that films."""
    names = {video["drawing"], *(scene[0] for scene in video["scenes"])}
    source = json.dumps([video[key] for key in SPOKEN_OR_SHOWN], sort_keys=True)
    pictures = "".join(DRAWINGS[name]() for name in sorted(names))
    code = "".join((Path(__file__).parent / f"{module}.py").read_text() for module in FILMING)
    return hashlib.sha256((source + pictures + code).encode()).hexdigest()[:16]


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


def main(arguments: list[str]) -> None:
    what = arguments[0] if arguments else "all"
    if what in {"all", "drawings"}:
        for name in publish(PICTURES):
            _say(f"{name}: drawn")
    if what in {"all", "videos"}:
        make_videos(arguments[1:])


if __name__ == "__main__":
    main(sys.argv[1:])
