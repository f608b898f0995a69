"""A member's way to an event on a telephone: the list, a seat, what it reserves; a counsellor's guests."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accompaniment.setup import make_package_and_grid
from events.models import Booking, Guest, Kind
from tests.browser.following import follow
from tests.browser.looking import PHONE, looks_right
from tests.events.factories import make_booking, make_event
from tests.factories import make_home, make_place
from tests.logins import bring_in
from tests.people import make_counsellor, make_member

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def event(page):
    page.set_viewport_size(PHONE)
    page.emulate_media(reduced_motion="reduce")
    make_home()
    make_package_and_grid()
    found = make_event(
        title="Écrire sa lettre en une heure, et la relire à plusieurs",
        summary="Vous repartez avec une lettre.",
        activity="candidature",
        hours=2,
        guest_seats=1,
        place=make_place(),
        programme="<ul><li>Écrire</li><li>Relire</li></ul>",
    )
    make_event(title="Assemblée générale", kind=Kind.ASSEMBLY, in_days=20, seats=60)
    cancelled = make_event(title="Visite d’une ferme", kind=Kind.OUTING, in_days=9)
    type(cancelled).objects.filter(pk=cancelled.pk).update(
        cancelled_at=timezone.now() - timedelta(days=1), cancelled_because="Le chemin est inondé."
    )
    return found


def test_a_member_books_a_workshop_and_reads_what_it_reserves(live_server, watched_page, context, axe, event):
    page, member = watched_page, make_member()
    bring_in(context, live_server.url, member.user)

    page.goto(f"{live_server.url}/espace/evenements/")
    looks_right(page, axe)
    follow(page.get_by_role("link", name=event.title))
    looks_right(page, axe)
    follow(page.get_by_role("button", name="Réserver ma place"))
    page.get_by_text("Votre place est réservée").first.wait_for()
    looks_right(page, axe)
    follow(page.get_by_role("link", name="Gérer ma place"))
    page.get_by_role("heading", level=1).wait_for()
    looks_right(page, axe)
    page.goto(f"{live_server.url}/espace/evenements/")

    assert page.get_by_text("2 heures").is_visible()
    assert Booking.objects.get(member=member).state == Booking.State.CONFIRMED


def test_a_full_event_a_cancelled_one_and_the_assembly_say_so(live_server, watched_page, context, axe, event):
    page = watched_page
    for _seat in range(2):
        make_booking(event, member=make_member())
    bring_in(context, live_server.url, make_member().user)

    for title, told in (
        (event.title, "Rejoindre la liste d’attente"),
        ("Visite d’une ferme", "Le chemin est inondé."),
        ("Assemblée générale", "voix consultative"),
    ):
        page.goto(f"{live_server.url}/espace/evenements/")
        follow(page.get_by_role("link", name=title))
        page.get_by_text(told).first.wait_for()
        looks_right(page, axe)


def test_a_counsellor_invites_a_guest(live_server, watched_page, context, axe, event):
    page = watched_page
    bring_in(context, live_server.url, make_counsellor().user)

    page.goto(f"{live_server.url}/espace/conseil/evenements/{event.reference}/invites/")
    looks_right(page, axe)
    follow(page.get_by_role("button", name="Inviter"))
    page.get_by_role("alert").first.wait_for()
    looks_right(page, axe)
    page.get_by_label("Prénom et nom").fill("Odile Parangon")
    follow(page.get_by_role("button", name="Inviter"))
    page.get_by_text("Toutes les places d’invités sont prises").wait_for()

    looks_right(page, axe)
    assert Guest.objects.get().name == "Odile Parangon"
