"""Films: their container walked, their last second reached, one frame of them drawn."""

import base64
import contextlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import av
from PIL import Image, ImageChops, ImageStat

from pages.library.refusal import RefusedError

MAGIC_BYTES = 12
WEBM = b"\x1a\x45\xdf\xa3"
CODECS = {"h264", "vp8", "vp9", "av1"}
MOST_BOXES = 2000
LONGEST_SIDE = 4096
POSTER_AT = (0.2, 0.25, 0.3, 0.4)
POSTER_WIDTH = 1280
# What tells a picture from the passage between two, in grey levels from 0 to 255.
STILL = 3
PLAIN = 8
MOMENT = 0.5
SKETCH = (64, 36)
# The end of a whole film is within this part of the length that it announces.
REACHED = 0.9
NOT_A_FILM = "Ce fichier n’est pas une vidéo MP4 ou WebM."
INCOMPLETE = "Cette vidéo est abîmée ou incomplète. Envoyez-la de nouveau."


def read(path: Path) -> dict[str, Any]:
    """Length in seconds, size in points, and a frame about a fifth of the way in, as WebP."""
    with opened(path) as container:
        return _facts(container)


@contextlib.contextmanager
def opened(path: Path) -> Iterator[av.container.InputContainer]:
    """The container; whatever fails while it is read refuses it."""
    demuxer = _demuxer(path)
    try:
        with av.open(str(path), format=demuxer, options={"protocol_whitelist": "file"}) as container:
            yield container
    except (av.FFmpegError, OSError, ValueError) as error:
        if isinstance(error, RefusedError):
            raise
        raise RefusedError(INCOMPLETE) from error


def _demuxer(path: Path) -> str:
    """Chosen by the content and imposed: no playlist, whatever its name, is ever followed."""
    with path.open("rb") as file:
        start = file.read(MAGIC_BYTES)
    if start.startswith(WEBM):
        return "matroska"
    if start[4:8] != b"ftyp":
        raise RefusedError(NOT_A_FILM)
    names = list(_boxes(path))
    if b"moov" not in names or b"mdat" not in names:
        raise RefusedError(INCOMPLETE)
    return "mov"


def _boxes(path: Path) -> Iterator[bytes]:
    """The names of an MP4 file's outer boxes, which fill it from its first byte to its last."""
    size = path.stat().st_size
    at = 0
    with path.open("rb") as file:
        for _ in range(MOST_BOXES):
            if at == size:
                return
            file.seek(at)
            head = file.read(16)
            length = int.from_bytes(head[:4])
            if length == 1:
                length = int.from_bytes(head[8:])
            if length == 0 and head[4:8] == b"mdat":
                length = size - at
            if length < 8 or at + length > size:
                raise RefusedError(INCOMPLETE)
            yield head[4:8]
            at += length
    raise RefusedError(INCOMPLETE)


def _facts(container: av.container.InputContainer) -> dict[str, Any]:
    stream = picture_of(container, CODECS)
    codec = stream.codec_context
    seconds = seconds_of(container, stream)
    return {
        "duration": round(seconds, 2),
        "width": codec.width,
        "height": codec.height,
        "poster": base64.b64encode(poster_of(container, stream, seconds)).decode(),
    }


def picture_of(container: av.container.InputContainer, codecs: set[str]) -> av.VideoStream:
    """The film's picture, of a size and a kind that can be read."""
    if not container.streams.video:
        raise RefusedError("Ce fichier n’a pas d’image : ce n’est pas une vidéo.")
    stream = container.streams.video[0]
    stream.thread_count = 1
    codec = stream.codec_context
    if codec.name.removeprefix("lib") not in codecs and stream.codec.canonical_name not in codecs:
        raise RefusedError("Cette vidéo ne serait pas lue partout. Enregistrez-la en MP4 (H.264) ou en WebM.")
    if max(codec.width, codec.height) > LONGEST_SIDE:
        raise RefusedError("Cette vidéo est trop grande. Enregistrez-la en 1920 × 1080 points au plus.")
    return stream


def seconds_of(container: av.container.InputContainer, stream: av.VideoStream) -> float:
    """The length, once its last packets have been found where it says."""
    last = 0.0
    for packet in container.demux(stream):
        if packet.pts is not None and packet.time_base is not None and packet.size:
            last = max(last, float((packet.pts + (packet.duration or 0)) * packet.time_base))
    announced = container.duration / av.time_base if container.duration else last
    if last <= 0 or last < announced * REACHED:
        raise RefusedError(INCOMPLETE)
    return last


def poster_of(container: av.container.InputContainer, stream: av.VideoStream, seconds: float) -> bytes:
    """The first of a few frames that shows something and stays still, else the stillest."""
    best: tuple[float, Image.Image] | None = None
    for part in POSTER_AT:
        shot = _shot(container, stream, seconds * part)
        if shot and (best is None or shot[0] < best[0]):
            best = shot
        if best and best[0] <= STILL:
            break
    if best is None:
        raise RefusedError(INCOMPLETE)
    image = best[1]
    image.thumbnail((POSTER_WIDTH, POSTER_WIDTH))
    content = BytesIO()
    image.save(content, "WEBP", quality=80)
    return content.getvalue()


def _shot(
    container: av.container.InputContainer, stream: av.VideoStream, at: float
) -> tuple[float, Image.Image] | None:
    """The frame at this second, after how much it has changed half a second later (a plain one counts as moving)."""
    container.seek(int(at * av.time_base))
    frames: list[Image.Image] = []
    with contextlib.suppress(av.EOFError):
        for frame in container.decode(stream):
            if frame.time is None or frame.time >= at + len(frames) * MOMENT:
                frames.append(frame.to_image())
            if len(frames) > 1:
                break
    if not frames:
        return None
    small = [frame.resize(SKETCH).convert("L") for frame in frames]
    change = ImageStat.Stat(ImageChops.difference(small[0], small[-1])).mean[0]
    plain = ImageStat.Stat(small[0]).stddev[0] < PLAIN
    return (change + 255 if plain else change), frames[0]
