"""The demonstration's passports: each state there is, written by the rules, made anew when the days pass."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.json import normalize_json

from home import site_setup
from home.demo import accounts, moving_people, passports, path, people, sessions
from notices.models import Notice
from passport import chain, statements, verification, verifying
from passport.balances import balance
from passport.models import Cheque, Decision, Dispute, Entry, Order, Passport
from private_files.storage import private_storage
from tests.databases import undone
from tests.factories import make_departements

pytestmark = pytest.mark.django_db
State = Passport.State


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The day on which everything was loaded."""
    with django_db_blocker.unblock(), undone():
        site_setup.prepare()
        make_departements()
        accounts.create()
        today = timezone.localdate()
        people.load(today)
        path.load(today, sessions.load_places())
        passports.load(today)
        yield today


@pytest.fixture
def today(loaded):
    with undone():
        yield loaded


def of(last_name):
    return Passport.objects.get(member__last_name=last_name)


def test_there_is_a_passport_in_each_state(today):
    states = sorted(Passport.objects.values_list("state", flat=True))

    assert states == sorted([State.OPEN] * 4 + [State.SUSPENDED, State.EXPIRED, State.COMPLETED])
    assert all(hours.free == 0 for hours in balance(of("Vilmorin")).values())
    assert Decision.objects.filter(state=Decision.State.ASKED).count() == 2
    assert Dispute.objects.filter(settled_at=None).count() == 1


def test_the_member_of_the_demonstration_has_a_visit_to_sign(today):
    mine = Passport.objects.get(member__user__email="membre@example.org")

    assert mine.cheques.proposed().count() == 1
    assert mine.cheques.filter(state=Cheque.State.CANCELLED).count() == 1
    assert 15 < sum(hours.used for hours in balance(mine).values()) < 30


def test_an_order_waits_to_be_confirmed_and_a_sheet_to_be_used(today):
    assert Order.objects.filter(state=Order.State.ASKED).count() == 1
    assert Order.objects.first().sheets.filter(gifts__isnull=False, passport=None).count() == 1


def test_every_chain_is_whole_and_nobody_is_written_to(today):
    for passport in Passport.objects.all():
        rows = [(chain.read(entry), entry.digest) for entry in passport.entries.order_by("seq")]
        assert verifying.check_chain(passport.chain, rows) is None
    assert not Notice.objects.exists()


def test_loading_again_changes_nothing(today):
    before = list(Entry.objects.values_list("digest", flat=True))

    assert passports.load(today) == 0
    assert list(Entry.objects.values_list("digest", flat=True)) == before


def test_they_are_made_anew_three_weeks_later(today):
    days = 21
    moving_people.move(days)
    before = set(Entry.objects.values_list("digest", flat=True))

    passports.remove()
    assert passports.load(today + timedelta(days=days)) == 7

    assert not before & set(Entry.objects.values_list("digest", flat=True))
    latest = Cheque.objects.order_by("-starts_at").first()
    assert latest.starts_at > timezone.now() + timedelta(days=days - 5)
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.update(hours=0)


def test_statements_leave_with_what_they_state(today, settings, tmp_path):
    settings.STATEMENTS = tmp_path
    statements.make_due(timezone.now())
    assert list(tmp_path.iterdir())

    passports.remove()

    assert verification.verify(folder=tmp_path).broken == []


def test_the_storage_of_private_files_is_named_in_a_task():
    """As Wagtail does of a file that it deletes."""
    assert normalize_json(private_storage().deconstruct())
