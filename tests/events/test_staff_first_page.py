"""What a counsellor finds of meetings on their first page: whom to call, what to close, where they are expected."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events import hosting
from events.models import Booking
from tests.events.factories import make_booking, make_session_of_today, make_session_over
from tests.factories import make_session
from tests.people import make_counsellor, make_member

pytestmark = pytest.mark.django_db

HELD = Booking.State.HELD
BY_TELEPHONE = {"state": HELD, "email": "", "telephone": "06 39 98 00 01"}


@pytest.fixture
def counsellor():
    return make_counsellor()


@pytest.fixture
def first_page(client, counsellor):
    client.force_login(counsellor.user)
    return lambda: client.get("/espace/conseil/").content.decode()


def sheet_of(session):
    return f"/espace/conseil/reunions/{session.reference}/"


def test_people_to_call_are_counted_first(first_page, counsellor):
    session = make_session(host=counsellor)
    make_booking(session, **BY_TELEPHONE)
    make_booking(session, **BY_TELEPHONE | {"telephone": "06 39 98 00 02"})

    page = first_page()

    assert "2\N{NO-BREAK SPACE}personnes à rappeler" in page
    assert f"{sheet_of(session)}#appels" in page


def test_who_is_offered_a_seat_and_has_no_mailbox_is_to_be_called(client, counsellor, first_page):
    session = make_session(host=counsellor)
    make_booking(session, **BY_TELEPHONE | {"state": Booking.State.OFFERED})

    assert "1\N{NO-BREAK SPACE}personne à rappeler" in first_page()
    sheet = client.get(sheet_of(session)).content.decode()
    assert 'id="appels"' in sheet
    assert "Une place se libère" in sheet


def test_what_a_counsellor_left_behind_is_shown_to_the_others(counsellor):
    left = make_counsellor(ends_on=timezone.localdate() - timedelta(days=1))
    coming, over = make_session(host=left), make_session_over(host=left)
    make_booking(coming, **BY_TELEPHONE)
    make_booking(over)

    now = timezone.now()
    assert [row.pk for row in hosting.coming_of(counsellor.user, now).calls] == [coming.pk]
    assert [row.pk for row in hosting.sheets_of(counsellor.user, now)] == [over.pk]


@pytest.mark.parametrize(
    ("of_meeting", "of_booking"),
    [
        ({}, {"email": "nour@example.org"}),
        ({}, {"held_until": timezone.now() - timedelta(minutes=1)}),
        ({}, {"state": Booking.State.CONFIRMED}),
        ({"cancelled_at": timezone.now()}, {}),
        ({"publish_at": None}, {}),
        ({"host": "another"}, {}),
    ],
    ids=["by mail", "too late", "confirmed", "cancelled", "draft", "of another"],
)
def test_who_is_not_to_be_called(counsellor, of_meeting, of_booking):
    host = {"host": make_counsellor() if of_meeting.get("host") else counsellor}
    make_booking(make_session(**of_meeting | host), **BY_TELEPHONE | of_booking)

    assert hosting.coming_of(counsellor.user, timezone.now()).calls == []


def test_a_member_with_an_account_is_written_to(counsellor):
    session = make_session()
    make_booking(session, state=HELD, email="", member=make_member())
    assert hosting.coming_of(counsellor.user, timezone.now()).calls == []

    make_booking(session, state=HELD, email="", member=make_member(account=False, telephone="0639980001"))
    assert [row.to_call for row in hosting.coming_of(counsellor.user, timezone.now()).calls] == [1]


def test_the_sheet_of_a_meeting_that_is_over_waits(first_page, counsellor):
    mine, nobody_s, other_s = (make_session_over(host=host) for host in (counsellor, None, make_counsellor()))
    for session in (mine, nobody_s, other_s):
        make_booking(session)

    page = first_page()

    assert [f"{sheet_of(session)}#fin" in page for session in (mine, nobody_s, other_s)] == [True, True, False]


def test_a_sheet_that_was_never_to_be_closed_does_not_wait(counsellor):
    make_session_over()
    make_booking(make_session(starts_in=timedelta(days=-100)))
    make_booking(make_session_of_today())

    assert hosting.sheets_of(counsellor.user, timezone.now()) == []


def test_my_next_meetings_are_told(first_page, counsellor):
    mine = make_session(host=counsellor, seats=9)
    make_booking(mine)
    other = make_session(host=make_counsellor())

    page = first_page()

    assert "Mes prochaines réunions" in page
    assert "1 sur 9\N{NO-BREAK SPACE}places" in page
    assert [sheet_of(session) in page for session in (mine, other)] == [True, False]


def test_without_a_meeting_nothing_is_told(first_page):
    assert "Mes prochaines réunions" not in first_page()


def test_the_menu_leads_to_meetings(first_page):
    assert 'href="/espace/conseil/reunions/"' in first_page()


def test_the_first_page_asks_as_much_of_the_database_for_many_meetings(first_page, counsellor):
    asked = []
    first_page()
    for meetings in (1, 6):
        for _ in range(meetings):
            make_booking(make_session(host=counsellor), **BY_TELEPHONE)
            make_booking(make_session_over(host=counsellor))
        with CaptureQueriesContext(connection) as queries:
            first_page()
        asked.append(len(queries))

    assert asked[0] == asked[1]
