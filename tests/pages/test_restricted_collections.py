"""Only documents are ever restricted: a restriction on pictures or films, whose files anyone reads, is refused."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction, UploadedFile

from pages.models import File, Film, Picture
from tests import files
from tests.factories import make_admin, make_file, make_film, make_picture

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

REFUSED = "seuls les documents peuvent être privés"
NOT_HERE = "L’accès à cette collection est restreint"


@pytest.fixture(autouse=True)
def admin(client):
    user = make_admin()
    client.force_login(user)
    return user


def make_collection(name, *, parent=None, restricted=False):
    collection = (parent or Collection.get_first_root_node()).add_child(name=name)
    if restricted:
        CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    return collection


def restrict(client, collection, kind="login"):
    address = reverse("wagtailadmin_collections:set_privacy", args=[collection.pk])
    return client.post(address, {"restriction_type": kind}).json()


def is_restricted(collection):
    return collection.get_view_restrictions().exists()


def send_picture(client, collection):
    file = SimpleUploadedFile("a.png", files.picture("PNG"))
    sent = {"title": "Une image", "description": "Un dessin.", "file": file, "collection": collection.pk}
    return client.post(reverse("wagtailimages:add"), sent)


def send_film(client, collection):
    sent = {"title": "Un film", "file": SimpleUploadedFile("a.mp4", files.film()), "collection": collection.pk}
    sent["transcript"] = json.dumps({"blocks": [], "entityMap": {}})
    return client.post(reverse("wagtailmedia:add", args=["video"]), sent)


@pytest.mark.parametrize("make", [make_picture, make_film])
@pytest.mark.parametrize("depth", ["in it", "below it"])
def test_a_collection_with_a_picture_or_a_film_is_not_restricted(client, make, depth):
    collection = make_collection("Portraits")
    below = make_collection("Archives", parent=collection)
    make(collection=collection if depth == "in it" else below)

    address = reverse("wagtailadmin_collections:set_privacy", args=[collection.pk])
    shown = client.get(address).json()
    answer = restrict(client, collection)

    assert REFUSED in shown["html"]
    assert REFUSED in answer["html"]
    assert not is_restricted(collection)


@pytest.mark.parametrize("kind", ["login", "none"])
def test_a_collection_of_documents_is_restricted_and_opened_as_before(client, kind):
    collection = make_collection("Diaporamas", restricted=kind == "none")
    make_file(collection=collection)

    answer = restrict(client, collection, kind)

    assert answer["step"] == "set_privacy_done"
    assert is_restricted(collection) is (kind == "login")


def test_a_restriction_of_old_on_pictures_can_be_lifted(client):
    collection = make_collection("Portraits", restricted=True)
    make_picture(collection=collection)

    assert REFUSED in restrict(client, collection, "groups")["html"]
    assert restrict(client, collection, "none")["step"] == "set_privacy_done"
    assert not is_restricted(collection)


@pytest.mark.parametrize("send", [send_picture, send_film])
@pytest.mark.parametrize("depth", ["in it", "below it"])
def test_no_picture_nor_film_enters_a_restricted_collection(client, send, depth):
    collection = make_collection("Diaporamas", restricted=True)
    below = make_collection("Archives", parent=collection)

    response = send(client, collection if depth == "in it" else below)

    assert NOT_HERE in response.content.decode()
    assert not Picture.objects.exists()
    assert not Film.objects.exists()


def test_nor_does_one_of_many_sent_at_once(client):
    collection = make_collection("Diaporamas", restricted=True)
    file = SimpleUploadedFile("a.png", files.picture("PNG"))
    client.post(reverse("wagtailimages:add_multiple"), {"files[]": file, "collection": collection.pk})
    waiting = UploadedFile.objects.get().pk
    words = {"title": "Une image", "description": "Un dessin.", "collection": collection.pk, "tags": ""}

    response = client.post(
        reverse("wagtailimages:create_multiple_from_uploaded_image", args=[waiting]),
        {f"uploaded-image-{waiting}-{name}": value for name, value in words.items()},
    )

    assert NOT_HERE in response.json()["form"]
    assert not Picture.objects.exists()


def test_nor_does_one_sent_while_choosing(client):
    collection = make_collection("Diaporamas", restricted=True)
    file = SimpleUploadedFile("a.png", files.picture("PNG"))
    sent = {"title": "Une image", "description": "Un dessin.", "file": file, "collection": collection.pk}

    response = client.post(
        reverse("wagtailimages_chooser:create"), {f"image-chooser-upload-{name}": value for name, value in sent.items()}
    )

    assert NOT_HERE in response.json()["htmlFragment"]
    assert not Picture.objects.exists()


@pytest.mark.parametrize("send", [send_picture, send_film])
def test_pictures_and_films_enter_a_public_collection(client, send):
    send(client, make_collection("Photographies"))

    assert Picture.objects.count() + Film.objects.count() == 1


def test_a_picture_is_not_moved_there_by_its_form(client):
    picture = make_picture()
    collection = make_collection("Diaporamas", restricted=True)
    data = {"title": "Une image", "description": "Un dessin.", "collection": collection.pk}

    response = client.post(reverse("wagtailimages:edit", args=[picture.pk]), data)

    assert NOT_HERE in response.content.decode()
    assert Picture.objects.get(pk=picture.pk).collection != collection


@pytest.mark.parametrize("restricted", [True, False])
def test_nor_from_a_list(client, restricted):
    pictures = [make_picture(), make_picture()]
    collection = make_collection("Diaporamas", restricted=restricted)
    address = reverse("wagtail_bulk_action", args=["pages", "picture", "add_to_collection"])
    chosen = "&".join(f"id={picture.pk}" for picture in pictures)

    response = client.post(f"{address}?{chosen}&next=/gestion/", {"collection": collection.pk}, follow=True)

    assert Picture.objects.filter(collection=collection).count() == (0 if restricted else 2)
    assert (NOT_HERE in response.content.decode()) is restricted


def test_documents_are_moved_there_from_a_list(client):
    document = make_file()
    collection = make_collection("Diaporamas", restricted=True)
    address = reverse("wagtail_bulk_action", args=["pages", "file", "add_to_collection"])

    client.post(f"{address}?id={document.pk}&next=/gestion/", {"collection": collection.pk})

    document.refresh_from_db()
    assert document.collection == collection


@pytest.mark.parametrize(("make", "moves"), [(make_picture, False), (make_film, False), (make_file, True)])
def test_a_collection_of_pictures_is_not_moved_into_a_restricted_one(client, make, moves):
    restricted = make_collection("Diaporamas", restricted=True)
    collection = make_collection("Portraits")
    make(collection=collection)
    address = reverse("wagtailadmin_collections:edit", args=[collection.pk])

    response = client.post(address, {"name": "Portraits", "parent": restricted.pk}, follow=True)

    assert Collection.objects.get(pk=collection.pk).is_child_of(restricted) is moves
    assert (REFUSED in response.content.decode()) is not moves


def make_document_with_cover(collection=None):
    return make_file(cover=make_picture(), collection=collection or Collection.get_first_root_node())


def has_cover(document):
    document.refresh_from_db()
    return document.cover is not None and Picture.objects.filter(pk=document.cover_id).exists()


def test_documents_lose_their_covers_when_their_collection_is_restricted(client):
    collection = make_collection("Diaporamas")
    document = make_document_with_cover(make_collection("Archives", parent=collection))
    other = make_document_with_cover()

    restrict(client, collection)

    assert not has_cover(document)
    assert not Picture.objects.exclude(pk=other.cover_id).exists()
    assert has_cover(other)


def test_documents_lose_their_covers_when_their_collection_is_moved_into_a_restricted_one(client):
    restricted = make_collection("Diaporamas", restricted=True)
    collection = make_collection("Archives")
    document = make_document_with_cover(collection)
    address = reverse("wagtailadmin_collections:edit", args=[collection.pk])

    client.post(address, {"name": "Archives", "parent": restricted.pk})

    assert not has_cover(document)


@pytest.mark.parametrize("restricted", [True, False])
def test_documents_lose_their_covers_when_they_are_moved_into_a_restricted_collection(client, restricted):
    by_form, from_a_list = make_document_with_cover(), make_document_with_cover()
    collection = make_collection("Diaporamas", restricted=restricted)
    address = reverse("wagtail_bulk_action", args=["pages", "file", "add_to_collection"])

    client.post(reverse("wagtaildocs:edit", args=[by_form.pk]), {"title": "x", "collection": collection.pk, "tags": ""})
    client.post(f"{address}?id={from_a_list.pk}&next=/gestion/", {"collection": collection.pk})

    assert [has_cover(by_form), has_cover(from_a_list)] == [not restricted] * 2


def test_a_document_sent_to_a_restricted_collection_has_no_cover(client):
    collection = make_collection("Diaporamas", restricted=True)
    file = SimpleUploadedFile("a.pdf", files.pdf())

    client.post(reverse("wagtaildocs:add"), {"title": "Un document", "file": file, "collection": collection.pk})

    assert File.objects.get().page_count == 1
    assert not Picture.objects.exists()


def test_an_editor_restricts_nothing(client, admin):
    admin.is_superuser = False
    admin.save()
    collection = make_collection("Portraits")
    make_picture(collection=collection)

    response = client.post(f"/gestion/collections/{collection.pk}/privacy/", {"restriction_type": "login"})

    assert response.status_code in (302, 403)
    assert not is_restricted(collection)
