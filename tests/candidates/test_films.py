"""A candidate's film: sent, prepared, approved by the counsellor, replaced, deleted."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Member
from candidates import films, helps, seeing, transcoding, watching
from candidates.consents import is_adult
from candidates.models import Video
from errands import work
from notices.models import Notice
from tests import files
from tests.candidates.factories import make_film, make_profile, small_film
from tests.people import make_counsellor, make_member, make_referent

pytestmark = pytest.mark.django_db
GROWN = date(1990, 5, 4)


@pytest.fixture
def profile():
    made = make_profile(make_member(born_on=GROWN))
    make_referent(made.member)
    return made


@pytest.fixture
def counsellor(profile):
    return profile.member.referents.get().counsellor.user


def sent(profile, content=None, name="ma vidéo.mp4", **more):
    upload = SimpleUploadedFile(name, small_film() if content is None else content)
    return films.send(profile, upload=upload, by=more.pop("by", profile.member.user), **more)


def kept_files():
    root = Path(settings.PRIVATE_ROOT)
    return {path for path in root.rglob("*") if path.is_file()} if root.is_dir() else set()


def read(file):
    with file.open() as opened:
        return opened.read()


def test_a_film_is_prepared_once_and_its_original_goes(profile, counsellor, django_capture_on_commit_callbacks):
    before = kept_files()
    with django_capture_on_commit_callbacks(execute=True):
        video = sent(profile)
        original = Path(video.original.path)
        assert original.exists()
        assert video.state == Video.State.WAITING

    made = Video.objects.get()
    assert (made.state, made.original.name, made.width, made.height) == ("prete", "", 320, 180)
    assert made.seconds == pytest.approx(2, abs=0.2)
    assert read(made.film)[4:8] == b"ftyp"
    assert read(made.poster)[8:12] == b"WEBP"
    assert not original.exists()
    assert kept_files() - before == {Path(made.film.path), Path(made.poster.path)}
    assert {(notice.kind, notice.person) for notice in Notice.objects.all()} == {
        ("film_ready", profile.member.user),
        ("film_to_watch", counsellor),
    }
    changed = made.changed_at
    films.prepare(made.reference)
    made.refresh_from_db()
    assert made.changed_at == changed


def test_what_cannot_be_prepared_is_refused_and_nothing_stays_of_it(profile, django_capture_on_commit_callbacks):
    before = kept_files()
    video = sent(profile)
    Path(video.original.path).write_bytes(small_film()[:400])
    with django_capture_on_commit_callbacks(execute=True):
        films.prepare(video.reference)

    video.refresh_from_db()
    assert (video.state, video.original.name) == ("refusee", "")
    assert "abîmée" in video.refusal
    assert kept_files() == before
    assert Notice.objects.get().kind == "film_refused"


def test_an_original_that_is_lost_is_asked_for_again(profile):
    video = sent(profile)
    Path(video.original.path).unlink()

    films.prepare(video.reference)

    video.refresh_from_db()
    assert video.state == "refusee"


def test_a_film_that_nobody_wants_any_more_is_not_made(profile, django_capture_on_commit_callbacks):
    before = kept_files()
    video = sent(profile)

    def changed_their_mind():
        Video.objects.all().delete()

    films.prepare(video.reference, while_waiting=changed_their_mind)

    Path(video.original.path).unlink()
    assert kept_files() == before


def test_a_film_that_cannot_be_kept_once_made_leaves_nothing(profile):
    before = kept_files()
    video = sent(profile)
    with transcoding.made_of(video.original, mark="a", is_wanted=lambda: True) as made:
        Video.objects.all().delete()
        films._keep(video, made)
    Path(video.original.path).unlink()
    assert kept_files() == before, "deleted at the last moment"

    video = sent(profile)
    type(profile.member.user).objects.filter(pk=profile.member.user_id).update(email="no address")
    with pytest.raises(ValidationError):
        films.prepare(video.reference)
    assert Video.objects.get().state == "en_attente", "it will be tried again"
    assert kept_files() - before == {Path(video.original.path)}


def test_a_film_refused_after_its_deletion_tells_nobody(profile):
    video = sent(profile)
    Video.objects.all().delete()

    films._refuse(video, "x")

    assert not Notice.objects.exists()


def test_a_volunteer_is_of_the_team(profile, counsellor):
    with pytest.raises(ValidationError, match="équipe vidéo"):
        helps.give(profile, volunteer=counsellor, until=timezone.localdate(), by=counsellor)


def test_a_stranger_watches_nothing(profile):
    make_film(profile, approved_at=timezone.now())

    assert not watching.watchable_by(AnonymousUser()).exists()
    assert not seeing.prepared_by(AnonymousUser()).exists()
    assert watching.of_page(profile, user=make_member().user) is None


@pytest.mark.parametrize("today", [date(2028, 2, 29), date(2028, 2, 28), date(2028, 3, 1)])
def test_of_age_is_the_same_for_who_sends_and_for_who_watches(today):
    for born_on in (date(2010, 2, 28), date(2010, 3, 1), date(2010, 3, 2), date(2008, 2, 29)):
        assert is_adult(Member(born_on=born_on), today) == (born_on <= watching._latest_birthday(today))


def test_another_film_takes_the_place_of_one_that_waits(profile, django_capture_on_commit_callbacks):
    first = sent(profile)
    with django_capture_on_commit_callbacks(execute=True):
        second = sent(profile)

    assert Video.objects.get().reference == second.reference != first.reference
    assert not Path(first.original.path).exists()


def test_an_approved_film_stays_until_the_next_is_approved(profile, counsellor, django_capture_on_commit_callbacks):
    old = make_film(profile, approved_at=timezone.now())
    new = make_film(profile)
    assert profile.videos.count() == 2

    with django_capture_on_commit_callbacks(execute=True):
        films.approve(new, by=counsellor, seen=new.changed_at)
        films.approve(new, by=counsellor, seen=new.changed_at)

    approved = Video.objects.get()
    assert (approved, approved.approved_by) == (new, counsellor)
    assert not Path(old.film.path).exists()
    assert Notice.objects.get().kind == "film_approved"


def test_a_counsellor_approves_what_they_have_watched(profile, counsellor):
    video = make_film(profile)
    seen = video.changed_at
    films.describe(video, captions="WEBVTT\n", transcript="Bonjour", by=profile.member.user)

    with pytest.raises(ValidationError, match="a changé"):
        films.approve(video, by=counsellor, seen=seen)
    video.refresh_from_db()
    films.approve(video, by=counsellor, seen=video.changed_at)
    Video.objects.all().delete()
    with pytest.raises(ValidationError, match="a changé"):
        films.approve(video, by=counsellor, seen=video.changed_at)
    waiting = sent(profile)
    with pytest.raises(ValidationError, match="pas prête"):
        films.approve(waiting, by=counsellor, seen=waiting.changed_at)
    with pytest.raises(PermissionDenied):
        films.approve(waiting, by=profile.member.user, seen=waiting.changed_at)
    with pytest.raises(PermissionDenied):
        films.approve(waiting, by=make_counsellor().user, seen=waiting.changed_at)


def test_other_captions_are_approved_again(profile, django_capture_on_commit_callbacks):
    video = make_film(profile, approved_at=timezone.now())
    for text in ("WEBVTT\n\n1", "WEBVTT\n\n2", ""):
        with django_capture_on_commit_callbacks(execute=True):
            video = films.describe(video, captions=text, transcript="Bonjour", by=profile.member.user)

    assert (video.approved_at, video.captions.name, video.transcript) == (None, "", "Bonjour")
    approved = Video.objects.get()
    Video.objects.update(approved_at=timezone.now())
    new = make_film(profile)
    with pytest.raises(ValidationError, match="Une autre vidéo attend"):
        films.describe(approved, captions="", transcript="Autre", by=profile.member.user)
    assert profile.videos.approved().get().transcript == "Bonjour", "nobody approved other words"
    assert profile.videos.approved().get() == approved, "two never wait for an approval"
    assert profile.videos.to_approve().get() == new


@pytest.mark.parametrize(
    ("born_on", "told"), [(None, "date de naissance"), (timezone.localdate() - timedelta(days=17 * 365), "18 ans")]
)
def test_a_film_is_for_those_of_age(born_on, told):
    profile = make_profile(make_member(born_on=born_on))

    with pytest.raises(ValidationError, match=told):
        sent(profile)
    assert not Video.objects.exists()


def test_only_the_member_and_a_volunteer_send_a_film(profile, counsellor):
    former = make_profile(make_member(born_on=GROWN, current=False))
    for page, by in ((profile, counsellor), (profile, make_member().user), (former, former.member.user)):
        with pytest.raises(PermissionDenied):
            sent(page, by=by)
        with pytest.raises(PermissionDenied):
            films.describe(make_film(page), captions="", transcript="", by=by)
        Video.objects.all().delete()


def test_a_member_deletes_their_film_even_once_their_membership_is_over(django_capture_on_commit_callbacks):
    profile = make_profile(make_member(current=False))
    video = make_film(profile)

    with pytest.raises(PermissionDenied):
        films.delete(video, by=make_member().user)
    with django_capture_on_commit_callbacks(execute=True):
        films.delete(video, by=profile.member.user)
        films.delete(video, by=profile.member.user)
    assert not Video.objects.exists()
    assert not Path(video.film.path).exists()


def test_a_film_that_lasts_too_long_or_weighs_too_much_is_refused(profile):
    slow = files.film(seconds=190, size=(16, 16))
    with pytest.raises(ValidationError, match="3 min 1"):
        sent(profile, slow)
    heavy = SimpleUploadedFile("x.mp4", b"x")
    heavy.size = films.LARGEST + 1
    with pytest.raises(ValidationError, match="trop lourde"):
        films.send(profile, upload=heavy, by=profile.member.user)
    assert not Video.objects.exists()


def test_a_film_that_cannot_be_kept_leaves_no_file(profile):
    before = kept_files()
    member = profile.member
    profile.delete()
    profile.pk, profile.member = 999_999, member
    with pytest.raises((PermissionDenied, IntegrityError, films.Profile.DoesNotExist)):
        sent(profile)
    assert kept_files() == before


def test_a_page_has_one_film_of_each_kind(profile):
    make_film(profile)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_film(profile)
    Video.objects.update(approved_at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        make_film(profile, approved_at=timezone.now())


def test_the_errand_prepares_it(profile):
    video = sent(profile)

    assert work.run_due() >= 1

    video.refresh_from_db()
    assert video.state == "prete"
