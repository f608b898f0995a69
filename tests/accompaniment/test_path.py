"""Where a member is on their way, as they and their counsellor read it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from accompaniment import agreements, path
from accompaniment.models import Appointment
from tests.accompaniment.paths import (
    counsellor_of,
    make_agreement,
    make_diagnostic,
    make_finished,
    make_followed,
    make_roadmap,
)
from tests.events.factories import make_booking
from tests.factories import make_session
from tests.people import make_counsellor, make_member

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 2, 23, 9, tzinfo=UTC)


def plain(text):
    return text.replace("\u00a0", " ")


def states(member, **fields):
    return [step.state for step in path.steps_of(member, now=NOW, **fields)]


def test_a_newcomer_has_everything_before_them():
    assert states(make_member()) == ["todo"] * 4


def test_presence_at_an_information_session_is_the_first_step():
    member = make_member()
    late, early = datetime(2027, 2, 9, 13, tzinfo=UTC), datetime(2027, 2, 2, 13, tzinfo=UTC)
    for start in (late, early):
        make_booking(make_session(starts_at=start), member=member, state="confirmee", attendance="venu")
    make_booking(
        make_session(starts_at=early - timedelta(days=7)), member=member, state="confirmee", attendance="absent"
    )

    first, *_others = path.steps_of(member, now=NOW)

    assert (first.state, plain(first.text)) == ("done", "Le mardi 2 février 2027.")


def test_the_appointment_is_said_before_the_diagnostic_begins():
    member, counsellor = make_followed()
    start = NOW + timedelta(days=1)
    end = start + timedelta(hours=1)
    Appointment.objects.create(member=member, counsellor=counsellor, starts_at=start, ends_at=end, place="Ici")

    _first, second, *_others = path.steps_of(member, now=NOW)

    assert (second.state, plain(second.text)) == ("now", "Rendez-vous le mercredi 24 février 2027 à 10 h.")


def test_each_step_is_done_in_its_turn():
    diagnostic = make_diagnostic()
    assert states(diagnostic.member)[1:] == ["now", "todo", "todo"]
    finished = make_finished()
    assert states(finished.member)[1:] == ["done", "todo", "todo"]
    roadmap = make_roadmap(diagnostic=finished)
    assert states(finished.member)[1:] == ["done", "done", "todo"]
    draft = make_agreement(roadmap)
    assert states(finished.member)[3] == "todo"
    assert states(finished.member, for_counsellor=True)[3] == "now"
    agreements.propose(draft, now=NOW)
    assert states(finished.member)[3] == "now"


def test_the_day_from_which_one_may_sign_is_said_then_that_it_has_come():
    agreement = agreements.propose(make_agreement(), now=NOW)
    later = NOW + timedelta(days=7)

    assert plain(path.sentence_of(agreement, NOW)) == "Vous pourrez le signer à partir du mardi 2 mars 2027."
    assert path.sentence_of(agreement, later) == path.YOU_SIGN_NOW
    told = path.sentence_of(agreement, NOW, for_counsellor=True)
    assert plain(told) == "Il pourra être signé à partir du mardi 2 mars 2027."
    assert path.sentence_of(agreement, later, for_counsellor=True) == path.SIGN_NOW


def test_what_is_over_is_said_with_its_day():
    for end, said in ((agreements.withdraw, "Retiré par l’association"), (agreements.decline, "Refusé")):
        agreement = end(make_agreement(state="propose"), reason="Une erreur", now=NOW)

        assert plain(path.sentence_of(agreement, NOW)) == f"{said} le mardi 23 février 2027."
        assert states(agreement.member)[3] == "todo"
    assert path.sentence_of(make_agreement(), NOW) == "En préparation."


def test_members_read_their_way_and_counsellors_the_same_in_the_record(client):
    agreement = make_agreement(state="propose")
    client.force_login(agreement.member.user)
    page = client.get(reverse("my_path")).content.decode()
    assert reverse("agreement", args=[agreement.reference]) in page
    assert "Vous pourrez le signer" in page

    client.force_login(counsellor_of(agreement.member).user)
    record = client.get(reverse("member_record", args=[agreement.member.reference])).content.decode()

    assert reverse("agreement", args=[agreement.reference]) in record
    assert "Il pourra être signé" in record
    assert "Commencer le diagnostic" not in record


def test_the_record_offers_to_begin(client):
    member, counsellor = make_followed()
    client.force_login(counsellor.user)

    page = client.get(reverse("member_record", args=[member.reference])).content.decode()

    assert "Commencer le diagnostic" in page


def test_appointments_to_come_are_on_the_page_of_the_way(client):
    member, start = make_member(), datetime.now(UTC) + timedelta(days=2)
    fields = {"starts_at": start, "ends_at": start + timedelta(hours=1), "place": "3 rue du Port"}
    Appointment.objects.create(member=member, counsellor=make_counsellor(), **fields)
    client.force_login(member.user)

    assert "3 rue du Port" in client.get(reverse("my_path")).content.decode()
