from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from tests.factories import make_place, make_session

pytestmark = pytest.mark.django_db

SUMMER = datetime(2099, 7, 1, 12, tzinfo=UTC)
WINTER = datetime(2099, 12, 1, 13, tzinfo=UTC)


def events(client, address):
    return Calendar.from_ical(client.get(address).content).walk("VEVENT")


@pytest.mark.parametrize("starts_at", [SUMMER, WINTER])
def test_both_sides_of_the_change_of_hour_start_at_two_in_paris(client, starts_at):
    session = make_session(starts_at=starts_at)

    [event] = events(client, f"{session.get_absolute_url()}calendrier.ics")

    assert event["DTSTART"].params["TZID"] == "Europe/Paris"
    assert event.start.hour == 14
    assert event.start == starts_at


def test_the_file_carries_the_rules_of_the_time_zone(client):
    session = make_session(starts_at=SUMMER)

    content = client.get(f"{session.get_absolute_url()}calendrier.ics").text

    assert "BEGIN:VTIMEZONE" in content


def test_an_event_keeps_its_identifier_when_it_moves(client):
    session = make_session()
    [before] = events(client, "/reunions/calendrier.ics")
    session.starts_at += timedelta(days=1)
    session.ends_at += timedelta(days=1)
    session.save()

    [after] = events(client, "/reunions/calendrier.ics")

    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]


def test_a_cancelled_session_is_cancelled_in_calendars(client):
    make_session(cancelled_at=timezone.now(), cancelled_because="Grève des transports.")

    [event] = events(client, "/reunions/calendrier.ics")

    assert event["STATUS"] == "CANCELLED"
    assert "Grève des transports." in event["DESCRIPTION"]


def test_the_calendar_obeys_the_filters(client):
    make_session(title="À Paris", place=make_place(code="75"))
    make_session(title="En Essonne", place=make_place(code="91"))

    found = events(client, "/reunions/calendrier.ics?departement=91")

    assert [str(event["SUMMARY"]) for event in found] == ["En Essonne"]


def test_typed_text_cannot_add_an_event(client):
    make_session(title="Réunion\r\nEND:VEVENT\r\nBEGIN:VEVENT", summary="a,b;c\\d\nBEGIN:VALARM" + "é" * 120)

    response = client.get("/reunions/calendrier.ics")

    assert len(Calendar.from_ical(response.content).walk("VEVENT")) == 1
    assert max(len(line) for line in response.content.split(b"\r\n")) <= 75
