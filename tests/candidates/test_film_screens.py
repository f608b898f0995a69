"""The screens of films: the member's, the counsellor's, the volunteer's, what a company sees."""

from datetime import date, timedelta
from http import HTTPStatus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from candidates.models import Consent, Look, Video, VideoHelp
from private_files.models import Upload
from tests import files
from tests.candidates.factories import make_approved, make_consent, make_film, make_profile, small_film
from tests.hostile_files import hostile, hostile_names
from tests.people import (
    log_in,
    make_affiliation,
    make_counsellor,
    make_member,
    make_organisation,
    make_referent,
    make_volunteer,
)

pytestmark = pytest.mark.django_db
GROWN = date(1990, 5, 4)
MINE = reverse("my_page_video")
# One of each way in which a file lies; the others with the trials.
FEW_FILMS = ["empty", "html", "playlist", "test virus", "a pdf", "film: cut", "film: huge box", "film: too large"]
FEW_CAPTIONS = ["empty", "test virus", "a picture", "captions: subrip", "captions: script", "captions: too long"]


@pytest.fixture
def profile():
    made = make_profile(make_member(born_on=GROWN, first_name="Awa", last_name="Sidibé"))
    make_referent(made.member, make_counsellor())
    return made


@pytest.fixture
def counsellor(profile):
    return profile.member.referents.get().counsellor.user


@pytest.fixture
def member(client, profile):
    client.force_login(profile.member.user)
    return client


def text_of(answer):
    return answer.content.decode()


def a_file(content, name="moi.mp4"):
    return SimpleUploadedFile(name, content)


def file_of(video, kind="video"):
    return reverse("private_file", args=[kind, video.reference])


def help_of(profile, **fields):
    volunteer = make_volunteer(first_name="Bea", last_name="Bénévole")
    return VideoHelp.objects.create(profile=profile, volunteer=volunteer, **fields)


def test_a_member_sends_a_film_without_scripts(member, profile):
    answer = member.post(MINE, {"film": a_file(small_film())}, follow=True)

    assert "en préparation" in text_of(answer)
    video = Video.objects.get()
    assert (video.profile, video.sent_by, video.state) == (profile, profile.member.user, "en_attente")


def test_a_member_sends_a_film_in_pieces(member, profile, settings, tmp_path):
    settings.UPLOADS_ROOT = tmp_path / "uploads"
    whole = small_film()
    start = {"purpose": "candidate-video", "name": "moi.mov", "size": len(whole)}
    reference = member.post(reverse("upload_start"), start).json()["reference"]

    said = member.post(
        reverse("upload", args=[reference]),
        whole,
        content_type="application/octet-stream",
        headers={"Upload-Offset": "0"},
    ).json()

    assert (said["finished"], said["next"]) == (True, MINE)
    with Video.objects.get().original.open() as kept:
        assert kept.read() == whole
    assert list((tmp_path / "uploads").iterdir()) == []


@pytest.mark.parametrize(("name", "make"), hostile("film", "mp4", few=FEW_FILMS))
def test_what_is_no_film_is_refused_and_nothing_stays(member, profile, name, make, tmp_path, settings):
    settings.PRIVATE_ROOT = tmp_path
    answer = member.post(MINE, {"film": a_file(make(), name)})

    assert answer.status_code == HTTPStatus.OK
    assert "error-summary" in text_of(answer) or "field-error" in text_of(answer)
    assert not Video.objects.exists()


@pytest.mark.parametrize("name", hostile_names("mp4", every=6))
def test_the_name_of_a_film_is_nothing_that_counts(member, name):
    member.post(MINE, {"film": a_file(small_film(), name)})

    assert ".." not in Video.objects.get().original.name


def test_a_birth_date_is_asked_for_first(client):
    profile = make_profile(make_member())
    client.force_login(profile.member.user)
    born = reverse("my_page_video_born")

    page = text_of(client.get(MINE))
    assert "date de naissance" in page
    assert 'name="film"' not in page
    assert "Donnez votre date" in text_of(client.post(born, {"born_on": ""}))
    assert client.post(born, {"born_on": "1889-01-01"}).status_code == HTTPStatus.OK
    client.post(born, {"born_on": (timezone.localdate() - timedelta(days=6000)).isoformat()})
    assert "à partir de 18 ans" in text_of(client.get(MINE))
    client.post(born, {"born_on": "1990-05-04"})
    profile.member.refresh_from_db()
    assert profile.member.born_on != GROWN, "what is known is corrected with the counsellor"
    assert "18 ans" in text_of(client.post(MINE, {"film": a_file(small_film())}))


def test_a_member_watches_writes_captions_and_deletes(member, profile):
    video = make_film(profile)
    page = text_of(member.get(MINE))
    assert file_of(video) in page
    assert "Télécharger le film" in page
    assert "Lire ce qui est dit" not in page

    captions = reverse("my_page_video_captions", args=[video.reference])
    assert member.get(captions).status_code == HTTPStatus.FOUND
    refused = text_of(member.post(captions, {"said": "Bonjour", "transcript": "Je garde ceci"}))
    assert "0:05 Bonjour" in refused
    assert "Je garde ceci" in refused
    member.post(captions, {"said": "0:01 Bonjour\n0:04 Je cherche <un> poste"})
    video.refresh_from_db()
    assert video.transcript == "Bonjour\nJe cherche <un> poste"
    assert "<p>Bonjour<br>Je cherche &lt;un&gt; poste</p>" in text_of(member.get(MINE))
    answer = member.get(file_of(video, "sous-titres"))
    assert b"&lt;un&gt;" in b"".join(answer.streaming_content)
    member.post(captions, {"file": a_file(files.CAPTIONS, "x.vtt"), "transcript": "Bonjour à toutes"})
    page = text_of(member.get(MINE))
    assert file_of(video, "sous-titres") in page
    assert "Bonjour à toutes" in page
    member.post(reverse("my_page_video_delete", args=[video.reference]))
    assert not Video.objects.exists()
    assert member.get(file_of(video)).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(("name", "make"), hostile("captions", "vtt", few=FEW_CAPTIONS))
def test_what_are_no_captions_is_refused(member, profile, name, make):
    video = make_film(profile)
    captions = reverse("my_page_video_captions", args=[video.reference])

    answer = member.post(captions, {"file": a_file(make(), name), "transcript": "Je garde ceci"})

    assert answer.status_code == HTTPStatus.OK
    assert "Je garde ceci" in text_of(answer)
    video.refresh_from_db()
    assert not video.captions


def test_another_member_reaches_nothing_of_it(client, profile):
    video = make_film(profile)
    client.force_login(make_profile(make_member(born_on=GROWN)).member.user)

    for name in ("my_page_video_captions", "my_page_video_delete"):
        assert client.post(reverse(name, args=[video.reference])).status_code == HTTPStatus.NOT_FOUND
    for kind in ("video", "affiche", "sous-titres"):
        assert client.get(file_of(video, kind)).status_code == HTTPStatus.NOT_FOUND


def test_a_member_whose_membership_is_over_watches_and_deletes_only(client):
    profile = make_profile(make_member(born_on=GROWN, current=False))
    video = make_film(profile)
    client.force_login(profile.member.user)

    page = text_of(client.get(MINE))
    assert file_of(video) in page
    assert 'name="film"' not in page
    assert client.post(MINE, {"film": a_file(small_film())}).status_code == HTTPStatus.FORBIDDEN


def test_a_counsellor_watches_and_approves(client, profile, counsellor):
    approved = make_approved(profile.member)
    video = make_film(approved.profile)
    log_in(client, counsellor)
    review = reverse("candidate_review", args=[profile.reference])
    approve = reverse("candidate_film_approve", args=[profile.reference, video.reference])

    page = text_of(client.get(review))
    assert file_of(video) in page
    assert "Télécharger le film" not in page
    assert client.get(file_of(video)).status_code == HTTPStatus.OK
    assert Look.objects.filter(what="video", user=counsellor).count() == 1
    for seen in ("", "2001-01-01T00:00:00+00:00", "x"):
        assert "a changé" in text_of(client.post(approve, {"seen": seen}, follow=True))
    assert "validée" in text_of(client.post(approve, {"seen": video.changed_at.isoformat()}, follow=True))
    video.refresh_from_db()
    assert video.approved_by == counsellor
    gone = reverse("candidate_film_approve", args=[profile.reference, "zzzzzzzzzzzzzzzz"])
    assert "a changé" in text_of(client.post(gone, {"seen": ""}, follow=True))
    log_in(client, make_counsellor().user)
    assert client.post(approve).status_code == HTTPStatus.NOT_FOUND


@pytest.fixture
def company(client):
    organisation = make_organisation()
    client.user = make_affiliation(organisation=organisation).user
    log_in(client, client.user)
    client.organisation = organisation
    return client


def test_a_company_watches_what_it_is_allowed_until_it_is_not(company, profile):
    make_approved(profile.member)
    video = make_film(profile)
    page = reverse("candidate_page", args=[profile.reference])
    consent = make_consent(profile.member, company.organisation, with_video=False)

    assert file_of(video) not in text_of(company.get(page))
    assert company.get(file_of(video)).status_code == HTTPStatus.NOT_FOUND, "not approved, not allowed"
    Consent.objects.filter(pk=consent.pk).update(with_video=True)
    assert company.get(file_of(video)).status_code == HTTPStatus.NOT_FOUND, "not approved"
    Video.objects.update(approved_at=timezone.now())
    shown = text_of(company.get(page))
    assert file_of(video) in shown
    assert "Télécharger le film" not in shown
    part = company.get(file_of(video), headers={"Range": "bytes=0-9"})
    assert (part.status_code, b"".join(part.streaming_content)) == (HTTPStatus.PARTIAL_CONTENT, b"filmfilmfi")
    assert part["Cache-Control"] == "private, no-store"
    company.get(file_of(video))
    assert Look.objects.filter(what="video", user=company.user).count() == 1, "once an hour"

    Consent.objects.update(withdrawn_at=timezone.now())
    for kind in ("video", "affiche"):
        assert company.get(file_of(video, kind)).status_code == HTTPStatus.NOT_FOUND
        assert company.head(file_of(video, kind)).status_code == HTTPStatus.NOT_FOUND
        assert company.get(file_of(video, kind), headers={"Range": "bytes=5-"}).status_code == HTTPStatus.NOT_FOUND


def test_a_company_sees_no_film_of_a_minor(company, profile):
    make_approved(profile.member)
    video = make_film(profile, approved_at=timezone.now())
    make_consent(profile.member, company.organisation)
    assert company.get(file_of(video)).status_code == HTTPStatus.OK

    members = type(profile.member).objects.filter(pk=profile.member.pk)
    for born_on in (timezone.localdate() - timedelta(days=6000), None):
        members.update(born_on=born_on)

        assert company.get(file_of(video)).status_code == HTTPStatus.NOT_FOUND


def test_a_volunteer_sees_one_film_and_a_first_name(client, profile):
    video = make_film(profile)
    given = help_of(profile, ends_at=timezone.now() + timedelta(days=3))
    log_in(client, given.volunteer)
    address = reverse("volunteer_video", args=[profile.reference])

    page = text_of(client.get(address))
    assert "La vidéo de Awa" in page
    assert "Sidibé" not in page
    assert client.get(file_of(video)).status_code == HTTPStatus.OK
    for name in ("candidate_page", "candidate_pdf"):
        assert client.get(reverse(name, args=[profile.reference])).status_code == HTTPStatus.NOT_FOUND
    captions = reverse("volunteer_captions", args=[profile.reference, video.reference])
    assert client.get(captions).status_code == HTTPStatus.FOUND
    assert "0:05 Bonjour" in text_of(client.post(captions, {"said": "Bonjour"}))
    client.post(captions, {"said": "0:01 Bonjour"})
    assert Video.objects.get().captions
    assert "Choisissez une vidéo" in text_of(client.post(address))
    assert client.post(address, {"film": a_file(small_film())}).status_code == HTTPStatus.FOUND
    assert Video.objects.get().sent_by == given.volunteer

    other = make_film(make_profile())
    assert client.get(file_of(other)).status_code == HTTPStatus.NOT_FOUND
    assert client.get(reverse("volunteer_video", args=[other.profile.reference])).status_code == HTTPStatus.NOT_FOUND
    VideoHelp.objects.update(ends_at=timezone.now())
    assert client.get(address).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("ended", ["membership", "team", "account"])
def test_a_volunteers_access_ends_with_what_gave_it(client, profile, ended):
    video = make_film(profile)
    given = help_of(profile)
    log_in(client, given.volunteer)
    assert client.get(file_of(video)).status_code == HTTPStatus.OK

    if ended == "membership":
        profile.member.memberships.update(ends_on=timezone.localdate() - timedelta(days=1))
    elif ended == "team":
        given.volunteer.groups.clear()
    else:
        type(given.volunteer).objects.filter(pk=given.volunteer.pk).update(is_active=False)

    assert client.get(file_of(video)).status_code == HTTPStatus.NOT_FOUND


def test_a_volunteer_sends_in_pieces_for_whom_they_help_only(client, profile, settings, tmp_path):
    settings.UPLOADS_ROOT = tmp_path / "uploads"
    given, other = help_of(profile), make_profile()
    log_in(client, given.volunteer)
    whole = small_film()

    def send(about):
        start = {"purpose": "candidate-video", "name": "moi.mp4", "size": len(whole), "about": about}
        reference = client.post(reverse("upload_start"), start).json()["reference"]
        address = reverse("upload", args=[reference])
        headers = {"Upload-Offset": "0"}
        return client.post(address, whole, content_type="application/octet-stream", headers=headers)

    assert send(profile.reference).json()["next"] == reverse("volunteer_video", args=[profile.reference])
    for about in (other.reference, "", "zzz"):
        assert send(about).status_code == HTTPStatus.BAD_REQUEST
    assert Video.objects.get().profile == profile
    assert Upload.objects.filter(finished_at=None, dropped_at=None).count() == 0


def test_a_counsellor_gives_a_film_to_a_volunteer_and_takes_it_back(client, profile, counsellor):
    volunteer = make_volunteer(first_name="Bea", last_name="Bénévole")
    log_in(client, counsellor)
    address = reverse("candidate_film_help", args=[profile.reference])
    until = timezone.localdate() + timedelta(days=10)

    assert "Bea Bénévole" in text_of(client.get(address))
    for wrong in (
        {"volunteer": "", "until": until},
        {"volunteer": counsellor.email, "until": until},
        {"volunteer": volunteer.email, "until": "hier"},
        {"volunteer": volunteer.email, "until": until + timedelta(days=200)},
        {"volunteer": volunteer.email, "until": until - timedelta(days=20)},
    ):
        assert client.post(address, wrong).status_code == HTTPStatus.OK
    assert not VideoHelp.objects.exists()
    client.post(address, {"volunteer": volunteer.email, "until": until})
    client.post(address, {"volunteer": volunteer.email, "until": until + timedelta(days=2)})
    given = VideoHelp.objects.get()
    assert timezone.localdate(given.ends_at) == until + timedelta(days=3), "until the end of the day"
    end = reverse("candidate_film_help_end", args=[profile.reference, given.reference])
    client.post(end)
    client.post(end)
    assert not VideoHelp.objects.live().exists()
    log_in(client, make_counsellor().user)
    assert client.get(address).status_code == HTTPStatus.NOT_FOUND
    assert client.post(end).status_code == HTTPStatus.NOT_FOUND
