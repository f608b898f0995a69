"""What the worker makes of each file, without the process around it."""

import base64
import functools
import zlib
from io import BytesIO

import pytest
from django.conf import settings
from PIL import Image as Pillow

from pages.library import archive, film, image, pdf
from pages.library.names import extension_of, safe_name
from pages.library.refusal import RefusedError
from pages.library.text import check_captions, check_text
from tests import files


@pytest.fixture
def stored(tmp_path):
    def store(content):
        path = tmp_path / "upload"
        path.write_bytes(content)
        return path

    return store


def opened(encoded):
    return Pillow.open(BytesIO(base64.b64decode(encoded)))


def refused(reader, path):
    with pytest.raises(RefusedError) as error:
        reader(path)
    return str(error.value)


def test_a_pdf_gives_its_pages_and_its_cover(stored):
    facts = pdf.read(stored(files.pdf(pages=3)))

    assert facts["pages"] == 3
    assert opened(facts["cover"]).size == (800, 1120)


def test_the_cover_of_a_scroll_is_its_top(stored):
    assert opened(pdf.read(stored(files.pdf(size=(100, 3000))))["cover"]).size == (800, 1600)


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


@pytest.mark.parametrize("make", HOSTILE_PDFS.values(), ids=HOSTILE_PDFS)
def test_a_pdf_that_is_not_only_one_is_refused(stored, make):
    assert refused(pdf.read, stored(make())).endswith(".")


def test_a_link_in_a_pdf_and_a_place_to_open_it_at_are_honest(stored):
    content = files.pdf(
        catalog=b"<</Type/Catalog/Pages 2 0 R/OpenAction[100 0 R/Fit]>>",
        more=[b"<</Type/Annot/Subtype/Link/A<</S/URI/URI(https://example.org)>>>>"],
    )

    assert pdf.read(stored(content))["pages"] == 1


DEMO = settings.ROOT / "home" / "demo" / "media"


@pytest.mark.parametrize("path", sorted((DEMO / "guides").glob("*.pdf")), ids=lambda path: path.stem)
def test_the_guides_of_the_demonstration_are_honest(path):
    assert pdf.read(path)["pages"] >= 4


def test_the_films_of_the_demonstration_are_honest():
    for path in sorted((DEMO / "videos").glob("*.vtt")):
        check_captions(path.read_bytes())
    for path in sorted((DEMO / "videos").glob("*.mp4"))[:2]:
        assert 30 < film.read(path)["duration"] <= 180


HONEST_ARCHIVES = {
    "docx": files.docx(),
    "pptx": files.office("ppt/presentation.xml"),
    "xlsx": files.office("xl/workbook.xml"),
    "odt": files.open_document(),
    "ods": files.open_document("spreadsheet"),
    "odp": files.open_document("presentation"),
}


@pytest.mark.parametrize(("kind", "content"), HONEST_ARCHIVES.items(), ids=HONEST_ARCHIVES)
def test_an_office_file_is_known_by_what_it_holds(stored, kind, content):
    assert archive.read(stored(content)) == {"kind": kind}


def test_a_zip_of_something_else_is_of_no_kind(stored):
    assert archive.read(stored(files.archive({"lettre.txt": "Bonjour"}))) == {"kind": ""}


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


@pytest.mark.parametrize("make", HOSTILE_ARCHIVES.values(), ids=HOSTILE_ARCHIVES)
def test_an_office_file_that_hides_something_is_refused(stored, make):
    assert refused(archive.read, stored(make())).endswith(".")


def test_links_to_pages_are_honest(stored):
    content = files.docx(**{"word/_rels/document.xml.rels": relationship("hyperlink")})

    assert archive.read(stored(content)) == {"kind": "docx"}


@pytest.mark.parametrize(
    ("codec", "container"), [("libx264", "mp4"), ("libvpx", "webm"), ("libvpx-vp9", "webm"), ("libvpx-vp9", "mp4")]
)
def test_a_film_gives_its_length_its_size_and_a_poster(stored, codec, container):
    facts = film.read(stored(files.film(codec, container)))

    assert facts["duration"] == pytest.approx(2, abs=0.3)
    assert (facts["width"], facts["height"]) == (64, 36)
    poster = opened(facts["poster"])
    assert (poster.format, poster.size) == ("WEBP", (64, 36))


def fading(number, size):
    """A dark second, then a passage from second 1.8 to 2.6 to a picture that stays: a fifth of 10 s is in it."""
    light = min(max((number / 5 - 1.8) / 0.8, 0), 1)
    image = Pillow.new("RGB", size, (20, 60, 50))
    image.paste((int(40 + 200 * light),) * 3, (0, 0, size[0] // 2, size[1]))
    return image


def test_the_poster_is_not_taken_from_the_passage_between_two_pictures(stored):
    facts = film.read(stored(files.film(seconds=10, draw=fading)))

    assert opened(facts["poster"]).convert("L").getpixel((10, 18)) > 225


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


@pytest.mark.parametrize("make", HOSTILE_FILMS.values(), ids=HOSTILE_FILMS)
def test_a_film_that_is_not_a_whole_one_is_refused(stored, make):
    assert refused(film.read, stored(make())).endswith(".")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "AVIF", "GIF"])
def test_a_picture_is_drawn_again_in_its_own_format(stored, kind):
    drawn = opened(image.read(stored(files.picture(kind)))["content"])

    assert (drawn.format, drawn.size) == (kind, (60, 40))


def test_a_photograph_forgets_its_camera_and_its_place_and_stands_upright(stored):
    content = base64.b64decode(image.read(stored(files.photograph()))["content"])
    drawn = Pillow.open(BytesIO(content))

    assert drawn.size == (40, 60)
    assert not drawn.getexif()
    assert b"Telephone" not in content
    assert b"<?php" not in content


def test_what_hides_behind_a_picture_is_gone(stored):
    drawn = image.read(stored(files.picture("GIF") + files.docx()))["content"]

    assert b"PK\x03\x04" not in base64.b64decode(drawn)


def test_a_transparent_picture_stays_so(stored):
    content = BytesIO()
    Pillow.new("RGBA", (10, 10), (0, 0, 0, 0)).save(content, "PNG")

    assert opened(image.read(stored(content.getvalue()))["content"]).getpixel((5, 5))[3] == 0


def test_a_very_large_picture_is_kept_smaller(stored):
    assert opened(image.read(stored(files.picture("JPEG", (6000, 300))))["content"]).size[0] <= 3000


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


@pytest.mark.parametrize("make", HOSTILE_PICTURES.values(), ids=HOSTILE_PICTURES)
def test_a_picture_that_is_not_one_is_refused(stored, make):
    assert refused(image.read, stored(make())).endswith(".")


@pytest.mark.parametrize(
    "content",
    ["Prénom;Ville\nNour;Évry\n".encode(), "Évry".encode("cp1252"), "\ufeffÉvry".encode(), "Évry".encode("utf-16")],
)
def test_text_is_taken_as_spreadsheets_write_it(content):
    check_text(content)


@pytest.mark.parametrize(
    "content", [b"", b" \n", files.HTML, files.SVG, files.PROGRAM, b"<?php echo 1 ?>", b"\xff\xfeA"]
)
def test_text_that_is_not_plain_is_refused(content):
    with pytest.raises(RefusedError):
        check_text(content)


@pytest.mark.parametrize(
    "content",
    [
        files.CAPTIONS,
        b"WEBVTT - titre\r\n\r\n00:00:01.000 --> 00:00:02.500 align:start\r\n<b>Bonjour</b> <00:00:02.000>encore\r\n",
    ],
)
def test_captions_are_taken(content):
    check_captions(content)


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


@pytest.mark.parametrize("content", HOSTILE_CAPTIONS.values(), ids=HOSTILE_CAPTIONS)
def test_captions_that_are_not_webvtt_are_refused(content):
    with pytest.raises(RefusedError):
        check_captions(content)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Écrire sa candidature.PDF", "ecrire-sa-candidature.pdf"),
        ("cv.php.pdf", "cv-php.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("..\\..\\x.pdf", "x.pdf"),
        (".pdf", "fichier.pdf"),
        ("<b>&\u202egnp.pdf", "bgnp.pdf"),
        ("a" * 300 + ".pdf", "a" * 80 + ".pdf"),
        ("日本.pdf", "fichier.pdf"),
    ],
)
def test_a_name_becomes_plain(name, kept):
    assert safe_name(name) == kept


@pytest.mark.parametrize("name", ["x.pdf::$DATA", "x", "x.", "x.pdf\n", "x.<b>", ""])
def test_an_extension_is_a_plain_word_or_none(name):
    assert extension_of(name) in {"", "pdf"}
