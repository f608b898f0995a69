"""Portraits: what is kept is the picture alone; who may see it is asked of the page."""

from http import HTTPStatus
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from candidates import writing
from candidates.models import Version
from tests import files
from tests.candidates.factories import give_portrait, make_approved, make_consent, make_profile, make_version
from tests.hostile_files import hostile, hostile_names
from tests.people import make_affiliation, make_counsellor, make_member, make_referent

pytestmark = pytest.mark.django_db
# One of each way in which a file lies; the others with the trials.
FEW = ["empty", "html", "svg", "test virus", "a pdf", "picture: script", "picture: cut", "picture: hundred megapixels"]
FEW += ["picture: moving"]


@pytest.fixture
def profile(client):
    made = make_profile()
    client.force_login(made.member.user)
    return made


def send(client, profile, content, name="moi.jpg"):
    sent = {"seen": writing.latest(profile).changed_at.isoformat(), "portrait": SimpleUploadedFile(name, content)}
    return client.post(reverse("my_page_portrait"), sent)


def test_a_photograph_is_kept_small_upright_and_without_its_place(client, profile):
    assert send(client, profile, files.photograph()).status_code == HTTPStatus.FOUND

    version = writing.latest(profile)
    with version.portrait.open() as file:
        content = file.read()
    picture = Image.open(BytesIO(content))
    assert (picture.format, picture.size) == ("JPEG", (40, 60))
    assert not picture.getexif()
    assert b"php" not in content
    assert b"Telephone" not in content


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF", "JPEG"])
def test_every_usual_kind_of_picture_becomes_one(client, profile, kind):
    send(client, profile, files.picture(kind, size=(1500, 900)))

    with writing.latest(profile).portrait.open() as file:
        picture = Image.open(BytesIO(file.read()))
    assert (picture.format, picture.size) == ("JPEG", (640, 384))


@pytest.mark.parametrize(("name", "make"), hostile("picture", "jpg", few=FEW))
def test_what_is_not_a_picture_is_refused_and_leaves_nothing(client, profile, name, make):
    response = send(client, profile, make(), name)

    assert response.status_code == HTTPStatus.OK
    assert response.context["form"].errors["portrait"]
    assert not Version.objects.exists()


@pytest.mark.parametrize("name", hostile_names("jpg", every=6))
def test_the_name_of_a_file_says_nothing_of_where_it_is_kept(client, profile, name):
    send(client, profile, files.picture("JPEG"), name)

    kept = writing.latest(profile).portrait.name
    assert kept.endswith(".jpg")
    assert kept.isascii()
    assert len(kept) < 40


def test_a_portrait_that_is_too_heavy_is_refused(client, profile):
    response = send(client, profile, files.picture("JPEG") + bytes(10 * 1024 * 1024))

    assert "10\u00a0Mo au plus" in response.content.decode() or "10 Mo au plus" in response.content.decode()


def test_no_file_at_all_is_said(client, profile):
    seen = writing.latest(profile).changed_at.isoformat()

    assert "Choisissez une image." in client.post(reverse("my_page_portrait"), {"seen": seen}).content.decode()


def test_a_portrait_is_removed_from_the_draft(client, profile):
    send(client, profile, files.picture())
    seen = writing.latest(profile).changed_at.isoformat()

    late = client.post(reverse("my_page_portrait_remove"), {"seen": "2020-01-01T00:00:00+00:00"}, follow=True)
    client.post(reverse("my_page_portrait_remove"), {"seen": seen})

    assert "dans une autre fenêtre" in late.content.decode()
    assert not writing.latest(profile).portrait


def test_who_sees_the_page_sees_its_portrait(client):
    version = give_portrait(make_approved())
    draft = give_portrait(make_version(version.profile))
    make_consent(version.profile.member)
    counsellor = make_referent(version.profile.member).counsellor.user

    def answers(user, one):
        client.force_login(user)
        return client.get(reverse("private_file", args=["portrait", one.portrait_reference])).status_code

    for user in (version.profile.member.user, counsellor, make_affiliation().user):
        assert answers(user, version) == HTTPStatus.OK
    for user in (make_member().user, make_counsellor().user):
        assert answers(user, version) == HTTPStatus.NOT_FOUND
    assert answers(version.profile.member.user, draft) == HTTPStatus.OK
    assert answers(counsellor, draft) == HTTPStatus.NOT_FOUND
    assert answers(make_affiliation().user, draft) == HTTPStatus.NOT_FOUND
    Version.objects.filter(pk=draft.pk).update(state=Version.State.SUBMITTED)
    assert answers(counsellor, draft) == HTTPStatus.OK
