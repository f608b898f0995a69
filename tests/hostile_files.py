"""What a field of each kind refuses, made byte by byte: each door by which a file enters is tried with all of it.

    @pytest.mark.parametrize(("name", "make"), hostile("picture", "jpg"))
    def test_a_portrait_that_is_not_one_is_refused(client, name, make): …

`make()` is the content; the file says that it is what the field wants.
"""

import functools
import zlib
from io import BytesIO

import pytest
from PIL import Image as Pillow

from tests import files
from tests.private_files.clamav import EICAR

HIDDEN = zlib.compress(b"11 0 " + b"<</S/JavaScript/JS(1)>>")
HOSTILE_PDFS = {
    "html": lambda: files.HTML,
    "program": lambda: files.PROGRAM,
    "html before": lambda: files.HTML + files.pdf(),
    "no end": lambda: b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n",
    "cut": lambda: files.pdf()[:200],
    "zip behind": lambda: files.pdf() + files.docx(),
    "html behind": lambda: files.pdf() + files.HTML,
    "javascript": lambda: files.pdf(catalog=files.JAVASCRIPT),
    "javascript written otherwise": lambda: files.pdf(
        catalog=files.JAVASCRIPT.replace(b"/JavaScript", b"/J#61vaScript")
    ),
    "javascript behind a false stream": lambda: files.pdf(more=[b"<</A(>>stream\n)/S/JavaScript/N(x)>>"]),
    "javascript packed": lambda: files.pdf(more=[files.stream(b"/Type/ObjStm/N 1/First 5/Filter/FlateDecode", HIDDEN)]),
    "javascript packed bare": lambda: files.pdf(
        more=[files.stream(b"/Type/ObjStm/N 1/First 5", b"11 0 <</S/JavaScript>>")]
    ),
    "packed oddly": lambda: files.pdf(more=[files.stream(b"/Type/ObjStm/N 1/First 5/Filter/LZWDecode", HIDDEN)]),
    "packed badly": lambda: files.pdf(more=[files.stream(b"/Type/ObjStm/N 1/First 5/Filter/FlateDecode", b"noise")]),
    "packed without places": lambda: files.pdf(more=[files.stream(b"/Type/ObjStm", b"11 0 <<>>")]),
    "bomb": lambda: files.pdf(
        more=[files.stream(b"/Type/ObjStm/N 1/First 5/Filter/FlateDecode", zlib.compress(bytes(90_000_000)))]
    ),
    "launch": lambda: files.pdf(catalog=b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/Launch/F(cmd.exe)>>>>"),
    "attached file": lambda: files.pdf(more=[b"<</Type/EmbeddedFile>>"]),
    "address on opening": lambda: files.pdf(
        catalog=b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/URI/URI(https://example.org)>>>>"
    ),
    "address on opening, elsewhere": lambda: files.pdf(
        catalog=b"<</Type/Catalog/Pages 2 0 R/OpenAction 10 0 R>>", more=[b"<</S/URI/URI(https://example.org)>>"]
    ),
    "encrypted": lambda: files.pdf(trailer=b"/Encrypt 10 0 R", more=[b"<</Filter/Standard/V 1/R 2/P -4>>"]),
    "active form": lambda: files.pdf(catalog=b"<</Type/Catalog/Pages 2 0 R/AcroForm<</XFA 10 0 R>>>>"),
    "no page": lambda: files.pdf(pages=0),
    "no tree of pages": lambda: files.pdf(catalog=b"<<>>"),
}


def relationship(kind, mode="External"):
    return (
        f'<Relationships><Relationship Type="http://x/{kind}" TargetMode="{mode}" Target="http://y/"/></Relationships>'
    )


HOSTILE_ARCHIVES = {
    "not one": lambda: files.HTML,
    "cut": lambda: files.docx()[:-30],
    "behind something": lambda: b"GIF89a" + files.docx(),
    "before something": lambda: files.docx() + files.HTML,
    "broken inside": lambda: (
        files.docx().replace(b"PK\x03\x04", b"PK\x03\x05").replace(b"PK\x03\x05", b"PK\x03\x04", 1)
    ),
    "macros": lambda: files.docx(**{"word/vbaProject.bin": b"\xd0\xcf"}),
    "macros by type": lambda: files.docx(
        **{"word/settings.xml": "<a ContentType='application/vnd.ms-word.document.macroEnabled'/>"}
    ),
    "open macros": lambda: files.open_document(**{"Basic/Standard/Module1.xml": "<script/>"}),
    "open macro called": lambda: files.open_document(**{"styles.xml": '<a xlink:href="vnd.sun.star.script:X.Y"/>'}),
    "entities": lambda: files.docx(
        **{"word/styles.xml": '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>'}
    ),
    "entities in UTF-16": lambda: files.docx(
        **{"word/styles.xml": '<!DOCTYPE a [<!ENTITY x "y">]><a/>'.encode("utf-16")}
    ),
    "template elsewhere": lambda: files.docx(**{"word/_rels/settings.xml.rels": relationship("attachedTemplate")}),
    "object elsewhere": lambda: files.docx(**{"word/_rels/document.xml.rels": relationship("oleObject")}),
    "way up": lambda: files.docx(**{"../../x.xml": "<a/>"}),
    "absolute": lambda: files.docx(**{"/etc/x.xml": "<a/>"}),
    "backslash": lambda: files.docx(**{"..\\x.xml": "<a/>"}),
    "bomb": lambda: files.docx(**{"word/media/x.bin": bytes(160_000_000)}),
    "bomb of XML": lambda: files.docx(**{"word/styles.xml": bytes(45_000_000)}),
    "thousands of parts": lambda: files.docx(**{f"word/{number}.txt": b"" for number in range(5000)}),
    "password": lambda: files.open_document(**{"META-INF/manifest.xml": "<manifest:encryption-data/>"}),
}

whole_mp4 = functools.cache(files.film)
whole_webm = functools.partial(functools.cache(files.film), "libvpx", "webm")
HOSTILE_FILMS = {
    "text": lambda: b"Bonjour",
    "html": lambda: files.HTML,
    "picture": lambda: files.picture("JPEG"),
    "playlist": lambda: files.PLAYLIST,
    "concat": lambda: files.CONCAT,
    "cut": lambda: whole_mp4()[: len(whole_mp4()) * 2 // 3],
    "cut at its end": lambda: files.film(faststart=False)[:-40],
    "tail": lambda: whole_mp4() + files.HTML,
    "webm cut": lambda: whole_webm()[: len(whole_webm()) * 2 // 3],
    "webm head only": lambda: whole_webm()[:40],
    "false film": lambda: files.box(b"ftyp", b"isom\0\0\0\0") + files.HTML,
    "empty boxes": lambda: files.box(b"ftyp", b"isom\0\0\0\0") + files.box(b"free", length=0) * 5000,
    "huge box": lambda: files.box(b"ftyp", b"isom\0\0\0\0") + b"\0\0\0\1moov" + (2**63).to_bytes(8),
    "thousands of boxes": lambda: files.box(b"ftyp", b"isom\0\0\0\0") + files.box(b"free") * 5000,
    "nothing inside": lambda: files.box(b"ftyp", b"isom\0\0\0\0") + files.box(b"moov") + files.box(b"mdat"),
    "rare codec": lambda: files.film("mpeg4"),
    "too large": lambda: files.film(size=(4200, 16)),
}


def animated():
    frames = [Pillow.new("L", (10, 10), number * 100) for number in range(3)]
    content = BytesIO()
    frames[0].save(content, "GIF", save_all=True, append_images=frames[1:])
    return content.getvalue()


def big_png():
    content = BytesIO()
    Pillow.new("1", (10_000, 10_000)).save(content, "PNG")
    return content.getvalue()


HOSTILE_PICTURES = {
    "svg": lambda: files.SVG,
    "html": lambda: files.HTML,
    "pdf": lambda: files.pdf(),
    "script": lambda: b"GIF89a/*" + bytes(8) + b"*/=1;alert(1)//",
    "cut": lambda: files.photograph()[:-300],
    "hundred megapixels": lambda: big_png(),
    "one point high": lambda: files.picture("PNG", (1, 25_000)),
    "moving": lambda: animated(),
    "huge announcement": lambda: files.picture("PNG").replace((60).to_bytes(4), (2**31 - 1).to_bytes(4), 1),
}

HOSTILE_CAPTIONS = {
    "empty": b"",
    "subrip": b"1\n00:00:00,000 --> 00:00:02,000\nBonjour\n",
    "no cue": b"WEBVTT\n\n",
    "backwards": b"WEBVTT\n\n00:03.000 --> 00:02.000\nBonjour\n",
    "no time": b"WEBVTT\n\nmidi --> soir\nBonjour\n",
    "script": b"WEBVTT\n\n00:00.000 --> 00:02.000\n<script>alert(1)</script>\n",
    "html": files.HTML,
    "latin": "WEBVTT\n\n00:00.000 --> 00:02.000\nété\n".encode("latin-1"),
    "too long": b"WEBVTT\n\n" + b"00:00.000 --> 00:02.000\nBonjour\n\n" * 60_000,
}


# What no field takes, whatever it wants.
HOSTILE_ANYWHERE = {
    "empty": lambda: b"",
    "one byte": lambda: b"x",
    "text": lambda: b"Bonjour",
    "program": lambda: files.PROGRAM,
    "html": lambda: files.HTML,
    "svg": lambda: files.SVG,
    "xml with a style": lambda: b'<?xml version="1.0"?><?xml-stylesheet href="javascript:alert(1)"?><a/>',
    "playlist": lambda: files.PLAYLIST,
    "concat": lambda: files.CONCAT,
    "old office": lambda: b"\xd0\xcf\x11\xe0" + bytes(100),
    "test virus": lambda: EICAR,
    "noise": lambda: bytes(range(256)) * 40,
}
OTHERS = {
    "pdf": lambda: files.pdf(),
    "office": lambda: files.docx(),
    "picture": lambda: files.photograph(),
    "film": lambda: whole_mp4(),
    "captions": lambda: files.CAPTIONS,
}
OF_A_KIND = {
    "pdf": HOSTILE_PDFS,
    "office": HOSTILE_ARCHIVES,
    "picture": HOSTILE_PICTURES,
    "film": HOSTILE_FILMS,
    "captions": {name: functools.partial(bytes, content) for name, content in HOSTILE_CAPTIONS.items()},
}
# Names that try to be something else than a name; the last part of each is the extension that the field wants.
HOSTILE_NAMES = [
    *("../../x.{}", "..\\..\\x.{}", "/etc/x.{}", "....//x.{}", "%2e%2e%2fx.{}", "x.php.{}", "x.exe.{}", ".{}", " .{}"),
    *(
        "x.{}.",
        "x.{} ",
        "\u202ex.{}",
        "x\u200b.{}",
        "x\uff0e.{}",
        "😀.{}",
        "e\u0301.{}",
        "履歴書.{}",
        "x" * 290 + ".{}",
    ),
    *(
        "<svg onload=alert(1)>.{}",
        "=cmd|x!A1.{}",
        "{{{{7*7}}}}.{}",
        "'; DROP TABLE x.{}",
        "$(id).{}",
        "%s%n.{}",
        'a";b.{}',
    ),
    *("CON.{}", "x.{}::$DATA", "-rf.{}"),
]


def hostile(kind, extension, *, few=None):
    """Parameters `name, make` of everything that a field of this kind refuses; all but a `few` with the trials."""
    others = {f"a {other}": make for other, make in OTHERS.items() if other != kind}
    cases = HOSTILE_ANYWHERE | others | {f"{kind}: {name}": make for name, make in OF_A_KIND[kind].items()}
    now = cases.keys() if few is None else set(few)
    assert now <= cases.keys()
    return [
        pytest.param(
            f"{name.replace(' ', '-').replace(':', '')}.{extension}", make, id=name, marks=marks_of(name in now)
        )
        for name, make in cases.items()
    ]


def hostile_names(extension, *, every=1):
    """All but one out of `every` so many with the trials."""
    return [
        pytest.param(name.format(extension), marks=marks_of(number % every == 0))
        for number, name in enumerate(HOSTILE_NAMES)
    ]


def marks_of(now):
    return () if now else pytest.mark.trial
