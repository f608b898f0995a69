"""`python -m candidates.encoder SOURCE TARGET`: makes of what a candidate sent the film that browsers play.

It runs in a process of its own, with limits, which knows neither the database
nor the settings, and ends with whoever started it. It prints one JSON object:
what it made, or `refused`, a sentence.
"""

import base64
import json
import os
import resource
import sys
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av.filter import Graph

from pages.library import film, footage
from pages.library.refusal import RefusedError

MEMORY = 3 * 1024**3
PROCESSOR_SECONDS = 45 * 60
LARGEST_FILM = 200 * 1024**2
# Half a second of grace for what a telephone calls three minutes.
LONGEST = 180.5
LONG_SIDE, SHORT_SIDE = 1280, 720
MOST_FRAMES_A_SECOND = 30
SOUND_RATE, SOUND_BITS = 48000, 96_000
PICTURE = {"preset": "veryfast", "crf": "24", "maxrate": "2500k", "bufsize": "5000k", "profile": "high"}
TOO_LONG = "Cette vidéo dure plus de trois minutes. Raccourcissez-la, puis envoyez-la de nouveau."
TURNS = {90: "cclock", -90: "clock", 270: "clock", -270: "cclock"}
HALF_TURN = 180


def make(source: Path, target: Path) -> dict[str, Any]:
    """The film at `target`; its length, its size and a frame of it, as WebP."""
    started_by = os.getppid()
    with (
        film.opened(source) as read,
        av.open(str(target), "w", format="mp4", options={"movflags": "faststart", "fflags": "bitexact"}) as written,
    ):
        _copy(read, written, started_by)
    return _made(target)


def _copy(read: av.container.InputContainer, written: av.container.OutputContainer, started_by: int) -> None:
    picture = film.picture_of(read, footage.CODECS)
    picture.thread_count, picture.thread_type = 2, "AUTO"
    sound = _sound_of(read)
    frames = _Picture(written, picture)
    heard = _Sound(written) if sound else None
    early: list[av.Packet] = []
    for packet in read.demux([stream for stream in (picture, sound) if stream]):
        if os.getppid() != started_by:
            raise SystemExit("Nobody waits for this film any more.")
        if packet.stream is picture:
            frames.take(packet)
        elif heard:
            early.append(packet)
        # Nothing is written before the size of the picture is known.
        if heard and frames.has_begun:
            for one in early:
                heard.take(one)
            early.clear()
    frames.end()
    if heard:
        heard.end()


def _sound_of(read: av.container.InputContainer) -> av.AudioStream | None:
    """The first sound that can be heard; telephones also record others, that only they know."""
    for stream in read.streams.audio:
        with suppress(av.FFmpegError, ValueError):
            if stream.codec_context.sample_rate and stream.codec_context.layout.nb_channels:
                return stream
    return None


class _Picture:
    """Frames turned upright, made smaller, at a steady pace, then written."""

    def __init__(self, written: av.container.OutputContainer, source: av.VideoStream) -> None:
        self._source = source
        self._pace = _pace(source)
        self._graph: Graph | None = None
        self._stream = written.add_stream("libx264", rate=self._pace, options=PICTURE)
        self._stream.thread_count = 2
        self._written = written
        self._shape: tuple[int, int, str] | None = None

    @property
    def has_begun(self) -> bool:
        return self._graph is not None

    def take(self, packet: av.Packet) -> None:
        for frame in packet.decode():
            if frame.time is not None and frame.time > LONGEST:
                raise RefusedError(TOO_LONG)
            shape = (frame.width, frame.height, frame.format.name)
            if self._graph is None:
                self._begin(frame)
                self._shape = shape
            if self._graph and shape == self._shape:
                self._graph.push(frame)
                self._write()

    def end(self) -> None:
        if self._graph is None:
            raise RefusedError(film.INCOMPLETE)
        self._graph.push(None)
        self._write()
        self._written.mux(self._stream.encode())

    def _begin(self, frame: av.VideoFrame) -> None:
        graph = Graph()
        nodes = [
            graph.add_buffer(
                width=frame.width, height=frame.height, format=frame.format, time_base=self._source.time_base
            )
        ]
        turned = frame.rotation in TURNS
        if turned:
            nodes.append(graph.add("transpose", TURNS[frame.rotation]))
        elif abs(frame.rotation) == HALF_TURN:
            nodes += [graph.add("hflip"), graph.add("vflip")]
        width, height = _fitted(frame, self._source, turned=turned)
        nodes += [
            graph.add("scale", f"{width}:{height}"),
            graph.add("setsar", "1"),
            graph.add("fps", str(self._pace)),
            graph.add("format", "yuv420p"),
            graph.add("buffersink"),
        ]
        graph.link_nodes(*nodes).configure()
        self._stream.width, self._stream.height, self._stream.pix_fmt = width, height, "yuv420p"
        self._graph = graph

    def _write(self) -> None:
        while self._graph is not None:
            try:
                frame = self._graph.vpull()
            except (av.BlockingIOError, av.EOFError):
                return
            frame.pict_type = 0  # the encoder chooses again
            self._written.mux(self._stream.encode(frame))


class _Sound:
    def __init__(self, written: av.container.OutputContainer) -> None:
        self._stream = written.add_stream("aac", rate=SOUND_RATE, layout="stereo")
        self._stream.bit_rate = SOUND_BITS
        self._written = written
        self._resampler = av.AudioResampler("fltp", "stereo", SOUND_RATE)

    def take(self, packet: av.Packet) -> None:
        for frame in packet.decode():
            if isinstance(frame, av.AudioFrame):
                self._write(self._resampler.resample(frame))

    def end(self) -> None:
        with suppress(av.FFmpegError, ValueError):
            self._write(self._resampler.resample(None))
        self._written.mux(self._stream.encode())

    def _write(self, frames: list[av.AudioFrame]) -> None:
        for frame in frames:
            self._written.mux(self._stream.encode(frame))


def _pace(source: av.VideoStream) -> Fraction:
    """As it was filmed; thirty frames a second where that is more, or unknown."""
    filmed = source.average_rate
    known = filmed is not None and 1 <= filmed <= MOST_FRAMES_A_SECOND
    return Fraction(filmed.numerator, filmed.denominator) if filmed and known else Fraction(MOST_FRAMES_A_SECOND)


def _fitted(frame: av.VideoFrame, source: av.VideoStream, *, turned: bool) -> tuple[int, int]:
    """The upright size within 1280 by 720, or 720 by 1280; even, and never larger than it was filmed."""
    stretch = source.sample_aspect_ratio or Fraction(1)
    sides = (float(frame.width * stretch), float(frame.height))
    width, height = sides[::-1] if turned else sides
    limits = (LONG_SIDE, SHORT_SIDE) if width >= height else (SHORT_SIDE, LONG_SIDE)
    share = min(1.0, limits[0] / width, limits[1] / height)
    return max(2, int(width * share) // 2 * 2), max(2, int(height * share) // 2 * 2)


def _made(target: Path) -> dict[str, Any]:
    with film.opened(target) as container:
        stream = film.picture_of(container, film.CODECS)
        seconds = film.seconds_of(container, stream)
        if seconds > LONGEST + 1:
            raise RefusedError(TOO_LONG)
        return {
            "seconds": round(seconds, 2),
            "width": stream.codec_context.width,
            "height": stream.codec_context.height,
            "poster": base64.b64encode(film.poster_of(container, stream, seconds)).decode(),
        }


def limit_resources() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILM, LARGEST_FILM))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # The pages of the site come first.
    os.nice(10)


def main(source: str, target: str) -> None:
    limit_resources()
    try:
        answer = make(Path(source), Path(target))
    except RefusedError as refused:
        answer = {"refused": str(refused)}
    except MemoryError:
        answer = {"refused": "Cette vidéo demande trop de mémoire. Enregistrez-la en 1920 × 1080 points au plus."}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])
