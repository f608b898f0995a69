"""What the studio reads: the written content, the site's two typefaces and the tools of the machine."""

import json
import shutil
import tomllib
from pathlib import Path
from typing import Any

DEMO = Path(__file__).resolve().parents[1]
PICTURES = DEMO / "media" / "drawings"
VIDEOS = DEMO / "media" / "videos"
ROOT = DEMO.parents[1]
FONTS = ROOT / "site" / "static" / "fonts"
HEADINGS, TEXT = FONTS / "bricolage.woff2", FONTS / "atkinson.woff2"

OUTLINES: dict[str, dict[str, Any]] = json.loads((ROOT / "association" / "shapes.json").read_text())["shapes"]


def videos() -> list[dict[str, Any]]:
    """The tables of `videos.toml`, in the order of the file."""
    listed: list[dict[str, Any]] = tomllib.loads((DEMO / "content" / "videos.toml").read_text())["video"]
    return listed


def tool(name: str) -> str:
    """The path of a program; the error says which package brings it."""
    found = shutil.which(name)
    if found is None:
        raise SystemExit(f"{name} is missing: apt-get install ffmpeg espeak-ng librsvg2-bin")
    return found
