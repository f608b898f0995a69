from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from PIL import Image as Pillow
from wagtail.models import Collection

from pages import pictures
from pages.library import sandbox
from pages.library.refusal import RefusedError
from pages.models import File, Film, Picture
from tests import files

pytestmark = pytest.mark.django_db


def make_document(content, name="guide.pdf"):
    return File.objects.create(title="Vos droits", file=ContentFile(content, name=name))


def make_film(**fields):
    file = ContentFile(files.film(size=(320, 180)), name="film.mp4")
    return Film.objects.create(**{"title": "Film", "type": "video", "file": file} | fields)


def test_a_pdf_has_its_pages_and_a_cover_in_the_library():
    document = make_document(files.pdf(pages=4))

    document.refresh_from_db()
    cover = document.cover
    assert document.page_count == 4
    assert (cover.width, cover.height) == (800, 1120)
    assert cover.description == "Couverture du document «\N{NO-BREAK SPACE}Vos droits\N{NO-BREAK SPACE}»"
    assert cover.collection.name == "Couvertures"


def test_a_document_knows_its_weight_and_its_hash_however_it_enters():
    document = make_document(b"mots", name="note.txt")

    assert document.file_size == 4
    assert len(document.file_hash) == 40
    assert (document.page_count, document.cover) == (None, None)


@pytest.mark.parametrize("content", [b"%PDF-1.4 rien", files.HTML])
def test_a_broken_pdf_has_no_cover(content):
    document = make_document(content)

    assert (document.page_count, document.cover) == (None, None)


def test_saving_again_changes_nothing():
    document = File.objects.get(pk=make_document(files.pdf()).pk)
    cover = document.cover
    drawn_at = cover.file.name

    document.title = "Autre titre"
    document.save()

    cover.refresh_from_db()
    assert cover.file.name == drawn_at
    assert Picture.objects.count() == 1


def test_a_new_edition_is_drawn_in_the_place_of_the_old_one(django_capture_on_commit_callbacks):
    document = File.objects.get(pk=make_document(files.pdf(pages=1)).pk)
    old_file = document.cover.file.name
    pictures.markup(document.cover, use="cover")
    assert document.cover.renditions.exists()

    with django_capture_on_commit_callbacks(execute=True):
        document.file = ContentFile(files.pdf(pages=2, size=(280, 200)), name="guide.pdf")
        document.save()

    document.refresh_from_db()
    cover = Picture.objects.get()
    assert document.page_count == 2
    assert document.cover == cover
    assert (cover.width, cover.height) == (800, 572)
    assert not cover.renditions.exists()
    assert not cover.file.storage.exists(old_file)


def test_a_file_that_is_no_pdf_any_more_loses_its_cover():
    document = File.objects.get(pk=make_document(files.pdf()).pk)

    document.file = ContentFile(b"mots", name="note.txt")
    document.save()

    document.refresh_from_db()
    assert (document.page_count, document.cover) == (None, None)


def test_covers_share_one_collection():
    make_document(files.pdf())
    make_document(files.pdf())

    assert Collection.objects.filter(name="Couvertures").count() == 1


def test_a_film_has_its_length_its_size_and_a_poster():
    film = make_film()

    film.refresh_from_db()
    assert film.duration == pytest.approx(2, abs=0.3)
    assert (film.width, film.height) == (320, 180)
    with film.thumbnail.open() as poster, Pillow.open(BytesIO(poster.read())) as image:
        assert (image.format, image.size) == ("WEBP", (320, 180))


def test_a_poster_sent_with_the_film_is_kept():
    film = make_film(thumbnail=ContentFile(b"affiche", name="la-mienne.webp"))

    assert "la-mienne" in film.thumbnail.name


def test_a_new_film_gives_a_new_poster(django_capture_on_commit_callbacks):
    film = Film.objects.get(pk=make_film().pk)
    old = film.thumbnail.name

    with django_capture_on_commit_callbacks(execute=True):
        film.file = ContentFile(files.film(seconds=3), name="film.mp4")
        film.save()

    film.refresh_from_db()
    assert film.duration == pytest.approx(3, abs=0.3)
    assert film.width == 64
    assert film.thumbnail.name != old
    assert not film.thumbnail.storage.exists(old)


def test_captions_are_deleted_with_what_they_were_for(django_capture_on_commit_callbacks):
    film = Film.objects.get(pk=make_film(captions=ContentFile(files.CAPTIONS, name="un.vtt")).pk)
    first, storage = film.captions.name, film.captions.storage

    with django_capture_on_commit_callbacks(execute=True):
        film.captions = ContentFile(files.CAPTIONS, name="deux.vtt")
        film.save()
    assert not storage.exists(first)
    assert storage.exists(film.captions.name)

    second = film.captions.name
    with django_capture_on_commit_callbacks(execute=True):
        film.delete()
    assert not storage.exists(second)


def test_a_film_that_cannot_be_read_keeps_what_is_known():
    film = make_film(file=ContentFile(b"rien", name="film.mp4"), duration=12)

    assert film.duration == 12
    assert not film.thumbnail


@pytest.mark.parametrize(("name", "mime"), [("a.mp4", "video/mp4"), ("a.webm", "video/webm")])
def test_a_film_says_its_type_and_its_weight(name, mime):
    film = make_film(file=ContentFile(b"rien", name=name))

    assert (film.mime, film.weight) == (mime, 4)
    film.file.storage.delete(film.file.name)
    assert film.weight is None


def test_the_worker_is_stopped_when_a_file_keeps_it_busy():
    with pytest.raises(RefusedError, match="ne s’ouvre pas"):
        sandbox.read("image", ContentFile(files.picture()), seconds=0.001)


def test_the_worker_does_only_what_it_knows():
    with pytest.raises(RefusedError):
        sandbox.read("os", ContentFile(b"x"))
