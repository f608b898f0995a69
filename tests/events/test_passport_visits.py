"""After an event that spends hours, who came is given the visit."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Referent
from events import passport_visits
from events.models import Booking
from passport.models import Cheque
from tests.events.factories import make_booking, make_event
from tests.factories import make_place, make_session
from tests.passport.factories import at, counsellor_of, make_passport
from tests.passport.signing import CONFIRM, PASSWORD, confirmed, logged_in
from tests.people import make_counsellor, make_referent

pytestmark = pytest.mark.django_db
YESTERDAY = timezone.localdate() - timedelta(days=1)
MISSING = 404


@pytest.fixture
def counsellor():
    return make_counsellor()


@pytest.fixture
def event():
    fields = {"activity": "candidature", "hours": 2, "starts_at": at(YESTERDAY, 14), "ends_at": at(YESTERDAY, 16)}
    return make_event(title="Écrire sa lettre", sheet_closed_at=timezone.now(), seats=12, **fields)


def came(event, counsellor=None, attendance=Booking.Attendance.CAME):
    """A member with a passport, accompanied by this counsellor or by another."""
    passport = make_passport(starts_on=YESTERDAY - timedelta(days=9), now=at(YESTERDAY - timedelta(days=9), 8))
    if counsellor:
        make_referent(passport.member, counsellor, role=Referent.Role.STAND_IN)
    make_booking(event, member=passport.member, attendance=attendance)
    return passport.member


def page(event):
    return reverse("sheet_visits", args=[event.reference])


def test_who_came_and_is_mine_gets_a_visit_and_others_are_only_named(event, counsellor):
    mine, other = came(event, counsellor), came(event)
    came(event, counsellor, attendance=Booking.Attendance.ABSENT)
    make_booking(event, attendance=Booking.Attendance.CAME)

    facts = {"counsellor": counsellor, "key": uuid4(), "now": timezone.now()}
    told = passport_visits.rehearse(event, **facts)
    assert not Cheque.objects.exists()
    given = passport_visits.propose(event, means="session:password", **facts)

    assert [row.member for row in told.to_propose] == [row.member for row in given.to_propose] == [mine]
    assert given.others == [other]
    cheque = Cheque.objects.get()
    assert (cheque.hours, cheque.origin, cheque.is_collective) == (2, f"event:{event.reference}", True)
    assert passport_visits.rehearse(event, **facts).to_propose == []


def test_an_event_says_where_it_was(event):
    event.place, event.online_url = make_place(name="Salle", city="Lyon"), ""
    assert passport_visits.gathering(event).place == "Salle, Lyon"
    event.place, event.online_url = None, "https://visio.example.org"
    assert passport_visits.gathering(event).place == "En ligne"


def test_visits_are_proposed_once_the_sheet_is_closed(event, counsellor):
    came(event, counsellor)
    type(event).objects.filter(pk=event.pk).update(sheet_closed_at=None)
    client = confirmed(counsellor.user)

    for answer in (client.get(page(event)), client.post(page(event))):
        assert "n’est pas close" in answer.text
    assert not Cheque.objects.exists()


def test_what_spends_no_hour_has_no_visits(counsellor):
    assert logged_in(counsellor.user).get(page(make_session())).status_code == MISSING


def test_one_press_gives_each_their_own_and_a_second_nothing_more(event, counsellor):
    members = [came(event, counsellor) for _number in range(3)]
    client = confirmed(counsellor.user)
    assert "Proposer les visites" in client.get(reverse("sheet", args=[event.reference])).text
    shown = client.get(page(event))
    assert "Signer et proposer 3" in shown.text.replace("\N{NO-BREAK SPACE}", " ")

    for _press in range(2):
        answer = client.post(page(event), {"key": str(shown.context["key"])}, follow=True)

    assert Cheque.objects.filter(passport__member__in=members).count() == Cheque.objects.count() == 3
    assert "Aucune nouvelle visite" in answer.text
    assert "à signer par le membre" in answer.text


def test_who_is_refused_is_told_why(event, counsellor):
    member = came(event, counsellor)
    other = came(event, counsellor)
    other.passports.update(state="suspendu")

    answer = confirmed(counsellor.user).post(page(event), {"key": "pas une clé"}, follow=True)

    assert "pas de passeport ouvert" in answer.text
    assert Cheque.objects.get().passport.member == member


def test_who_has_not_shown_who_they_are_is_asked_first(event, counsellor):
    came(event, counsellor)
    client = logged_in(counsellor.user)

    asked = client.post(page(event), {"key": str(uuid4())})
    assert asked.url.startswith(CONFIRM)
    assert not Cheque.objects.exists()
    client.post(asked.url, {"password": PASSWORD})

    assert Cheque.objects.count() == 1


def test_no_counsellor_proposes_a_visit_to_themselves(event):
    member = came(event)
    twin = make_counsellor(user=member.user)
    make_referent(member, twin, role=Referent.Role.STAND_IN)

    facts = {"counsellor": twin, "key": uuid4(), "now": timezone.now()}

    assert passport_visits.rehearse(event, **facts).outcomes == []
    assert counsellor_of(member.passports.get()) != twin
