"""Films as telephones make them: sideways, with the place, with sound."""

import io
import math
import struct
import tempfile
from fractions import Fraction
from pathlib import Path

import av
from PIL import Image

STRAIGHT = struct.pack(">9i", 1 << 16, 0, 0, 0, 1 << 16, 0, 0, 0, 1 << 30)
QUARTER = struct.pack(">9i", 0, 1 << 16, 0, -(1 << 16), 0, 0, 0, 0, 1 << 30)
HALF = struct.pack(">9i", -(1 << 16), 0, 0, 0, -(1 << 16), 0, 0, 0, 1 << 30)
PLACE = "+48.8566+002.3522/"


def red_on_the_left(size):
    image = Image.new("RGB", size, (20, 20, 200))
    image.paste((220, 20, 20), (0, 0, size[0] // 2, size[1]))
    return image


def film(codec="libx264", container="mov", *, size=(640, 360), seconds=2, rate=10, turned=None, sound=True):
    options = {"movflags": "use_metadata_tags"} if container == "mov" else {}
    with (
        tempfile.NamedTemporaryFile() as written,
        av.open(written.name, "w", format=container, options=options) as file,
    ):
        file.metadata["location"] = PLACE
        file.metadata["com.apple.quicktime.location.ISO6709"] = PLACE
        file.metadata["title"] = "Chez Nour"
        picture = file.add_stream(codec, rate=rate)
        picture.width, picture.height, picture.pix_fmt = *size, "yuv420p"
        heard = (
            file.add_stream("libopus" if container == "webm" else "aac", rate=48000, layout="mono") if sound else None
        )
        still = red_on_the_left(size)
        for _ in range(seconds * rate):
            file.mux(picture.encode(av.VideoFrame.from_image(still)))
        file.mux(picture.encode())
        if heard:
            _say(file, heard, seconds)
        file.close()
        content = Path(written.name).read_bytes()
    return _turned(content, turned) if turned else content


def _say(file, stream, seconds):
    for number in range(seconds * 48000 // 960):
        wave = [int(6000 * math.sin(2 * math.pi * 440 * (number * 960 + i) / 48000)) for i in range(960)]
        frame = av.AudioFrame(format="s16", layout="mono", samples=960)
        frame.planes[0].update(struct.pack("<960h", *wave))
        frame.sample_rate, frame.pts, frame.time_base = 48000, number * 960, Fraction(1, 48000)
        file.mux(stream.encode(frame))
    file.mux(stream.encode())


def _turned(content, matrix):
    """The matrix of the picture's track: the one after `tkhd`, not that of the whole film."""
    at = content.index(STRAIGHT, content.index(b"tkhd"))
    return content[:at] + matrix + content[at + len(matrix) :]


def opened(content):
    return av.open(io.BytesIO(content))
