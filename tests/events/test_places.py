"""A place whose address is corrected: calendars follow, and whoever has a seat there is told."""

from datetime import timedelta

import pytest
from django.urls import reverse

from events.models import Booking, Place
from notices.models import Notice
from tests.events.factories import make_booking
from tests.factories import make_admin, make_place, make_session

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def place():
    return make_place()


@pytest.fixture
def correct(client, place):
    client.force_login(make_admin())

    def send(**fields):
        names = ("name", "address", "postcode", "city", "directions", "access_note")
        typed = {name: getattr(place, name) for name in names} | {"departement": place.departement_id}
        return client.post(reverse("events_places:edit", args=[place.pk]), typed | fields)

    return send


def test_whoever_has_a_seat_or_waits_reads_the_new_address(place, correct, django_capture_on_commit_callbacks):
    session = make_session(place=place)
    booking, waiting = make_booking(session), make_booking(session, state=Booking.State.WAITING)
    sequence = session.sequence

    correct(address="12, rue des Lilas")

    session.refresh_from_db()
    notice = Notice.objects.get(about=booking.reference)
    assert Place.objects.get().address == "12, rue des Lilas"
    assert session.sequence == sequence + 1
    assert "12, rue des Lilas" in notice.text
    assert "12\\, rue des Lilas" in notice.calendar
    assert "Vous restez en liste d’attente" in Notice.objects.get(about=waiting.reference).text


@pytest.mark.parametrize(
    "fields", [{"starts_in": -3 * DAY}, {"publish_at": None}, {"cancelled_because": "Grève", "cancelled": True}]
)
def test_what_is_over_hidden_or_cancelled_tells_nobody(place, correct, fields):
    cancelled = fields.pop("cancelled", False)
    session = make_session(place=place, **fields)
    if cancelled:
        type(session).objects.update(cancelled_at=session.publish_at)
    make_booking(session)

    correct(address="12, rue des Lilas")

    assert not Notice.objects.exists()


def test_how_to_come_may_change_without_a_message(place, correct):
    make_booking(make_session(place=place))

    correct(directions="Sonnez deux fois.")

    assert Place.objects.get().directions == "Sonnez deux fois."
    assert not Notice.objects.exists()
