"""What editors send, at each door by which a file can enter; nothing refused leaves a trace."""

import json
from http import HTTPStatus
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image as Pillow
from wagtail.models import UploadedFile

from pages.models import File, Film, Picture
from tests import files
from tests.factories import make_admin, make_file, make_film, make_picture

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


def stored_files():
    roots = [Path(settings.MEDIA_ROOT), Path(settings.PRIVATE_ROOT)]
    return {path for root in roots for path in root.rglob("*") if path.is_file()}


@pytest.fixture
def editor(client, settings, tmp_path):
    """Files of its own: to look through those of a whole run takes longer than to send one."""
    settings.MEDIA_ROOT = tmp_path / "media"
    client.force_login(make_admin())
    client.before, client.sent = stored_files(), set()
    return client


def left_behind(editor):
    """What the uploads of this test left on the disk; those of others, running beside it, have other names."""
    return [path.name for path in stored_files() - editor.before if path.name.startswith(tuple(editor.sent))]


def upload(name, content, announced="application/octet-stream"):
    return SimpleUploadedFile(name, content, announced)


def send_document(editor, name, content):
    editor.sent.add(Path(name).stem)
    return editor.post(reverse("wagtaildocs:add"), {"title": "Un document", "file": upload(name, content)})


def send_picture(editor, name, content, **more):
    editor.sent.add(Path(name).stem)
    data = {"title": "Une image", "description": "Un dessin vert.", "file": upload(name, content)}
    return editor.post(reverse("wagtailimages:add"), data | more)


def send_film(editor, name, content, **more):
    editor.sent.add(Path(name).stem)
    data = {
        "title": "Un film",
        "file": upload(name, content),
        "transcript": json.dumps({"blocks": [], "entityMap": {}}),
    }
    return editor.post(reverse("wagtailmedia:add", args=["video"]), data | more)


def refusal(response):
    """The sentence beside the field."""
    assert response.status_code == HTTPStatus.OK
    form = response.context["form"]
    assert form.errors, "the file was taken"
    assert len(form.errors) == 1, "one thing is wrong, and said once"
    return " ".join(error for errors in form.errors.values() for error in errors)


HONEST_DOCUMENTS = {
    "Guide d’été.PDF": files.pdf,
    "lettre.odt": files.open_document,
    "lettre.docx": files.docx,
    "diaporama.pptx": lambda: files.office("ppt/presentation.xml"),
    "liste.csv": lambda: "Prénom;Ville\nNour;Évry\n".encode(),
    "note.txt": lambda: "Bonjour à toutes et à tous.".encode(),
}


@pytest.mark.parametrize(("name", "make"), HONEST_DOCUMENTS.items(), ids=HONEST_DOCUMENTS)
def test_an_honest_document_is_taken_under_a_plain_name(editor, name, make):
    response = send_document(editor, name, make())

    assert response.status_code == HTTPStatus.FOUND
    document = File.objects.get()
    assert document.filename.isascii()
    assert document.file_size == len(make())
    assert document.file_hash
    assert (document.page_count, document.cover is not None) == ((1, True) if name.endswith("PDF") else (None, False))


REFUSED_DOCUMENTS = {
    "html.pdf": (files.HTML, "n’est pas un PDF"),
    "empty.pdf": (b"", "vide"),
    "program.pdf": (files.PROGRAM, "n’est pas un PDF"),
    "javascript.pdf": (files.pdf(catalog=files.JAVASCRIPT), "contient un programme"),
    "cut.pdf": (files.pdf()[:150], "abîmé ou incomplet"),
    "dessin.svg": (files.SVG, "pas accepté"),
    "page.html": (files.HTML, "pas accepté"),
    "ancien.doc": (b"\xd0\xcf\x11\xe0" + bytes(100), "pas accepté"),
    "cv.pdf.exe": (files.PROGRAM, "pas accepté"),
    "autre-lettre.docx": (files.open_document(), "n’est pas un document DOCX"),
    "macro.docx": (files.docx(**{"word/vbaProject.bin": b"x"}), "macros"),
    "page.txt": (files.HTML, "pas du texte simple"),
    "program.csv": (files.PROGRAM, "pas du texte"),
}


@pytest.mark.parametrize(("name", "case"), REFUSED_DOCUMENTS.items(), ids=REFUSED_DOCUMENTS)
def test_a_document_that_is_not_what_it_says_is_refused_and_leaves_nothing(editor, name, case):
    content, reason = case

    assert reason in refusal(send_document(editor, name, content))
    assert not File.objects.exists()
    assert left_behind(editor) == []


@pytest.mark.parametrize("name", ["photo.jpg", "photo.jpeg"])
def test_a_photograph_enters_without_its_camera_nor_its_place(editor, name):
    assert send_picture(editor, name, files.photograph()).status_code == HTTPStatus.FOUND

    picture = Picture.objects.get()
    with picture.open_file() as stored:
        kept = stored.read()
    assert not Pillow.open(BytesIO(kept)).getexif()
    assert b"Telephone" not in kept
    assert (picture.width, picture.height) == (40, 60)
    assert picture.file_size == len(kept)


@pytest.mark.parametrize(("name", "kind"), [("a.png", "PNG"), ("a.webp", "WEBP"), ("a.avif", "AVIF")])
def test_an_honest_picture_is_taken(editor, name, kind):
    assert send_picture(editor, name, files.picture(kind)).status_code == HTTPStatus.FOUND
    picture = Picture.objects.get()
    assert picture.file.name.startswith("original_images/a")
    assert picture.file.name.endswith(f".{kind.lower()}")


def hundred_megapixels():
    content = BytesIO()
    Pillow.new("1", (10_000, 10_000)).save(content, "PNG")
    return content.getvalue()


REFUSED_PICTURES = {
    "dessin.svg": lambda: files.SVG,
    "dessin.png": lambda: files.SVG,
    "page.jpg": lambda: files.HTML,
    "autre.png": lambda: files.picture("JPEG"),
    "vide.png": lambda: b"",
    "coupee.jpg": lambda: files.photograph()[:-300],
    "enorme.png": hundred_megapixels,
    "script.gif": lambda: b"GIF89a/*" + bytes(8) + b"*/=1;alert(1)//",
}


@pytest.mark.parametrize(("name", "make"), REFUSED_PICTURES.items(), ids=REFUSED_PICTURES)
def test_a_picture_that_is_not_one_is_refused_and_leaves_nothing(editor, name, make):
    reason = refusal(send_picture(editor, name, make()))

    assert not any(word in reason for word in (" the ", "This ", "Not a", " file "))
    assert not Picture.objects.exists()
    assert left_behind(editor) == []


def test_a_picture_without_words_for_those_who_do_not_see_it_is_refused(editor):
    response = send_picture(editor, "a.png", files.picture(), description="")

    assert response.context["form"].errors.keys() == {"description"}
    assert not Picture.objects.exists()


@pytest.mark.parametrize(("codec", "name"), [("libx264", "film.mp4"), ("libvpx", "film.webm")])
def test_an_honest_film_is_taken_and_read(editor, codec, name):
    content = files.film(codec, name.partition(".")[2])

    response = send_film(editor, name, content, captions=upload("film.vtt", files.CAPTIONS))

    assert response.status_code == HTTPStatus.FOUND
    film = Film.objects.get()
    assert film.duration == pytest.approx(2, abs=0.3)
    assert (film.width, film.height) == (64, 36)
    assert film.thumbnail.name.endswith(".webp")
    assert film.captions.name.endswith(".vtt")
    assert len(left_behind(editor)) == 3
    assert {Path(each.name).parent.name for each in (film.file, film.thumbnail, film.captions)} == {"videos"}


REFUSED_FILMS = {
    "texte.mp4": b"Bonjour",
    "playlist.mp4": files.PLAYLIST,
    "concat.mp4": files.CONCAT,
    "photo.mp4": files.picture("JPEG"),
    "vide.mp4": b"",
    "film.avi": b"RIFF",
    "faux.mp4": files.box(b"ftyp", b"isom\0\0\0\0") + files.HTML,
}


@pytest.mark.parametrize(("name", "content"), REFUSED_FILMS.items(), ids=REFUSED_FILMS)
def test_a_film_that_is_not_one_is_refused_and_leaves_nothing(editor, name, content):
    reason = refusal(send_film(editor, name, content))

    assert "vid" in reason
    assert not Film.objects.exists()
    assert left_behind(editor) == []


@pytest.mark.parametrize(
    ("field", "name", "content"),
    [
        ("captions", "faux.vtt", files.HTML),
        ("captions", "autres.srt", files.CAPTIONS),
        ("thumbnail", "affiche.png", files.SVG),
        ("thumbnail", "affiche.svg", files.SVG),
    ],
)
def test_what_goes_with_a_film_is_checked_too(editor, field, name, content):
    editor.sent.add(Path(name).stem)
    response = send_film(editor, "refuse.mp4", files.film(), **{field: upload(name, content)})

    assert refusal(response)
    assert not Film.objects.exists()
    assert left_behind(editor) == []


def test_the_library_of_films_takes_no_sound(editor):
    response = editor.post(
        reverse("wagtailmedia:add", args=["audio"]), {"title": "Un son", "file": upload("son.mp3", b"ID3")}
    )

    assert "Cette bibliothèque ne reçoit que des vidéos." in response.context["form"].non_field_errors()
    assert not Film.objects.exists()


def test_many_files_at_once_are_checked_one_by_one(editor):
    editor.sent.add("html")
    for url, name in (("wagtaildocs:add_multiple", "html.pdf"), ("wagtailimages:add_multiple", "html.png")):
        response = editor.post(reverse(url), {"files[]": upload(name, files.HTML), "title": "x"})

        answer = response.json()
        assert answer["success"] is False
        assert answer["error_message"]
    assert not UploadedFile.objects.exists()
    assert left_behind(editor) == []


def test_a_photograph_waiting_for_its_words_has_already_forgotten_its_place(editor):
    response = editor.post(
        reverse("wagtailimages:add_multiple"), {"files[]": upload("photo.jpg", files.photograph()), "title": "Photo"}
    )

    assert response.json()["success"] is True
    with UploadedFile.objects.get().file.open() as waiting:
        assert b"Telephone" not in waiting.read()


@pytest.mark.parametrize(
    ("url", "prefix", "model"),
    [
        ("wagtaildocs_chooser:create", "document-chooser-upload", File),
        ("wagtailimages_chooser:create", "image-chooser-upload", Picture),
    ],
)
def test_the_choosers_are_doors_too(editor, url, prefix, model):
    name = "html.pdf" if model is File else "html.png"
    editor.sent.add("html")
    data = {f"{prefix}-title": "x", f"{prefix}-description": "x", f"{prefix}-file": upload(name, files.HTML)}

    response = editor.post(reverse(url), data)

    assert response.status_code == HTTPStatus.OK
    assert not model.objects.exists()
    assert left_behind(editor) == []


def test_the_chooser_of_films_is_a_door_too(editor):
    editor.sent.add("liste")
    response = editor.post(
        reverse("wagtailmedia:chooser_upload", args=["video"]),
        {"media-chooser-upload-title": "x", "media-chooser-upload-file": upload("liste.mp4", files.PLAYLIST)},
    )

    assert response.status_code == HTTPStatus.OK
    assert not Film.objects.exists()
    assert left_behind(editor) == []


def test_a_document_is_edited_without_sending_its_file_again(editor):
    document = make_file()

    editor.post(reverse("wagtaildocs:edit", args=[document.pk]), {"title": "Autre titre"})

    document.refresh_from_db()
    assert document.title == "Autre titre"


def test_a_film_is_edited_without_sending_its_file_again(editor):
    film = make_film()

    editor.post(
        reverse("wagtailmedia:edit", args=[film.pk]),
        {"title": "Autre titre", "transcript": json.dumps({"blocks": [], "entityMap": {}})},
    )

    film.refresh_from_db()
    assert film.title == "Autre titre"
    assert film.duration == 100


@pytest.mark.parametrize(
    ("make", "url", "name"),
    [
        (make_file, "wagtaildocs:edit", "faux.pdf"),
        (make_picture, "wagtailimages:edit", "faux.png"),
        (make_film, "wagtailmedia:edit", "faux.mp4"),
    ],
)
def test_a_refused_replacement_leaves_what_was_there(editor, make, url, name):
    kept = make()

    response = editor.post(
        reverse(url, args=[kept.pk]), {"title": "x", "description": "x", "file": upload(name, files.HTML)}
    )

    assert refusal(response)
    before = type(kept).objects.get(pk=kept.pk)
    assert before.file.name == kept.file.name
    assert before.file.storage.exists(before.file.name)
