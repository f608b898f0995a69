"""Honest and hostile files, made byte by byte: what editors send, and what an attacker would."""

import tempfile
import zipfile
from io import BytesIO
from pathlib import Path

import av
from PIL import Image as Pillow

JAVASCRIPT = b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>"


def pdf(*, catalog=b"<</Type/Catalog/Pages 2 0 R>>", more=(), pages=1, size=(200, 280), trailer=b""):
    """A whole PDF with its cross-reference table; `more` are objects from number 10 on."""
    kids = b" ".join(b"%d 0 R" % (100 + number) for number in range(pages))
    objects = {1: catalog, 2: b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, pages)}
    objects |= {100 + number: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]>>" % size for number in range(pages)}
    objects |= dict(enumerate(more, start=10))
    content, places = b"%PDF-1.7\n", {}
    for number, words in objects.items():
        places[number] = len(content)
        content += b"%d 0 obj\n%s\nendobj\n" % (number, words)
    table = b"".join(b"%d 1\n%010d 00000 n \n" % (number, place) for number, place in sorted(places.items()))
    dictionary = b"<</Size %d/Root 1 0 R%s>>" % (max(objects) + 1, trailer)
    ending = b"xref\n0 1\n0000000000 65535 f \n%strailer\n%s\nstartxref\n%d\n%%%%EOF\n"
    return content + ending % (table, dictionary, len(content))


def stream(words, content):
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (words, len(content), content)


def archive(parts, *, compression=zipfile.ZIP_DEFLATED):
    content = BytesIO()
    with zipfile.ZipFile(content, "w", compression) as opened:
        for name, part in parts.items():
            opened.writestr(name, part)
    return content.getvalue()


CONTENT_TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def docx(**more):
    parts = {"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": '<?xml version="1.0"?><w:document/>'}
    return archive(parts | {name.replace("__", "/"): part for name, part in more.items()})


def office(main, **more):
    return archive({"[Content_Types].xml": CONTENT_TYPES, main: '<?xml version="1.0"?><main/>'} | more)


def open_document(kind="text", **more):
    parts = {
        "mimetype": f"application/vnd.oasis.opendocument.{kind}",
        "content.xml": '<?xml version="1.0"?><office:document-content/>',
        "META-INF/manifest.xml": '<?xml version="1.0"?><manifest:manifest/>',
    }
    return archive(parts | more)


def picture(kind="PNG", size=(60, 40), **options):
    content = BytesIO()
    Pillow.new("RGB", size, (11, 93, 81)).save(content, kind, **options)
    return content.getvalue()


def photograph():
    """A JPEG as a telephone makes it: taken sideways, with the camera and the place."""
    exif = Pillow.Exif()
    exif[0x010F] = "Telephone de Nour"
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (48.0, 54.0, 12.0)
    return picture("JPEG", exif=exif, comment=b"<?php echo 1; ?>")


def changing_colour(number, size):
    return Pillow.new("RGB", size, (number * 20 % 255, 93, 81))


def film(codec="libx264", container="mp4", *, seconds=2, size=(64, 36), faststart=True, draw=changing_colour):
    """Five frames a second, each by `draw`; `faststart` puts the index first, as films for the Web have it."""
    options = {"movflags": "faststart"} if faststart and container == "mp4" else {}
    with (
        tempfile.NamedTemporaryFile() as written,  # an index is moved in a file only
        av.open(written.name, "w", format=container, options=options) as opened,
    ):
        video = opened.add_stream(codec, rate=5)
        video.width, video.height, video.pix_fmt = *size, "yuv420p"
        for number in range(seconds * 5):
            frame = av.VideoFrame.from_image(draw(number, size))
            opened.mux(video.encode(frame))
        opened.mux(video.encode())
        opened.close()
        return Path(written.name).read_bytes()


def box(name, content=b"", *, length=None):
    return (length if length is not None else len(content) + 8).to_bytes(4) + name + content


CAPTIONS = "WEBVTT\n\n1\n00:00.000 --> 00:02.000\n<v Nour>Bonjour à toutes et à tous.</v>\n".encode()
PLAYLIST = b"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/hostname\n#EXT-X-ENDLIST\n"
CONCAT = b"ffconcat version 1.0\nfile /etc/hostname\n"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><html><script>alert(1)</script></html>"
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00\x04" + bytes(200)
