"""From an availability to an appointment that is moved, on a phone: the counsellor's screens and those of the link."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accompaniment.models import Appointment
from events.links import token_of
from tests.browser.following import follow
from tests.browser.looking import PHONE, looks_right
from tests.events.factories import make_booking
from tests.factories import make_home, make_session
from tests.logins import bring_in
from tests.people import make_counsellor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Way:
    """One browser, which is the counsellor's then that of whoever has the link."""

    def __init__(self, page, context, axe, site):
        self.page, self.context, self.axe, self.site = page, context, axe, site
        self.counsellor = make_counsellor()
        self.day = timezone.localdate() + timedelta(days=3)
        page.emulate_media(reduced_motion="reduce")
        page.set_viewport_size(PHONE)

    def as_the_counsellor(self):
        bring_in(self.context, self.site, self.counsellor.user)

    def with_the_link_alone(self):
        self.context.clear_cookies()

    def go(self, path):
        self.page.goto(f"{self.site}{path}")
        self.looks_right()

    def click(self, role, name, **more):
        follow(self.page.get_by_role(role, name=name, **more))

    def looks_right(self):
        looks_right(self.page, self.axe)

    def is_refused(self, told):
        """Above the form, with a link to what is to be mended."""
        assert self.page.get_by_role("link", name=told).is_visible()
        self.looks_right()


def the_counsellor_says_when_and_where(way):
    page = way.page
    way.go("/espace/conseil/agenda/")
    way.click("link", "Mes disponibilités")
    page.get_by_label("Jour").select_option(str(way.day.weekday()))
    page.get_by_label("De", exact=True).fill("09:00")
    page.get_by_label("À", exact=True).fill("12:00")
    way.click("button", "Ajouter")
    way.is_refused("Lieu : Donnez un lieu")
    page.get_by_label("Lieu").fill("Maison des associations, Saint-Aubin")
    way.click("button", "Ajouter")
    page.get_by_text("Vos créneaux sont proposés").wait_for()
    way.click("button", "Créer l’adresse")
    way.looks_right()


def whoever_came_takes_a_slot(way, booking):
    way.go(f"/reservation/{token_of(booking)}/diagnostic/")
    way.click("button", "Prendre ce rendez-vous")
    way.is_refused("Choisissez un créneau.")
    way.page.get_by_role("radio", name="9 h").first.check()
    way.click("button", "Prendre ce rendez-vous")
    way.page.get_by_role("heading", name="Votre rendez-vous", exact=True).wait_for()
    way.looks_right()


def they_move_it_and_could_cancel_it(way):
    way.click("link", "Choisir un autre moment")
    way.page.get_by_role("radio", name="11 h").first.check()
    way.looks_right()
    way.click("button", "Déplacer mon rendez-vous")
    way.page.get_by_text("Votre rendez-vous est déplacé.").wait_for()
    way.click("link", "Annuler le rendez-vous")
    way.looks_right()


def the_counsellor_reads_it_and_could_move_it(way):
    way.go(f"/espace/conseil/agenda/?semaine={way.day:%Y-%m-%d}")
    way.click("link", "Nour Belkacem")
    way.looks_right()
    way.click("link", "Déplacer")
    way.looks_right()


def the_counsellor_fixes_one_for_somebody_else(way, other):
    way.page.goto(f"{way.site}/espace/conseil/agenda/fixer/")
    way.click("button", "Fixer ce rendez-vous")
    way.is_refused("Membre : Choisissez un membre.")
    way.go(f"/espace/conseil/reunions/{other.session.reference}/diagnostic/{other.reference}/")
    way.page.get_by_role("radio", name="9 h").first.check()
    way.click("button", "Fixer ce rendez-vous")
    way.page.get_by_role("heading", name="Le rendez-vous est fixé").wait_for()
    way.looks_right()


def test_from_an_availability_to_an_appointment_that_is_moved(live_server, watched_page, context, axe):
    make_home()
    way = Way(watched_page, context, axe, live_server.url)
    booking = make_booking(make_session(starts_in=timedelta(days=-1)), attendance="venu", last_name="Belkacem")
    other = make_booking(booking.session, attendance="venu", email="", telephone="0639981234")

    way.as_the_counsellor()
    the_counsellor_says_when_and_where(way)
    way.with_the_link_alone()
    whoever_came_takes_a_slot(way, booking)
    they_move_it_and_could_cancel_it(way)
    way.as_the_counsellor()
    the_counsellor_reads_it_and_could_move_it(way)
    the_counsellor_fixes_one_for_somebody_else(way, other)

    made = Appointment.objects.get(member__last_name="Belkacem")
    assert (timezone.localtime(made.starts_at).hour, made.counsellor, made.changes) == (11, way.counsellor, 1)
