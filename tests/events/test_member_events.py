"""Members find their events in their space, book a seat, and see the hours that it reserves."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import EDITORS
from events import bookings, member_events
from events.models import Booking, Guest, Kind
from pages.templatetags.french import short_date
from tests.events.factories import make_event
from tests.factories import make_session
from tests.people import make_counsellor, make_in_group, make_member, make_membership

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
EVENTS = "/espace/evenements/"


@pytest.fixture
def member(client):
    found = make_member()
    client.force_login(found.user)
    return found


def page_of(client, event):
    return client.get(reverse("member_event", args=[event.reference]))


def book(client, event):
    return client.post(reverse("member_event_book", args=[event.reference]), follow=True)


def test_a_member_reads_what_is_to_come_and_never_drafts(client, member):
    make_event(title="Rencontre avec une recyclerie", kind=Kind.ENCOUNTER)
    make_event(title="Pas encore prêt", publish_at=None)
    make_session(title="Réunion ouverte à tous")

    page = client.get(EVENTS).content.decode()

    assert "Rencontre avec une recyclerie" in page
    assert "Pas encore prêt" not in page
    assert "Réunion ouverte à tous" not in page


def test_a_draft_does_not_exist(client, member):
    assert page_of(client, make_event(publish_at=None)).status_code == 404


def test_booking_a_seat_reserves_hours_of_the_passport(client, member):
    event = make_event(activity="candidature", hours=2)

    told = book(client, event).content.decode()
    page = client.get(EVENTS).content.decode()

    assert "Votre place est réservée" in told
    assert Booking.objects.get(member=member).state == Booking.State.CONFIRMED
    assert "réservent <strong>2 heures</strong>" in page.replace("\u00a0", " ")


def test_hours_are_not_reserved_by_what_waits_is_cancelled_or_is_over(member):
    now = timezone.now()
    events = [make_event(activity="candidature", hours=2, in_days=days) for days in (3, 4, 5, 6)]
    places = [bookings.book_member(event, member, by=member.user) for event in events]
    places[1].state = Booking.State.WAITING
    places[2].session.cancelled_at = now
    places[3].session.ends_at = now - DAY

    assert member_events.reserved_hours(places, now) == {"candidature": 2}


def test_asking_twice_is_one_place(client, member):
    event = make_event()

    book(client, event)
    told = book(client, event).content.decode()

    assert "Vous avez déjà une place" in told
    assert Booking.objects.count() == 1


def test_a_full_event_has_a_waiting_list(client, member):
    event = make_event(seats=1)
    other = make_member()
    bookings.book_member(event, other, by=other.user)

    assert "Rejoindre la liste d’attente" in page_of(client, event).content.decode()
    assert "Vous êtes en liste d’attente" in book(client, event).content.decode()


def test_an_event_that_began_or_is_cancelled_is_not_booked(client, member):
    begun = make_event(in_days=-0.01)
    off = make_event(cancelled_at=timezone.now(), cancelled_because="Salle inondée.")

    assert "a commencé" in book(client, begun).content.decode()
    assert "est annulé" in book(client, off).content.decode()
    assert not Booking.objects.exists()


def test_whose_membership_is_over_is_told_so(client):
    former = make_member(current=False)
    client.force_login(former.user)
    event = make_event()

    for answer in (client.get(EVENTS), page_of(client, event), book(client, event)):
        assert answer.status_code == 403
        assert "Votre adhésion n’est pas en cours" in answer.content.decode()
    assert not Booking.objects.exists()


def test_whose_membership_ends_before_the_day_is_told_when(client):
    member = make_member(current=False)
    make_membership(member, ends_on=timezone.localdate() + 3 * DAY)
    client.force_login(member.user)
    soon, late = make_event(in_days=2), make_event(in_days=9)

    page = page_of(client, late).content.decode()
    told = book(client, late).content.decode()
    book(client, soon)

    sentence = f"L’adhésion finit le {short_date(timezone.localdate() + 3 * DAY)}, avant cet événement."
    assert sentence in page
    assert "Réserver ma place" not in page
    assert sentence in told
    assert [place.session_id for place in member.bookings.all()] == [soon.pk]


def test_editors_read_and_do_not_book(client):
    client.force_login(make_in_group(EDITORS))
    event = make_event()

    assert page_of(client, event).status_code == 200
    assert book(client, event).status_code == 403


def test_the_assembly_says_what_a_member_s_voice_is(client, member):
    page = page_of(client, make_event(kind=Kind.ASSEMBLY)).content.decode()

    assert "voix consultative" in page


def test_the_link_of_a_meeting_online_is_for_who_has_a_seat(client, member):
    event = make_event(online_url="https://example.org/visio-secrete")

    before = page_of(client, event).content.decode()
    book(client, event)

    assert "visio-secrete" not in before
    assert "visio-secrete" in page_of(client, event).content.decode()


def test_guests_have_seats_of_their_own(client):
    counsellor = make_counsellor()
    client.force_login(counsellor.user)
    event = make_event(guest_seats=1)
    address = reverse("meeting_guests", args=[event.reference])

    client.post(address, {"name": "Odile Parangon", "body": "Recyclerie", "role": Guest.Role.EMPLOYER})
    told = client.post(address, {"name": "Une de trop", "role": Guest.Role.SPEAKER}).content.decode()

    assert [guest.name for guest in event.guests.all()] == ["Odile Parangon"]
    assert "Toutes les places d’invités sont prises" in told
    assert "Une de trop" in told


def test_a_guest_is_named_to_members_only_when_they_agreed(client, member):
    event = make_event(guest_seats=2)
    Guest.objects.create(session=event, name="Odile Parangon", is_shown=True)
    Guest.objects.create(session=event, name="Basile Discret")

    page = page_of(client, event).content.decode()

    assert "Odile Parangon" in page
    assert "Basile Discret" not in page


def test_a_counsellor_takes_a_guest_away(client):
    client.force_login(make_counsellor().user)
    event, other = make_event(guest_seats=1), make_event(guest_seats=1)
    guest = Guest.objects.create(session=event, name="Odile Parangon")

    wrong = client.post(reverse("meeting_guest_remove", args=[other.reference, guest.pk]))
    client.post(reverse("meeting_guest_remove", args=[event.reference, guest.pk]))

    assert wrong.status_code == 404
    assert not Guest.objects.exists()


@pytest.mark.parametrize("many", [1, 9])
def test_the_list_costs_the_same_however_long(client, member, many, django_assert_max_num_queries):
    for number in range(many):
        bookings.book_member(make_event(in_days=number + 1, hours=1, activity="rv"), member, by=member.user)

    with django_assert_max_num_queries(20):
        client.get(EVENTS)
