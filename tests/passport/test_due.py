"""What is due in the passports that a counsellor accompanies."""

from datetime import timedelta
from uuid import uuid4

import pytest

from accompaniment.models import Appointment
from accounts.models import Referent
from passport import decisions, disputes, due, paper, visits
from passport.models import Dispute, PaperCheque
from tests.passport.factories import FIRST, MEANS, at, counsellor_of, make_passport, make_proposal, make_signed
from tests.people import make_referent

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def passport():
    """From the first of September to the first of December."""
    return make_passport()


def codes(passport, day=8, month=9):
    return [one.code for one in due.of_one(passport, at(FIRST.replace(month=month, day=day), 20))]


def meet(passport, many, state="prevu", kind="individuel"):
    for number in range(many):
        starts_at = at(FIRST + (number + 5) * DAY, 15)
        Appointment.objects.create(
            member=passport.member,
            counsellor=counsellor_of(passport),
            kind=kind,
            state=state,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=1),
        )


def test_a_new_passport_asks_for_its_six_appointments(passport):
    assert [(one.code, one.words) for one in due.of_one(passport, at(FIRST, 20))] == [
        (due.FEW, "rendez-vous faits ou prévus\N{NO-BREAK SPACE}: 0 sur 6")
    ]


def test_appointments_planned_or_held_and_visits_without_one_count_once(passport):
    meet(passport, 3)
    meet(passport, 2, state="annule")
    meet(passport, 1, kind="diagnostic", state="honore")
    make_signed(passport, hour=9)
    assert due.of_one(passport, at(FIRST, 20))[-1].words == "rendez-vous faits ou prévus\N{NO-BREAK SPACE}: 4 sur 6"
    first = Appointment.objects.filter(state="prevu").first()
    make_signed(passport, hour=11, origin=f"appointment:{first.reference}")
    assert due.of_one(passport, at(FIRST, 20))[-1].words == "rendez-vous faits ou prévus\N{NO-BREAK SPACE}: 4 sur 6"

    make_proposal(passport, hour=12)
    make_proposal(passport, hour=13)

    assert due.FEW not in codes(passport)


@pytest.mark.parametrize(("day", "is_due"), [(11, False), (12, True)])
def test_ten_days_without_a_signed_visit_are_said(passport, day, is_due):
    assert (due.SILENT in codes(passport, day)) is is_due
    make_signed(passport, day=FIRST + 9 * DAY)
    assert due.SILENT not in codes(passport, day)


def test_nobody_is_silent_before_the_first_day_nor_suspended():
    later = make_passport(starts_on=FIRST + 30 * DAY)
    assert due.SILENT not in codes(later, 30)
    paused = make_passport(starts_on=None)
    by = counsellor_of(paused).user
    asked = decisions.ask(paused, "suspend", reason="Formation", by=by, now=at(FIRST))
    decisions.accept(asked, by=by, proof="Courriel du 7", now=at(FIRST))
    paused.refresh_from_db()

    assert due.SILENT not in codes(paused, 30)


@pytest.mark.parametrize(("day", "words"), [(16, None), (17, "finit le"), (30, "finit le")])
def test_the_end_is_said_two_weeks_before(passport, day, words):
    found = {one.code: one.words for one in due.of_one(passport, at(FIRST.replace(month=11, day=day)))}

    assert found.get(due.ENDING, "").startswith(words or "")
    assert (due.ENDING in found) is bool(words)


def test_an_end_that_has_passed_is_said(passport):
    told = [one.words for one in due.of_one(passport, at(FIRST.replace(month=12, day=3))) if one.code == due.ENDING]

    assert told[0].startswith("fini depuis le")


def test_a_trial_period_puts_the_end_off(passport):
    passport.trial_ends_on = FIRST.replace(month=12, day=31)

    assert due.ENDING not in codes(passport, 30, 11)


def test_what_waits_for_somebody_comes_first(passport):
    by = counsellor_of(passport).user
    signed = make_signed(passport, hour=9)
    disputes.open_dispute(signed, "Non", passport.member.user, at(FIRST + 7 * DAY))
    make_proposal(passport, hour=11)
    until = passport.ends_on + 9 * DAY
    decisions.ask(passport, "extend", reason="Malade", motive="Arrêt maladie", until=until, by=by)

    assert codes(passport) == [due.DISPUTED, due.UNSIGNED, due.DECISION, due.FEW]
    assert [one.is_pressing for one in due.of_one(passport, at(FIRST + 7 * DAY))] == [True, True, False, False]


def test_a_cheque_on_paper_without_its_copy_is_said(passport):
    counsellor = counsellor_of(passport)
    booklet = paper.print_booklet(counsellor, 6)
    leaf = PaperCheque.objects.filter(serial__startswith=booklet).order_by("-serial").first()
    said, now = visits.Said("rv", at(FIRST + DAY), 1, "CV"), at(FIRST + DAY, 12)
    visits.propose(passport, said, paper=leaf, counsellor=counsellor, key=uuid4(), means=MEANS, now=now)
    leaf.refresh_from_db()

    assert due.PAPER in codes(passport)
    paper.keep_copy(leaf, b"%PDF-", extension=".pdf", by=counsellor.user, now=at(FIRST + DAY, 13))
    assert due.PAPER not in codes(passport)


def test_a_kind_that_is_used_up_is_named(passport):
    for number in range(3):
        make_signed(passport, kind="metiers", hours=2, day=FIRST + (number + 1) * DAY)

    found = {one.code: one.words for one in due.of_one(passport, at(FIRST + 7 * DAY))}

    label = passport.version.kinds.get(code="metiers").label
    assert found[due.USED_UP] == f"plus d’heures\N{NO-BREAK SPACE}: {label}"


def test_a_passport_that_is_over_only_says_what_is_left_to_settle(passport):
    signed = make_signed(passport, hour=9)
    disputes.open_dispute(signed, "Non", passport.member.user)
    decisions.ask(passport, "end", reason="Départ", by=counsellor_of(passport).user)
    passport.refresh_from_db()

    assert codes(passport, 30, 11) == [due.DISPUTED]
    [line] = due.pressing(counsellor_of(passport).user, at(FIRST + timedelta(days=30)))
    assert ([one.code for one in line.due], line.dispute) == ([due.DISPUTED], Dispute.objects.get().reference)


def test_the_list_has_those_in_use_first_with_their_hours(passport):
    over = make_passport()
    counsellor = counsellor_of(passport)
    make_referent(over.member, counsellor, role=Referent.Role.STAND_IN, starts_at=at(FIRST))
    decisions.ask(over, "end", reason="Départ", by=counsellor.user)
    make_signed(passport)
    meet(passport, 2)

    first, second = due.lines(counsellor.user, at(FIRST + 7 * DAY))

    assert (first.passport, first.used, first.left, first.quota) == (passport, 1, 34, 35)
    assert second.passport == over
    assert first.kinds[0].drawing == "rv"
    assert due.counts([first, second]) == {due.FEW: 1}


def test_the_list_is_counted_at_once(passport, django_assert_max_num_queries):
    counsellor = counsellor_of(passport)
    for _number in range(5):
        other = make_passport()
        make_signed(other)
        make_referent(other.member, counsellor, role=Referent.Role.STAND_IN, starts_at=at(FIRST))

    with django_assert_max_num_queries(7):
        assert len(due.lines(counsellor.user, at(FIRST + 7 * DAY))) == 6


def test_lines_are_chosen_by_what_is_due_and_by_words(passport):
    (line,) = due.lines(counsellor_of(passport).user, at(FIRST))
    searched = {passport.pk: " awa membre"}

    for code, words, found in (
        ("", [], [line]),
        (due.FEW, ["mem"], [line]),
        (due.SILENT, [], []),
        ("", ["embre"], []),
    ):
        assert due.chosen([line], code=code, words=words, searched=searched) == found
