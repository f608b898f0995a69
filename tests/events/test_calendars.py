from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from icalendar import Calendar

from association.models import Identity
from events.calendars import booking_calendar
from events.links import address_of
from events.models import Booking, Meeting
from notices import invites
from tests.events.factories import make_booking
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


SPRING, AUTUMN = datetime(2098, 3, 30, 1, tzinfo=UTC), datetime(2097, 10, 27, 1, tzinfo=UTC)
AROUND = [
    change + timedelta(minutes=minutes)
    for change in (SPRING, AUTUMN)
    for minutes in (-24 * 60, -90, -60, -30, 0, 30, 60, 24 * 60)
]
LINK = "https://rencontre.example.org/salle"
State = Booking.State


def of_booking(booking, **how):
    [event] = Calendar.from_ical(booking_calendar(booking, **how)).walk("VEVENT")
    return event


def of_a_reader_without_a_clock(content):
    """When the event begins and ends, for a program that knows only the rules of the file."""
    whole = Calendar.from_ical(content)
    [rules], [event] = whole.walk("VTIMEZONE"), whole.walk("VEVENT")
    zone = rules.to_tz(lookup_tzid=False)
    return [read(event[name], zone) for name in ("DTSTART", "DTEND")]


def read(written, zone):
    return written.dt.replace(tzinfo=zone) if "TZID" in written.params else written.dt


@pytest.mark.parametrize("starts_at", AROUND, ids=lambda moment: f"{moment:%d-%m-%H%M}")
def test_around_both_changes_of_hour_every_file_says_the_same_moments(client, starts_at):
    session = make_session(starts_at=starts_at, ends_at=starts_at + timedelta(hours=2))
    booking = make_booking(session)

    files = [
        client.get(f"{session.get_absolute_url()}calendrier.ics").content,
        client.get("/reunions/calendrier.ics").content,
        client.get("/reunions/calendrier.ics?departement=93").content,
        booking_calendar(booking),
    ]

    for content in files:
        moments = [moment.astimezone(UTC) for moment in of_a_reader_without_a_clock(content)]
        assert moments == [starts_at, starts_at + timedelta(hours=2)]


def test_a_calendar_of_many_years_has_the_rules_of_all(client):
    moments = [AUTUMN, SPRING, SUMMER, WINTER]
    for moment in moments:
        make_session(starts_at=moment)

    whole = Calendar.from_ical(client.get("/reunions/calendrier.ics").content)

    zone = whole.walk("VTIMEZONE")[0].to_tz(lookup_tzid=False)
    found = [read(event["DTSTART"], zone).astimezone(UTC) for event in whole.walk("VEVENT")]
    assert found == moments


@pytest.mark.parametrize("zone", ["Europe/Paris", "Indian/Reunion", "America/Miquelon", "UTC"])
def test_the_rules_are_those_of_any_association(settings, zone):
    settings.TIME_ZONE = zone
    rules = invites.clock_rules(SPRING.date()).to_tz(lookup_tzid=False)

    new_year = datetime(2098, 1, 1, tzinfo=UTC).replace(tzinfo=None)
    hours = [new_year + timedelta(hours=number) for number in range(365 * 24)]
    clock = ZoneInfo(zone)
    real = [hour for hour in hours if hour.replace(tzinfo=clock).astimezone(UTC).astimezone(clock).hour == hour.hour]

    assert len(real) >= len(hours) - 1
    assert all(rules.utcoffset(hour) == clock.utcoffset(hour) for hour in real)


def test_a_place_has_one_identifier_for_ever_and_a_version_that_grows():
    session = make_session()
    booking = make_booking(session)
    seen = [of_booking(booking)]

    def changed():
        seen.append(of_booking(Booking.objects.get(pk=booking.pk)))

    session.starts_at += timedelta(hours=1)
    session.ends_at += timedelta(hours=1)
    session.save()
    changed()
    session.place = make_place(name="Ailleurs")
    session.save()
    changed()
    session.cancelled_at = timezone.now()
    session.save()
    changed()
    session.cancelled_at = None
    session.save()
    changed()
    Booking.objects.filter(pk=booking.pk).update(state=State.CANCELLED, changes=1)
    changed()
    Booking.objects.filter(pk=booking.pk).update(state=State.CONFIRMED, changes=2)
    changed()

    assert {str(event["UID"]) for event in seen} == {f"{booking.reference}@reservations.actess"}
    versions = [event["SEQUENCE"] for event in seen]
    assert versions == sorted(set(versions))
    expected = ["CONFIRMED", "CONFIRMED", "CONFIRMED", "CANCELLED", "CONFIRMED", "CANCELLED", "CONFIRMED"]
    assert [event["STATUS"] for event in seen] == expected


@pytest.mark.parametrize(
    ("state", "status", "method"),
    [
        (State.CONFIRMED, "CONFIRMED", "PUBLISH"),
        (State.HELD, "TENTATIVE", "PUBLISH"),
        (State.OFFERED, "TENTATIVE", "PUBLISH"),
        (State.WAITING, "TENTATIVE", "PUBLISH"),
        (State.CANCELLED, "CANCELLED", "CANCEL"),
        (State.LAPSED, "CANCELLED", "CANCEL"),
    ],
)
def test_the_link_of_an_online_meeting_is_for_whoever_has_a_confirmed_place(state, status, method):
    booking = make_booking(make_session(online_url=LINK), state=state)

    content = booking_calendar(booking)

    event = of_booking(booking)
    assert (event["STATUS"], Calendar.from_ical(content)["METHOD"]) == (status, method)
    assert event["LOCATION"].startswith("En ligne")
    assert (LINK in event["LOCATION"]) == (LINK in content.decode().replace("\r\n ", "")) == (status == "CONFIRMED")


def test_the_file_says_where_when_it_was_made_and_by_whom():
    Identity.objects.create(name='Zoé "&" Cie\r\n', email="bonjour@example.org")
    booking = make_booking()
    now = datetime(2026, 5, 1, 8, tzinfo=UTC)

    event = of_booking(booking, method="REQUEST", now=now)

    assert event["LOCATION"] == "Maison des associations, 3 rue du Port, 93100 Saint-Aubin"
    assert event["DTSTAMP"].dt == now
    assert event["URL"] == address_of(booking)
    assert event["ORGANIZER"] == "mailto:bonjour@example.org"
    assert event["ORGANIZER"].params["CN"] == "Zoé '&' Cie "
    assert Calendar.from_ical(booking_calendar(booking, method="REQUEST"))["METHOD"] == "REQUEST"


@pytest.mark.parametrize(("kind", "what"), [("information", "Réunion annulée"), ("atelier", "Événement annulé")])
def test_of_a_cancelled_meeting_it_says_why(kind, what):
    session = make_session(online_url=LINK, cancelled_at=timezone.now(), cancelled_because="Grève des transports.")
    session.kind = kind

    event = of_booking(make_booking(session))

    assert f"{what}. Grève des transports." in event["DESCRIPTION"]
    assert LINK not in event["LOCATION"]


def test_a_meeting_whose_place_is_not_known_yet_is_nowhere():
    assert of_booking(make_booking(make_session(place=None)))["LOCATION"] == ""


HOSTILE = "a\rb\r\nEND:VEVENT\r\nBEGIN:VEVENT\x07\x0b\u2028\u0085c,d;e\\f" + "é" * 120


def test_typed_text_is_escaped_and_folded_in_somebody_s_file():
    session = make_session(
        title=HOSTILE[:120], summary=HOSTILE, place=make_place(name=HOSTILE[:120], directions=HOSTILE)
    )
    content = booking_calendar(make_booking(session))

    lines = content.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert content.count(b"BEGIN:VEVENT\r\n") == content.count(b"\r\nEND:VEVENT\r\n") == 1
    assert not any(code < 32 for line in lines for code in line)
    assert not set("\x85\u2028") & set(content.decode())
    [event] = Calendar.from_ical(content).walk("VEVENT")
    assert "c,d;e\\fé" in event["DESCRIPTION"]


def test_an_empty_calendar_is_one(client):
    content = client.get("/reunions/calendrier.ics").content

    assert Calendar.from_ical(content).walk("VEVENT") == []
    assert not Meeting.objects.exists()
