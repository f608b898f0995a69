"""The demonstration's people: at every stage, at invented addresses, and never older than the day one looks."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.models import Affiliation, Counsellor, Member, Membership, Organisation, Referent, User
from association.models import Departement
from candidates import consents, seeing, watching
from candidates.models import Consent, Look, Version, Video
from home import site_setup
from home.demo import accounts, moving_people, people
from pages.library.text import check_captions
from tests.factories import make_departements

DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The day on which everybody was loaded."""
    with django_db_blocker.unblock(), transaction.atomic():
        site_setup.prepare()
        make_departements()
        accounts.create()
        today = timezone.localdate()
        people.load(today)
        yield today
        transaction.set_rollback(True)


@pytest.fixture
def today(loaded):
    with transaction.atomic():
        yield loaded
        transaction.set_rollback(True)


def test_everybody_is_there(today):
    assert Member.objects.count() == 24
    assert Counsellor.objects.active().count() == 3
    assert Organisation.objects.prescribers().count() == 4
    assert Organisation.objects.companies().count() == 9  # one of them sends people too
    assert User.objects.filter(groups__name="Équipe vidéo").count() == 2


def test_members_are_at_every_stage(today):
    states = set(Version.objects.values_list("state", flat=True))
    last = {member.pk: max([row.ends_on for row in member.memberships.all()], default=None) for member in members()}

    assert states == {"brouillon", "envoyee", "a_reprendre", "validee"}
    assert sum(day is not None and day < today for day in last.values()) == 2
    assert sum(day is not None and today <= day <= today + 30 * DAY for day in last.values()) == 2
    assert Member.objects.filter(user=None).count() == 2
    assert Member.objects.exclude(pk__in=Membership.objects.values("member")).exists()
    assert Referent.objects.live().filter(role=Referent.Role.STAND_IN).exists()


def members():
    return Member.objects.prefetch_related("memberships")


def test_nobody_is_real(today):
    for user in User.objects.all():
        assert user.email.endswith("@example.org")
    for member in members():
        assert member.email.endswith("@example.org")
        assert member.telephone.startswith("06 39 98 ") or not member.telephone
    for body in Organisation.objects.all():
        assert body.email.endswith("@example.org")
        assert body.telephone.startswith("01 99 00 ")


def test_only_the_accounts_that_are_shown_have_a_password(today):
    shown = {account.email for account in accounts.ACCOUNTS}

    assert {user.email for user in User.objects.all() if user.has_usable_password()} == shown


def test_what_is_there_is_what_the_rules_would_have_made(today):
    for version in Version.objects.exclude(state="brouillon"):
        assert version.headline
        assert version.sectors.exists()
        assert version.departements.exists()
        assert version.availability
    for consent in Consent.objects.live(today).select_related("member"):
        assert consent.ends_on <= consents.last_day(consent.member, today)
        assert not consent.with_video or consents.is_adult(consent.member, today)
    for look in Look.objects.select_related("user", "member__profile"):
        assert Affiliation.objects.filter(user=look.user, organisation=look.organisation).exists()


def test_the_company_that_is_shown_sees_candidates_and_not_those_who_left(today):
    seen = seeing.visible_to(User.objects.get(email="entreprise@example.org"))

    names = {profile.member.last_name for profile in seen.select_related("member")}
    assert "Belkhodja" in names
    assert "Cazalens" not in names


def test_two_members_have_a_film_and_the_company_watches_one(today):
    company = User.objects.get(email="entreprise@example.org")
    shown, waiting = Video.objects.approved().get(), Video.objects.to_approve().get()

    assert list(watching.watchable_by(company)) == [shown]
    assert list(watching.watchable_by(User.objects.get(email="video@example.org"))) == [waiting]
    assert sum(video.film.size for video in (shown, waiting)) < 1_500_000
    for video in (shown, waiting):
        with video.film.open() as film, video.captions.open() as said:
            assert film.read(12)[4:8] == b"ftyp"
            check_captions(said.read())
        assert "Bonjour" in video.transcript


def test_loading_again_changes_nothing(today):
    before = list(Member.objects.order_by("pk").values())

    assert people.load(today) == 0
    assert list(Member.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("days", [7, 371])
def test_their_days_move_with_the_demonstration(today, days):
    before = {member.pk: sorted(row.ends_on for row in member.memberships.all()) for member in members()}
    sent = dict(Version.objects.values_list("pk", "submitted_at"))

    moving_people.move(days)

    for member in members():
        assert sorted(row.ends_on for row in member.memberships.all()) == [d + days * DAY for d in before[member.pk]]
    for version in Version.objects.all():
        assert version.submitted_at == (sent[version.pk] and sent[version.pk] + days * DAY)


def test_starting_over_leaves_nobody(today):
    people.remove()
    accounts.remove()

    assert not Member.objects.exists()
    assert not Organisation.objects.exists()
    assert not User.objects.exists()
    Departement.objects.all().delete()
