"""A counsellor's private calendar: what it shows, and when it shows nothing."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from accompaniment import agenda, feeds
from accompaniment.models import Feed
from tests.accompaniment.agendas import NOW, make_appointment
from tests.people import make_counsellor, make_member

pytestmark = pytest.mark.django_db

NINE = datetime(2027, 1, 13, 8, 0, tzinfo=UTC)


def events_of(content):
    return {str(event["uid"]): event for event in Calendar.from_ical(content).walk("VEVENT")}


def test_the_calendar_holds_initials_hours_and_a_link_and_nothing_else_of_anybody():
    counsellor = make_counsellor()
    member = make_member(first_name="Zoé", last_name="Xerxès", telephone="0639981234")
    made = make_appointment(member, counsellor, starts_at=NINE, changes=3)
    make_appointment(member, counsellor, starts_at=NINE + timedelta(hours=2), state="annule", kind="individuel")
    make_appointment(starts_at=NINE)
    make_appointment(counsellor=counsellor, starts_at=NINE - timedelta(days=60))

    content = feeds.content(counsellor, NOW)

    [(uid, event)] = events_of(content).items()
    assert uid == f"{made.reference}@rendez-vous.actess"
    assert str(event["summary"]) == "Rendez-vous de diagnostic, ZX"
    assert event.decoded("dtstart") == NINE
    assert event["dtstart"].params["TZID"] == "Europe/Paris"
    assert event["sequence"] == 3
    assert str(event["url"]).endswith(reverse("agenda_appointment", args=[made.reference]))
    for private in ("Zoé", "Xerxès", "0639981234", member.user.email, "/rendez-vous/"):
        assert private not in content.decode()
    assert b"BEGIN:VTIMEZONE" in content


def test_what_the_counsellor_hosts_is_in_it():
    counsellor = make_counsellor()
    things = [
        agenda.Hosted(counsellor.pk, "b@reunions.actess", NINE, NINE + timedelta(hours=2), "Une réunion", "/ici/"),
        agenda.Hosted(counsellor.pk, "a@reunions.actess", NINE, NINE + timedelta(hours=1), "Autre chose"),
    ]
    agenda.sources.append(lambda *_asked: things)
    try:
        events = events_of(feeds.content(counsellor, NOW))
    finally:
        agenda.sources.pop()

    assert list(events) == ["a@reunions.actess", "b@reunions.actess"]
    assert str(events["b@reunions.actess"]["url"]).endswith("/ici/")
    assert "url" not in events["a@reunions.actess"]


def test_only_a_digest_of_the_secret_is_kept():
    token = feeds.make(make_counsellor(), NOW)

    kept = Feed.objects.get()
    assert len(token) >= 43
    assert token not in kept.digest
    assert kept.digest == feeds.digest(token)
    assert kept.made_at == NOW


def test_who_has_left_has_no_calendar():
    counsellor = make_counsellor()
    token = feeds.make(counsellor)
    assert feeds.find(token) == counsellor

    counsellor.ends_on = timezone.localdate() - timedelta(days=1)
    counsellor.save()

    with pytest.raises(Http404):
        feeds.find(token)
    assert feeds.find(token, now=NOW.replace(year=2026, month=1)) == counsellor


def test_a_calendar_program_reads_it_without_logging_in(client):
    counsellor = make_counsellor(starts_on=date(2026, 1, 1))
    token = feeds.make(counsellor)

    answer = client.get(reverse("agenda_feed", args=[token]))

    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex"
    assert client.post(reverse("agenda_feed", args=[token])).status_code == 405
    for wrong in ("x", feeds.digest(token), "é"):
        assert client.get(f"/agenda/{wrong}/").status_code == 404
