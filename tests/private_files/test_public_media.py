from http import HTTPStatus
from pathlib import Path

import pytest

pytestmark = pytest.mark.django_db


def write(settings, name, content=b"0123456789"):
    path = Path(settings.MEDIA_ROOT) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("name", "mimetype"),
    [
        ("images/a.avif", "image/avif"),
        ("images/a.webp", "image/webp"),
        ("videos/a.mp4", "video/mp4"),
        ("videos/a.vtt", "text/vtt"),
    ],
)
def test_sizes_of_pictures_and_films_are_public(client, settings, name, mimetype):
    write(settings, name)

    response = client.get(f"/media/{name}")

    assert response.status_code == HTTPStatus.OK
    assert response["Content-Type"].partition(";")[0] == mimetype
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert b"".join(response.streaming_content) == b"0123456789"


def test_a_film_is_sent_from_where_the_player_is(client, settings):
    write(settings, "videos/film.mp4")

    response = client.get("/media/videos/film.mp4", headers={"Range": "bytes=4-"})

    assert response.status_code == HTTPStatus.PARTIAL_CONTENT
    assert response["Content-Range"] == "bytes 4-9/10"
    assert b"".join(response.streaming_content) == b"456789"


@pytest.mark.parametrize("folder", ["original_images", "documents", "media", "wagtail_uploads", ""])
def test_nothing_else_of_the_folder_is_public(client, settings, folder):
    write(settings, f"{folder}/secret.jpg")

    assert client.get(f"/media/{folder}/secret.jpg").status_code == HTTPStatus.NOT_FOUND
    assert client.get("/media/secret.jpg").status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(
    "path",
    [
        "images",
        "images/",
        "images//a.webp",
        "images/../original_images/secret.jpg",
        "images/%2e%2e/original_images/secret.jpg",
        "images/..%2foriginal_images%2fsecret.jpg",
        "images/..%5csecret.jpg",
        "images/%00.jpg",
        "images/%0a.jpg",
        "images/" + "a" * 300,
        "images/" + "a/" * 3000,
        "images/" + "%C3%A9" * 200,
    ],
)
def test_no_path_leads_out_or_breaks(client, settings, path):
    write(settings, "original_images/secret.jpg")
    write(settings, "images/a.webp")

    assert client.get(f"/media/{path}").status_code in {HTTPStatus.NOT_FOUND, HTTPStatus.BAD_REQUEST}


def test_a_link_that_leads_out_is_not_followed(client, settings, tmp_path):
    write(settings, "images/a.webp")
    secret = tmp_path / "secret.webp"
    secret.write_bytes(b"secret")
    link = Path(settings.MEDIA_ROOT) / "images" / "link.webp"
    link.unlink(missing_ok=True)
    link.symlink_to(secret)

    assert client.get("/media/images/link.webp").status_code == HTTPStatus.NOT_FOUND


def test_the_web_server_does_it_online(client, settings):
    write(settings, "images/a.webp")
    settings.SERVE_MEDIA = False

    assert client.get("/media/images/a.webp").status_code == HTTPStatus.NOT_FOUND


def test_media_are_only_read(client):
    assert client.post("/media/images/a.webp").status_code == HTTPStatus.METHOD_NOT_ALLOWED
