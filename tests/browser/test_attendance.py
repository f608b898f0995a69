"""The day of a meeting on a counsellor's telephone: nothing to say for the automatic check, and a tap is saved."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events.models import Arrangement, Booking
from tests.browser.following import follow
from tests.browser.looking import PHONE, findings
from tests.events.factories import make_booking, make_session_of_today, make_session_over
from tests.factories import make_departement, make_session
from tests.logins import bring_in
from tests.people import make_counsellor, make_member, make_organisation, make_referent

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

State = Booking.State


@pytest.fixture
def counsellor():
    return make_counsellor()


@pytest.fixture
def day(counsellor):
    """A meeting that has begun, with people of all kinds."""
    body = make_organisation(name="Cap Emploi", is_prescriber=True)
    session = make_session_of_today(seats=20, host=counsellor)
    for number, attendance in enumerate(["venu", "excuse", "absent", *[""] * 14]):
        make_booking(session, first_name="Awa", last_name=f"Diop {number:02}", attendance=attendance)
    member = make_member()
    make_referent(member, counsellor)
    make_booking(session, member=member, attendance="venu", booked_for=body, departement=make_departement("93"))
    needs = make_booking(session, first_name="Aaron", last_name="Aabidi", departement=make_departement("94"))
    Arrangement.objects.create(booking=needs, needs=["lsf", "plain-pied"])
    make_booking(session, state=State.HELD, email="", telephone="06 39 98 00 01")
    make_booking(session, state=State.WAITING)
    make_booking(session, state=State.WAITING)
    make_booking(session, state=State.CANCELLED, ended_at=timezone.now())
    session.kept_seats.create(organisation=body, seats=2, until=timezone.localdate())
    return session


@pytest.fixture
def phone(context, live_server, counsellor, watched_page):
    bring_in(context, live_server.url, counsellor.user)
    watched_page.set_viewport_size(PHONE)
    return watched_page


@pytest.fixture
def without_script(browser, browser_context_args, live_server, counsellor):
    context = browser.new_context(**browser_context_args, java_script_enabled=False, viewport=PHONE)
    bring_in(context, live_server.url, counsellor.user)
    yield context.new_page()
    context.close()


def sheet_of(live_server, session, what=""):
    return f"{live_server.url}/espace/conseil/reunions/{session.reference}/{what}"


def presence_of(live_server, booking):
    return f"{live_server.url}/espace/conseil/presence/{booking.reference}/"


def test_every_screen_of_the_day_is_clean_at_both_widths(phone, live_server, day, counsellor, axe):
    over = make_session_over(host=counsellor)
    make_booking(over)
    later = make_session(host=counsellor, starts_in=timedelta(days=3))
    make_booking(later, state=State.HELD, email="", telephone="06 39 98 00 01")
    waiting = day.bookings.filter(state=State.WAITING).first()
    screens = [
        f"{live_server.url}/espace/conseil/",
        f"{live_server.url}/espace/conseil/reunions/",
        *(sheet_of(live_server, session) for session in (day, over, later)),
        *(sheet_of(live_server, day, what) for what in ("sans-reservation/", "inscrire/")),
        sheet_of(live_server, later, "garder/"),
        *(presence_of(live_server, booking) for booking in (day.bookings.first(), waiting, later.bookings.first())),
    ]

    for address in screens:
        assert phone.goto(address).status == 200, address
        assert findings(phone, axe) == [], address


def test_a_tap_is_saved_in_place_and_keeps_the_focus(phone, live_server, day):
    booking = day.bookings.get(last_name="Diop 05")
    phone.goto(sheet_of(live_server, day))
    phone.evaluate("window.stayed = true")
    button = phone.get_by_role("button", name="Présent\N{NO-BREAK SPACE}: Awa Diop 05")

    button.click()
    phone.get_by_text("Awa Diop 05\N{NO-BREAK SPACE}: présent").wait_for(state="attached")

    assert button.get_attribute("aria-pressed") == "true"
    assert button.evaluate("button => button === document.activeElement")
    assert phone.locator("#comptes dd").nth(2).inner_text() == "3"
    assert Booking.objects.get(pk=booking.pk).attendance == "venu"

    button.click()
    phone.get_by_text("Awa Diop 05\N{NO-BREAK SPACE}: présence effacée").wait_for(state="attached")

    assert button.get_attribute("aria-pressed") == "false"
    assert Booking.objects.get(pk=booking.pk).attendance == ""
    assert phone.evaluate("window.stayed")


def test_the_buttons_are_large_enough_for_a_thumb(phone, live_server, day):
    phone.goto(sheet_of(live_server, day))

    sizes = [box.bounding_box() for box in phone.locator(".mark").all()[:6]]

    assert min(size["height"] for size in sizes) >= 48
    assert min(size["width"] for size in sizes) >= 90


def test_without_a_network_the_person_is_told_and_taps_again(context, page, live_server, counsellor, day):
    bring_in(context, live_server.url, counsellor.user)
    page.set_viewport_size(PHONE)
    booking = day.bookings.get(last_name="Diop 06")
    page.goto(sheet_of(live_server, day))
    button = page.get_by_role("button", name="Absent\N{NO-BREAK SPACE}: Awa Diop 06")

    context.set_offline(True)
    button.click()
    page.get_by_text("le réseau ne répond pas").wait_for()
    assert Booking.objects.get(pk=booking.pk).attendance == ""

    context.set_offline(False)
    button.click()
    page.get_by_text("Awa Diop 06\N{NO-BREAK SPACE}: absent").wait_for(state="attached")
    assert Booking.objects.get(pk=booking.pk).attendance == "absent"


def test_without_a_script_a_tap_comes_back_to_the_same_row(without_script, live_server, day):
    booking = day.bookings.get(last_name="Diop 12")
    without_script.goto(sheet_of(live_server, day))

    follow(without_script.get_by_role("button", name="Excusé\N{NO-BREAK SPACE}: Awa Diop 12"))

    assert without_script.url.endswith(f"#p-{booking.reference}")
    assert Booking.objects.get(pk=booking.pk).attendance == "excuse"
    assert without_script.get_by_role("button", name="Excusé\N{NO-BREAK SPACE}: Awa Diop 12").is_visible()


def test_a_whole_day_without_a_script(without_script, live_server, counsellor):
    """Searched, welcomed, closed: with nothing but links and forms."""
    page, session = without_script, make_session_over(host=counsellor, seats=20)
    for number in range(16):
        make_booking(session, first_name="Awa", last_name=f"Diop {number:02}")
    page.goto(sheet_of(live_server, session))

    page.get_by_role("searchbox", name="Nom cherché").fill("diop 03")
    follow(page.get_by_role("button", name="Chercher"))
    follow(page.get_by_role("button", name="Présent\N{NO-BREAK SPACE}: Awa Diop 03"))
    assert page.locator(".attendee").count() == 1
    follow(page.get_by_role("button", name="Créer son espace"))
    assert page.get_by_role("link", name="Ouvrir sa fiche").is_visible()

    follow(page.get_by_role("link", name="Quelqu’un est là sans réserver"))
    page.get_by_label("Nom", exact=True).fill("Sans Réserver")
    follow(page.get_by_role("button", name="Noter cette personne"))
    follow(page.get_by_role("button", name="Clore la feuille"))

    attendance = session.bookings.values_list("attendance", flat=True)
    assert sorted(attendance) == ["absent"] * 15 + ["venu"] * 2
    assert page.get_by_role("button", name="Rouvrir la feuille").is_visible()
