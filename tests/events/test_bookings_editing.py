"""What editors do to a session in which people have places."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from events import bookings, sessions
from events.models import Booking, InfoSession, Meeting
from notices.models import Notice
from tests.events.asking import NOW, State, book, booked, session_of, states, told
from tests.events.factories import make_booking
from tests.events.test_editing import action_url, edit_url, errors, typed
from tests.factories import make_admin, make_place, make_session, make_user

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.ignore_template_errors,  # Wagtail's own templates try names that may be missing
]

HOUR = timedelta(hours=1)


@pytest.fixture
def editor(client):
    """Somebody who may change sessions, and their browser."""
    client.force_login(make_admin())
    return client


def form_of(session, **changes):
    """What the editors' form says of it, but for what changes."""
    start, end = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    said = {
        "title": session.title,
        "day": f"{start:%d/%m/%Y}",
        "start": f"{start:%H:%M}",
        "end": f"{end:%H:%M}",
        "place": session.place_id,
        "seats": str(session.seats),
        "visibility": "maintenant",
    }
    return typed(**said | changes)


def taken(session, number):
    return [make_booking(session) for _ in range(number)]


def kinds():
    return sorted(Notice.objects.values_list("kind", flat=True))


# The form


def test_seats_do_not_go_below_what_is_taken(editor):
    session = make_session(seats=5)
    taken(session, 3)

    answer = editor.post(edit_url(session), form_of(session, seats="2"))

    assert errors(answer) == {
        "seats": ["3\N{NO-BREAK SPACE}places sont déjà prises\N{NO-BREAK SPACE}: gardez-en au moins 3."]
    }
    assert Meeting.objects.get(pk=session.pk).seats == 5


def test_seats_may_go_down_to_what_is_taken(editor):
    session = make_session(seats=5)
    taken(session, 3)

    editor.post(edit_url(session), form_of(session, seats="3"))

    assert (Meeting.objects.get(pk=session.pk).seats, Meeting.objects.get(pk=session.pk).is_full) == (3, True)


def test_what_is_over_takes_no_seat_from_the_editor(editor):
    session = make_session(seats=2)
    taken(session, 1)
    over = make_booking(session, state=State.HELD, held_until=timezone.now() - HOUR)

    editor.post(edit_url(session), form_of(session, seats="1"))

    assert Meeting.objects.get(pk=session.pk).seats == 1
    assert states(over) == [State.LAPSED]


def test_what_is_held_in_a_cancelled_session_still_has_its_seat(editor):
    session = make_session(seats=1, cancelled_at=timezone.now(), cancelled_because="Grève.")
    over = make_booking(session, state=State.HELD, held_until=timezone.now() - HOUR)

    editor.post(edit_url(session), form_of(session, seats="3"))
    answer = editor.post(edit_url(session), form_of(session, seats="0"))

    assert "seats" in errors(answer)
    assert states(over) == [State.HELD]


def test_seats_that_are_added_are_offered_at_once(editor):
    session = make_session(seats=1)
    taken(session, 1)
    waiting = [make_booking(session, state=State.WAITING) for _ in range(3)]

    editor.post(edit_url(session), form_of(session, seats="3"))

    assert states(*waiting) == [State.OFFERED, State.OFFERED, State.WAITING]
    assert kinds() == ["booking_offered"] * 2


def test_who_has_a_place_is_told_of_another_hour(editor):
    session = make_session(seats=3)
    [there] = taken(session, 1)

    editor.post(edit_url(session), form_of(session, end="23:00"))

    assert told(there) == ["meeting_changed"]


def test_who_has_a_place_is_told_of_another_place(editor):
    session = make_session()
    [there] = taken(session, 1)

    editor.post(edit_url(session), form_of(session, place=make_place(code="75").pk))

    assert told(there) == ["meeting_changed"]


@pytest.mark.parametrize("fields", [{}, {"title": "Autrement dit"}, {"seats": "40"}])
def test_nobody_is_told_of_what_changes_nothing_for_them(editor, fields):
    session = make_session()
    taken(session, 1)

    editor.post(edit_url(session), form_of(session, **fields))

    assert kinds() == []


def test_a_session_where_people_have_places_is_not_hidden(editor):
    session = make_session()
    taken(session, 1)

    answer = editor.post(edit_url(session), form_of(session, visibility="brouillon"))

    assert "Des personnes ont réservé" in str(errors(answer))
    assert Meeting.objects.get(pk=session.pk).is_published(timezone.now())


def test_the_form_costs_nobody_their_place(editor):
    """What was booked since the form was opened is still there."""
    session = make_session(seats=1)
    form = form_of(session)
    make_booking(session)
    bookings.settle(session)

    editor.post(edit_url(session), form)

    assert Meeting.objects.get(pk=session.pk).is_full


def test_a_cancelled_session_that_is_moved_tells_nobody_yet(editor):
    session = make_session(cancelled_at=timezone.now(), cancelled_because="Grève.")
    taken(session, 1)

    editor.post(edit_url(session), form_of(session, end="23:00"))

    assert kinds() == []


# The rules


def moved(session, **fields):
    before = InfoSession.objects.get(pk=session.pk)
    Meeting.objects.filter(pk=session.pk).update(**fields)
    sessions.saved(InfoSession.objects.get(pk=session.pk), before=before, now=NOW)


def test_a_hold_does_not_outlast_a_start_that_comes_earlier():
    session = session_of(seats=3)
    by_phone = book(session, telephone="06 39 98 00 00")
    offered = make_booking(session, state=State.OFFERED, offered_until=NOW + 48 * HOUR)

    moved(session, starts_at=NOW + 24 * HOUR)

    assert Booking.objects.get(pk=by_phone.pk).held_until == NOW + 24 * HOUR
    assert Booking.objects.get(pk=offered.pk).offered_until == NOW + 24 * HOUR


def test_a_session_that_was_just_made_has_nobody_to_tell():
    sessions.saved(session_of(), before=None, now=NOW)

    assert kinds() == []


def test_who_has_a_place_or_waits_is_told_of_a_cancellation_and_of_its_end():
    session = session_of(seats=1)
    [there], waiting = booked(session, 1), book(session, "awa")

    sessions.cancel(session, because="Grève.", by=make_user(), now=NOW)
    sessions.restore(session, by=make_user(), now=NOW + HOUR)

    assert states(there, waiting) == [State.CONFIRMED, State.WAITING]
    assert told(there)[-2:] == ["meeting_cancelled", "meeting_restored"]
    assert told(waiting)[-2:] == ["meeting_cancelled", "meeting_restored"]


def test_the_time_to_confirm_starts_anew_when_a_session_is_restored():
    session = session_of(seats=2)
    held = book(session, "ada")
    offered = make_booking(session, state=State.OFFERED, offered_until=NOW + HOUR)
    sessions.cancel(session, because="Grève.", by=make_user(), now=NOW)
    later = NOW + 24 * HOUR

    sessions.restore(session, by=make_user(), now=later)

    held.refresh_from_db(), offered.refresh_from_db()
    assert (held.state, held.held_until) == (State.HELD, later + HOUR / 2)
    assert (offered.state, offered.offered_until) == (State.OFFERED, later + (session.starts_at - later) / 4)


def test_an_offer_that_would_come_too_late_ends_when_a_session_is_restored():
    session = session_of(seats=2)
    offered = make_booking(session, state=State.OFFERED, offered_until=NOW + HOUR)
    sessions.cancel(session, because="Grève.", by=make_user(), now=NOW)

    sessions.restore(session, by=make_user(), now=session.starts_at - HOUR)

    assert states(offered) == [State.LAPSED]


def test_a_session_is_not_deleted_with_what_people_asked_for():
    session = make_session(publish_at=None)
    make_booking(session, state=State.CANCELLED)

    with pytest.raises(ValidationError, match="Des personnes ont réservé") as refusal:
        sessions.check_deletion(session, now=NOW)

    assert refusal.value.code == "booked"


def test_a_copy_has_seats_and_nobody_in_them():
    session = session_of(seats=1)
    booked(session, 1)
    bookings.settle(session, NOW)

    copy = sessions.duplicate(session, token=uuid4(), by=make_user(), now=NOW)

    assert (copy.seats, copy.is_full, copy.bookings.count()) == (1, False, 0)


@pytest.mark.parametrize("action", ["annuler", "retablir"])
def test_editors_read_that_people_are_told(editor, action):
    session = make_session(cancelled_at=timezone.now() if action == "retablir" else None)

    assert "prévenues" in editor.get(action_url(session, action)).text
