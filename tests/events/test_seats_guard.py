"""What the database itself refuses, whoever writes: the rules of bookings are not asked here."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from events import guard
from events.models import Booking, Meeting
from tests.events.factories import make_booking
from tests.factories import make_session

pytestmark = [pytest.mark.django_db, pytest.mark.each_database]

State = Booking.State
TAKING = [State.HELD, State.CONFIRMED, State.OFFERED]


def run(statement, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def refused(statement, *values):
    with pytest.raises(IntegrityError, match="more places taken than seats"):
        run(statement, *values)


def full_session(seats=2, **fields):
    session = make_session(seats=seats, **fields)
    return session, [make_booking(session) for _ in range(seats)]


def copy_of(booking, state, **fields):
    soon = timezone.now() + timedelta(days=1)
    limits = {"held_until": soon, "offered_until": soon}
    [made] = [
        Booking(session_id=booking.session_id, number=99, last_name="De trop", email="x@example.org", state=state)
    ]
    for name, value in (limits | fields).items():
        setattr(made, name, value)
    return made


@pytest.mark.parametrize("state", TAKING)
def test_no_row_more_than_seats_is_inserted(state):
    _session, [booking, _other] = full_session()

    with pytest.raises(IntegrityError, match="more places"), transaction.atomic():
        Booking.objects.bulk_create([copy_of(booking, state)])

    assert Booking.objects.count() == 2


def test_what_is_lifted_for_a_demonstration_is_back_at_its_end():
    _session, [booking, _other] = full_session()

    with guard.GUARD.lifted():
        Booking.objects.bulk_create([copy_of(booking, State.CONFIRMED)])

    assert Booking.objects.count() == 3
    with pytest.raises(IntegrityError, match="more places"), transaction.atomic():
        Booking.objects.bulk_create([copy_of(booking, State.CONFIRMED, number=100, email="y@example.org")])


def test_two_rows_inserted_at_once_count_both():
    session = make_session(seats=1)
    rows = [Booking(session=session, number=n, last_name="A", email=f"{n}@x.org", state="confirmee") for n in (1, 2)]

    with pytest.raises(IntegrityError, match="more places"), transaction.atomic():
        Booking.objects.bulk_create(rows)

    assert not Booking.objects.exists()


@pytest.mark.parametrize("state", [State.WAITING, State.CANCELLED, State.LAPSED])
def test_what_takes_no_seat_is_inserted(state):
    _session, [booking, _other] = full_session()

    Booking.objects.bulk_create([copy_of(booking, state)])


def test_who_walks_in_takes_no_seat():
    session, _bookings = full_session()

    make_booking(session, is_walk_in=True)

    assert session.bookings.taking_a_seat().count() == 2


@pytest.mark.parametrize("state", TAKING)
def test_a_row_does_not_become_one_too_many(state):
    session, _bookings = full_session()
    waiting = make_booking(session, state=State.WAITING, held_until=timezone.now(), offered_until=timezone.now())

    refused("UPDATE events_booking SET state = %s WHERE id = %s", state, waiting.pk)


def test_a_walk_in_does_not_become_one_too_many():
    session, _bookings = full_session()
    came = make_booking(session, is_walk_in=True)

    refused("UPDATE events_booking SET is_walk_in = %s WHERE id = %s", False, came.pk)


def test_a_row_does_not_move_into_a_full_session():
    session, _bookings = full_session()
    elsewhere = make_booking(number=50)

    refused("UPDATE events_booking SET session_id = %s WHERE id = %s", session.pk, elsewhere.pk)


def test_a_row_that_takes_a_seat_may_change_as_long_as_it_has_one():
    _session, [booking, _other] = full_session()

    run("UPDATE events_booking SET state = 'retenue', held_until = %s WHERE id = %s", timezone.now(), booking.pk)
    run("UPDATE events_booking SET state = 'annulee' WHERE id = %s", booking.pk)
    run("UPDATE events_booking SET state = 'confirmee' WHERE id = %s", booking.pk)


def test_seats_do_not_go_below_what_is_taken():
    session, bookings = full_session(seats=3)

    refused("UPDATE events_meeting SET seats = 2 WHERE id = %s", session.pk)
    Booking.objects.filter(pk=bookings[0].pk).update(state=State.CANCELLED)
    run("UPDATE events_meeting SET seats = 2 WHERE id = %s", session.pk)

    assert Meeting.objects.get(pk=session.pk).seats == 2


def test_seats_may_be_added_to_a_session_that_has_too_few():
    session, _bookings = full_session()

    run("UPDATE events_meeting SET seats = 3 WHERE id = %s", session.pk)
    run("UPDATE events_meeting SET seats = 2 WHERE id = %s", session.pk)


def test_the_guard_is_installed_again_after_a_migration_took_it_away():
    guard.GUARD.take_away(using="default")
    guard.GUARD.install(using="default")
    guard.GUARD.install(using="default")
    session, _bookings = full_session()
    waiting = make_booking(session, state=State.WAITING)

    refused("UPDATE events_booking SET state = 'confirmee' WHERE id = %s", waiting.pk)


def test_each_guard_is_on_both_databases():
    statements = "\n".join(guard.on_postgresql())

    assert {name.removeprefix(f"{guard.NAME}_") for name in guard.on_sqlite()} == {"insert", "update", "seats"}
    assert [statements.count(word) for word in ("BEFORE INSERT", "AFTER INSERT", "BEFORE UPDATE", "AFTER UPDATE")] == [
        *(1, 1, 2, 1)
    ]


def test_nothing_is_guarded_before_its_table_is_made():
    with connection.cursor() as cursor:
        guard.GUARD.take_away(using="default")
        cursor.execute("ALTER TABLE events_booking RENAME TO not_made_yet")

        guard.GUARD.install(using="default")

        cursor.execute("ALTER TABLE not_made_yet RENAME TO events_booking")
    guard.GUARD.install(using="default")


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL alters its tables in place")
def test_a_migration_that_remakes_a_table_leaves_it_guarded():
    """Each of the two tables is remade under the triggers of the other."""
    guard.GUARD.take_away(using="default")
    with connection.schema_editor() as editor:
        for model in (Meeting, Booking):
            editor._remake_table(model)
    call_command("migrate", verbosity=0)
    session, _bookings = full_session()
    waiting = make_booking(session, state=State.WAITING)

    refused("UPDATE events_booking SET state = 'confirmee' WHERE id = %s", waiting.pk)
    refused("UPDATE events_meeting SET seats = 1 WHERE id = %s", session.pk)
