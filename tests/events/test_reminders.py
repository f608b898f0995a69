"""Two reminders for a place, each once for a start, whatever the workers do."""

import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from errands import minutes, work
from events import messages, reminders
from events.models import Booking, Kind, Meeting
from notices.models import Notice
from tests.events.factories import make_booking
from tests.factories import make_place, make_session
from tests.people import make_member

START = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=10)
LONG_AGO = START - timedelta(days=20)

one_database = pytest.mark.django_db


def before(**lengths):
    return START - timedelta(**lengths)


def booked(**fields):
    session = fields.pop("session", None) or make_session(starts_at=START)
    return make_booking(session, **{"confirmed_at": LONG_AGO} | fields)


def kinds():
    return [notice.key.split()[2] for notice in Notice.objects.order_by("pk")]


@one_database
def test_two_days_before_then_three_hours_before_each_once():
    booked()

    asked = (before(days=2, minutes=1), before(days=2), before(days=1), before(hours=3), before(hours=1), START)
    counts = [reminders.remind(now) for now in asked for _twice in range(2)]

    assert counts == [0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0]
    assert kinds() == ["days", "hours"]
    work.run_due()
    first, second = mail.outbox
    assert first.subject.startswith("Rappel : ")
    assert second.subject.startswith("C’est bientôt : ")


@one_database
def test_a_late_worker_sends_only_the_later_one():
    booked()

    assert reminders.remind(before(hours=1)) == 1
    assert reminders.remind(before(minutes=1)) == 0
    assert kinds() == ["hours"]


@one_database
@pytest.mark.parametrize(
    "fields",
    [
        {"refuses_reminders": True},
        {"is_walk_in": True},
        {"state": Booking.State.HELD},
        {"state": Booking.State.WAITING},
        {"state": Booking.State.OFFERED},
        {"state": Booking.State.CANCELLED},
        {"confirmed_at": before(days=1)},
    ],
)
def test_who_does_not_want_one_or_needs_none_gets_none(fields):
    booked(**fields)

    assert reminders.remind(before(hours=23)) == 0


def waits(**fields):
    return booked(state=Booking.State.WAITING, confirmed_at=None, **fields)


@one_database
def test_who_waited_in_vain_is_told_once_when_nothing_is_offered_any_more():
    waits(refuses_reminders=True)

    asked = (before(hours=23), before(hours=2), before(hours=1, minutes=59), before(minutes=1), START)
    counts = [reminders.remind(now) for now in asked for _twice in range(2)]

    assert counts == [0, 0, 0, 0, 1, 0, 0, 0, 0, 0]
    work.run_due()
    [told] = mail.outbox
    assert told.subject.startswith("Aucune place ne s’est libérée")
    assert "/reunions/\n" in told.body


@one_database
def test_who_waits_and_was_told_of_another_place_is_told_that_no_seat_came_too():
    session = waits().session
    was = Meeting.objects.get()
    session.place = make_place(name="Ailleurs")
    session.save()

    messages.meeting_changed(session, before=was, now=before(hours=2, minutes=30))

    assert reminders.remind(before(hours=1)) == 1


@one_database
def test_a_member_who_waited_for_an_event_is_led_to_the_other_events():
    waits(session=make_session(starts_at=START, kind=Kind.WORKSHOP))

    assert reminders.remind(before(hours=1)) == 1
    work.run_due()
    assert "/espace/evenements/\n" in mail.outbox[0].body


@one_database
def test_who_waited_with_a_telephone_only_gets_a_short_message(settings):
    settings.ACTESS_SMS = "notices.sms.to_log"
    waits(email="", telephone="06 39 98 00 01")

    assert reminders.remind(before(hours=1)) == 1
    assert "aucune place ne s’est libérée" in Notice.objects.get(channel="sms").text


@one_database
@pytest.mark.parametrize(
    "fields",
    [{"cancelled_at": LONG_AGO, "cancelled_because": "Grève."}, {"publish_at": None}, {"publish_at": before(hours=1)}],
)
def test_nobody_is_reminded_of_a_meeting_that_is_not_to_be_seen(fields):
    booked(session=make_session(starts_at=START, **fields))

    assert reminders.remind(before(days=1)) == 0


@one_database
@pytest.mark.parametrize("fields", [{"cancelled_at": LONG_AGO, "cancelled_because": "Grève."}, {"publish_at": None}])
def test_nobody_waits_in_vain_for_a_meeting_that_is_not_to_be_seen(fields):
    waits(session=make_session(starts_at=START, **fields))

    assert reminders.remind(before(hours=1)) == 0


@one_database
def test_who_confirms_late_is_reminded_only_of_what_is_to_come():
    booked(confirmed_at=before(days=1))
    booked(confirmed_at=before(hours=2))

    assert reminders.remind(before(hours=23)) == 0
    assert reminders.remind(before(hours=1)) == 1
    assert kinds() == ["hours"]


@one_database
def test_a_meeting_moved_after_the_reminder_is_reminded_anew():
    booking = booked()
    reminders.remind(before(days=2))
    session, was = booking.session, Meeting.objects.get()
    session.starts_at += timedelta(days=3)
    session.ends_at += timedelta(days=3)
    session.save()
    messages.meeting_changed(session, before=was, now=before(days=1))

    counts = [reminders.remind(now + timedelta(days=3)) for now in (before(days=3), before(days=2), before(hours=3))]

    assert counts == [0, 1, 1]


@one_database
def test_a_meeting_moved_to_tomorrow_is_said_once_then_reminded_on_the_day():
    booking = booked()
    session, was = booking.session, Meeting.objects.get()
    now = before(days=5)
    session.starts_at, session.ends_at = now + timedelta(days=1), now + timedelta(days=1, hours=2)
    session.save()
    messages.meeting_changed(session, before=was, now=now)

    counts = [reminders.remind(session.starts_at - timedelta(hours=hours)) for hours in (23, 3)]

    assert counts == [0, 1]


@one_database
def test_who_cannot_be_written_to_is_not_tried_each_minute():
    booked(email="", telephone="01 99 00 00 00")
    booked(member=make_member(account=False), email="")

    assert reminders.remind(before(days=1)) == 0
    with CaptureQueriesContext(connection) as asked:
        assert reminders.remind(before(hours=23)) == 0
    assert len(asked) == 1
    assert not Notice.objects.exists()


@one_database
def test_one_that_fails_does_not_hold_the_others_back(caplog):
    session = make_session(starts_at=START)
    broken = booked(session=session)
    Booking.objects.filter(pk=broken.pk).update(email="not an address")
    booked(session=session)

    assert reminders.remind(before(days=1)) == 1
    assert "A reminder failed" in caplog.text


@one_database
@pytest.mark.parametrize("many", [3, 12])
def test_where_nothing_is_due_one_question_is_asked(many):
    for _ in range(many):
        booked()
    reminders.remind(before(days=2))

    with CaptureQueriesContext(connection) as asked:
        assert reminders.remind(before(days=1)) == 0

    assert len(asked) == 1


@one_database
def test_it_is_done_each_minute():
    assert minutes.JOBS["reminders sent"] is reminders.remind


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_one():
    if connection.vendor == "sqlite":
        pytest.skip("the embedded database has one writer at a time")
    session = make_session(starts_at=START)
    for _ in range(10):
        booked(session=session)
    ready, sent = threading.Barrier(4), []

    def tick():
        ready.wait()
        sent.append(reminders.remind(before(days=1)))
        connections.close_all()

    workers = [threading.Thread(target=tick) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sum(sent) == 10
    assert Notice.objects.count() == 10


@one_database
def test_what_another_worker_did_meanwhile_is_not_done_again():
    """Between the list and the lock."""
    done, cancelled = booked(), booked()
    reminders.remind(before(days=1, hours=12))
    Booking.objects.filter(pk=cancelled.pk).update(state=Booking.State.CANCELLED, reminded_days_for=None)

    assert [reminders._remind(booking.pk, before(days=1)) for booking in (done, cancelled)] == [False, False]
    assert Notice.objects.count() == 2
