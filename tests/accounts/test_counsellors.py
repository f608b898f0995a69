"""A counsellor's number is on their cheques: it is never given twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import ProtectedError

from accounts import counsellors
from accounts.models import Counsellor, Member, Referent
from accounts.roles import Role, roles_of
from tests.factories import make_user
from tests.people import make_counsellor, make_member, make_referent

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
TODAY = NOW.date()
TOGETHER = 4


def test_numbers_follow_each_other():
    staff = make_user()

    numbers = [counsellors.appoint(make_user(), by=staff).number for _ in range(3)]

    assert numbers == [1, 2, 3]


def test_an_appointment_gives_the_role_the_same_day():
    counsellor = counsellors.appoint(make_user(), by=None, on=TODAY)

    assert roles_of(counsellor.user, TODAY) == {Role.COUNSELLOR}
    assert roles_of(counsellor.user, TODAY - timedelta(days=1)) == frozenset()


def test_nobody_appoints_themselves():
    user = make_user()

    with pytest.raises(ValidationError, match="soi-même"):
        counsellors.appoint(user, by=user)


def test_nobody_is_appointed_twice():
    counsellor = counsellors.appoint(make_user(), by=None)

    with pytest.raises(ValidationError, match="déjà"):
        counsellors.appoint(counsellor.user, by=make_user())


def test_who_leaves_loses_the_role_at_once_and_finds_their_number_again():
    counsellor = counsellors.appoint(make_user(), by=None, on=TODAY)

    counsellors.retire(counsellor, by=make_user(), now=NOW)
    assert roles_of(counsellor.user, TODAY) == frozenset()

    again = counsellors.appoint(counsellor.user, by=make_user(), on=TODAY + timedelta(days=90))
    assert (again.pk, again.number) == (counsellor.pk, counsellor.number)
    assert counsellors.appoint(make_user(), by=None).number == counsellor.number + 1


def test_nobody_leaves_members_alone():
    row = make_referent(make_member(), starts_at=NOW - timedelta(days=1))

    with pytest.raises(ValidationError, match="Confiez d’abord"):
        counsellors.retire(row.counsellor, by=make_user(), now=NOW)

    Member.objects.update(user=None, first_name="", last_name="", erased_at=NOW)
    counsellors.retire(row.counsellor, by=make_user(), now=NOW)
    row.refresh_from_db()
    assert row.ends_at == NOW


def test_who_leaves_stands_in_for_nobody():
    row = make_referent(
        make_member(), role="remplacant", starts_at=NOW - timedelta(days=1), ends_at=NOW + timedelta(days=9)
    )

    counsellors.retire(row.counsellor, by=make_user(), now=NOW)

    assert not Referent.objects.live(NOW).exists()


def test_a_counsellor_is_never_deleted():
    counsellor = make_counsellor()

    with pytest.raises(ProtectedError):
        counsellor.user.delete()
    with pytest.raises(TypeError):
        counsellor.delete()
    with pytest.raises(TypeError):
        Counsellor.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_of_those_appointed_at_the_same_moment_each_has_a_number():
    if connection.vendor == "sqlite":
        pytest.skip("SQLite runs one writing transaction at a time: there is no such moment.")
    people, barrier = [make_user() for _ in range(TOGETHER)], Barrier(TOGETHER)

    def appoint(user):
        barrier.wait(timeout=10)
        try:
            return counsellors.appoint(user, by=None).number
        finally:
            connection.close()

    with ThreadPoolExecutor(TOGETHER) as threads:
        numbers = sorted(threads.map(appoint, people))

    assert numbers == [1, 2, 3, 4]


@pytest.mark.django_db(transaction=True)
def test_somebody_appointed_twice_at_the_same_moment_has_one_number():
    if connection.vendor == "sqlite":
        pytest.skip("SQLite runs one writing transaction at a time: there is no such moment.")
    user, barrier = make_user(), Barrier(TOGETHER)

    def appoint(_number):
        barrier.wait(timeout=10)
        try:
            return counsellors.appoint(user, by=None).number
        except ValidationError:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(TOGETHER) as threads:
        numbers = list(threads.map(appoint, range(TOGETHER)))

    assert sorted(numbers, key=str) == [1, None, None, None]
