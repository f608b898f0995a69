"""What the worker makes of each file, without the process around it."""

import base64
import re
from io import BytesIO

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Pillow

from pages.library import archive, film, image, pdf
from pages.library.forms import check_document, check_film, checked, redraw
from pages.library.names import extension_of, safe_name
from pages.library.refusal import RefusedError
from pages.library.text import check_captions, check_text
from tests import files
from tests.hostile_files import (
    HOSTILE_ARCHIVES,
    HOSTILE_CAPTIONS,
    HOSTILE_FILMS,
    HOSTILE_PDFS,
    HOSTILE_PICTURES,
    hostile,
    hostile_names,
    relationship,
)


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


DOORS = [("pdf", "pdf", check_document), ("office", "pptx", check_document), ("film", "mp4", check_film)]
CASES = [
    pytest.param(case.values[0], case.values[1], check, id=f"{kind} field, {case.id}")
    for kind, extension, check in [*DOORS, ("picture", "jpg", redraw)]
    for case in hostile(kind, extension)
]


@pytest.mark.parametrize(("name", "make", "check"), CASES)
def test_each_door_refuses_everything_hostile_with_a_sentence(name, make, check):
    with pytest.raises(ValidationError) as refusal:
        checked(check, SimpleUploadedFile(name, make()))

    [sentence] = refusal.value.messages
    assert sentence[0].isupper()
    assert sentence.endswith(".")


@pytest.mark.parametrize("name", hostile_names("pdf"))
def test_a_hostile_name_is_refused_or_made_plain(name):
    try:
        upload = checked(check_document, SimpleUploadedFile(name, files.pdf()))
    except ValidationError:
        return
    assert re.fullmatch(r"[a-z0-9_-]{1,80}\.pdf", upload.name)
