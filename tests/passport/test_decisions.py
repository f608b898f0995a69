"""What is decided of a passport besides its visits: who must agree, when it holds, what it changes."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from passport import chain, decisions, forgetting, ledger, verifying
from passport.models import Cheque, Decision, Passport, Reservation
from tests.factories import make_user
from tests.passport.factories import FIRST, at, counsellor_of, make_passport, make_proposal, make_signed
from tests.passport.test_ledger import refusal, rows_of

pytestmark = pytest.mark.django_db

Act, State, Standing = Decision.Act, Decision.State, Passport.State
DAY = timedelta(days=1)
LAST = date(2026, 12, 1)
NOON = at(FIRST + 6 * DAY, 12)
ILL = "Arrêt maladie"


def ask(passport, act, *, now=NOON, **facts):
    by = counsellor_of(passport).user
    return decisions.ask(passport, act, **{"reason": "Elle déménage", "by": by, "now": now} | facts)


def now_of(passport):
    found = Passport.objects.get(pk=passport.pk)
    return found.state, found.ends_on


def last_entry(passport):
    return chain.read(passport.entries.order_by("seq").last())


def suspended(passport, *, now=NOON):
    return decisions.accept(ask(passport, Act.SUSPEND, now=now), by=make_user(), now=now)


def test_a_suspension_waits_for_the_prescriber_and_then_holds():
    passport, prescriber = make_passport(), make_user()

    asked = ask(passport, Act.SUSPEND)
    before = now_of(passport)
    accepted = decisions.accept(asked, by=prescriber, proof=" Courriel du 7 ", now=NOON)

    assert (before[0], now_of(passport)[0]) == (Standing.OPEN, Standing.SUSPENDED)
    assert (accepted.decided_by, accepted.proof, accepted.state) == (prescriber, "Courriel du 7", State.HOLDS)
    assert last_entry(passport)["act"] == "suspend"
    assert {text.text for text in accepted.entry.texts.all()} == {"Elle déménage"}
    assert refusal(lambda: make_proposal(passport)) == "closed"


def test_resuming_gives_back_the_days_of_the_suspension():
    passport = make_passport()
    suspended(passport)

    ask(passport, Act.RESUME, now=NOON + 10 * DAY, until=date(2030, 1, 1))

    assert now_of(passport) == (Standing.OPEN, LAST + 10 * DAY)
    assert last_entry(passport)["ends_at"] == verifying.instant(at(LAST + 11 * DAY, 0))
    assert make_proposal(passport, day=LAST + 10 * DAY).pk


def test_a_suspension_over_the_change_of_hour_gives_back_days_of_paris():
    passport = make_passport()
    suspended(passport, now=at(date(2026, 10, 24), 23, 30))

    ask(passport, Act.RESUME, now=at(date(2026, 10, 26), 0, 30))

    assert now_of(passport) == (Standing.OPEN, LAST + 2 * DAY)


def test_a_clock_put_back_takes_no_day_away():
    passport = make_passport()
    suspended(passport)

    ask(passport, Act.RESUME, now=NOON - 3 * DAY)

    assert now_of(passport) == (Standing.OPEN, LAST)
    assert verifying.check_chain(passport.chain, rows_of(passport)) is None


def test_a_passport_that_has_not_begun_has_no_day_to_be_given_back():
    passport = make_passport(starts_on=None)
    suspended(passport)

    ask(passport, Act.RESUME, now=NOON + DAY)

    assert now_of(passport) == (Standing.OPEN, None)
    assert refusal(lambda: ask(passport, Act.EXTEND, until=LAST, motive=ILL)) == "not_begun"


def test_a_prolongation_is_for_a_motive_of_the_package_and_for_so_long():
    passport = make_passport()

    def asked(**facts):
        return refusal(lambda: ask(passport, Act.EXTEND, **{"until": LAST + DAY, "motive": ILL} | facts))

    assert asked(motive="Envie") == asked(motive="") == "motive"
    assert asked(until=None) == asked(until=LAST) == asked(until=LAST + 93 * DAY) == "until"
    decision = ask(passport, Act.EXTEND, until=LAST + 92 * DAY, motive=ILL)
    decisions.accept(decision, by=make_user(), now=NOON)
    assert now_of(passport) == (Standing.OPEN, LAST + 92 * DAY)
    assert last_entry(passport)["ends_at"] == verifying.instant(at(LAST + 93 * DAY, 0))


def test_a_prolongation_is_checked_again_when_it_is_accepted():
    passport = make_passport()
    decision = ask(passport, Act.EXTEND, until=LAST + DAY, motive=ILL)
    suspended(passport)
    ask(passport, Act.RESUME, now=NOON + 5 * DAY)

    assert refusal(lambda: decisions.accept(decision, by=make_user(), now=NOON)) == "until"


def test_the_end_of_the_trial_period_holds_at_once_and_moves_the_follow_up_alone():
    passport = make_passport()

    decision = ask(passport, Act.TRIAL, until=LAST + 20 * DAY)

    assert (decision.state, now_of(passport)) == (State.HOLDS, (Standing.OPEN, LAST))
    assert make_proposal(passport, kind="entreprise", day=LAST + 20 * DAY).pk
    assert refusal(lambda: make_proposal(passport, day=LAST + 20 * DAY, hour=15)) == "window"


@pytest.mark.parametrize("until", [None, FIRST - DAY, (NOON + 367 * DAY).date()])
def test_the_end_of_the_trial_period_is_a_day_after_the_beginning_within_a_year(until):
    assert refusal(lambda: ask(make_passport(), Act.TRIAL, until=until)) == "until"


def test_a_passport_ends_early_with_its_reason_and_nothing_waits_any_more():
    passport = make_passport()
    Reservation.objects.create(passport=passport, origin="event:1", kind="rv", hours=1, starts_at=NOON)
    waits = ask(passport, Act.EXTEND, until=LAST + DAY, motive=ILL)

    ended = ask(passport, Act.END)

    waits.refresh_from_db()
    assert (now_of(passport)[0], last_entry(passport)["act"]) == (Standing.ENDED, "end")
    assert (ended.state, waits.state) == (State.HOLDS, State.WITHDRAWN)
    assert not passport.reservations.filter(ended_at=None).exists()
    assert refusal(lambda: ask(passport, Act.RESUME)) == "state"


@pytest.mark.parametrize("act", [Act.SUSPEND, Act.END])
def test_what_waits_for_a_signature_is_signed_or_withdrawn_first(act):
    passport = make_passport()
    cheque = make_proposal(passport)

    assert refusal(lambda: ask(passport, act)) == "proposals"
    ledger.withdraw(cheque, counsellor=cheque.counsellor, now=NOON)
    assert ask(passport, act).pk


@pytest.mark.parametrize(
    ("act", "state"),
    [
        (Act.SUSPEND, Standing.SUSPENDED),
        (Act.RESUME, Standing.OPEN),
        *((act, state) for act in Act for state in (Standing.ENDED, Standing.EXPIRED, Standing.COMPLETED)),
    ],
)
def test_an_act_starts_from_where_it_can(act, state):
    passport = make_passport()
    Passport.objects.filter(pk=passport.pk).update(state=state)

    assert refusal(lambda: ask(passport, act, until=LAST + DAY, motive=ILL)) == "state"
    assert passport.entries.count() == 1


def test_each_decision_says_why():
    assert refusal(lambda: ask(make_passport(), Act.END, reason=" ")) == "no_reason"


def test_the_prescriber_refuses_with_a_reason_and_once():
    passport, prescriber = make_passport(), make_user()
    decision = ask(passport, Act.SUSPEND)

    assert refusal(lambda: decisions.refuse(decision, by=prescriber, answer=" ")) == "no_answer"
    refused = decisions.refuse(decision, by=prescriber, answer=" Trop tôt ", now=NOON)

    assert (refused.state, refused.answer, refused.decided_at) == (State.REFUSED, "Trop tôt", NOON)
    assert refusal(lambda: decisions.accept(decision, by=prescriber)) == "answered"
    assert now_of(passport)[0] == Standing.OPEN


def test_a_request_that_was_withdrawn_can_be_made_again():
    passport = make_passport()
    decision = ask(passport, Act.SUSPEND)
    with pytest.raises(decisions.ValidationError, match="attend déjà"):
        ask(passport, Act.SUSPEND)

    decisions.withdraw(decision, by=decision.asked_by, now=NOON)

    assert ask(passport, Act.SUSPEND).state == State.ASKED


OVER = LAST + 8 * DAY


@pytest.mark.parametrize(
    ("moment", "ended"), [(at(LAST + 7 * DAY, 23, 59), 0), (at(OVER, 0), 1), (at(OVER + 30 * DAY), 1)]
)
def test_a_passport_ends_when_its_last_visit_can_no_longer_be_signed(moment, ended):
    passport = make_passport()
    waits = ask(passport, Act.EXTEND, until=LAST + DAY, motive=ILL)

    assert decisions.end_due(moment) == ended

    waits.refresh_from_db()
    assert (now_of(passport)[0] == Standing.EXPIRED) == (waits.state == State.WITHDRAWN) == bool(ended)
    assert decisions.end_due(moment) == 0


def test_the_follow_up_of_a_trial_period_holds_the_end_back():
    passport = make_passport()
    ask(passport, Act.TRIAL, until=LAST + 20 * DAY)

    assert decisions.end_due(at(LAST + 27 * DAY)) == 0
    assert decisions.end_due(at(LAST + 28 * DAY)) == 1


def test_a_visit_that_waits_for_its_signature_holds_the_end_back():
    passport = make_passport()
    cheque = make_proposal(passport)

    assert decisions.end_due(at(OVER)) == 0
    ledger.expire_due(at(OVER))
    assert decisions.end_due(at(OVER)) == 1
    assert Cheque.objects.get(pk=cheque.pk).state == Cheque.State.EXPIRED


def test_a_suspended_passport_does_not_end():
    suspended(make_passport())

    assert decisions.end_due(at(OVER)) == 0


def test_a_passport_whose_hours_are_all_used_is_completed():
    passport = make_passport()
    days = iter(range(1, 40))
    for kind in passport.version.kinds.all():
        left = kind.hours
        while left:
            hours = min(left, 4)
            make_signed(passport, kind=kind.code, hours=hours, day=FIRST + next(days) * DAY)
            left -= hours

    assert decisions.end_due(at(OVER)) == 1
    assert now_of(passport)[0] == Standing.COMPLETED
    assert verifying.check_chain(passport.chain, rows_of(passport)) is None


def test_who_asks_or_is_accompanied_does_not_agree_for_the_prescriber():
    passport = make_passport()
    asked = ask(passport, Act.SUSPEND)

    for one in (asked.asked_by, passport.member.user):
        assert refusal(lambda one=one: decisions.accept(asked, by=one, now=NOON)) == "both_sides"
    assert decisions.accept(asked, by=asked.asked_by, proof="Courriel du 7", now=NOON).state == State.HOLDS


def test_of_somebody_erased_no_motive_stays():
    passport = make_passport()
    ask(passport, Act.EXTEND, until=passport.ends_on + DAY, motive=ILL)

    forgetting.decisions(Decision.objects.all(), timezone.now())

    decision = Decision.objects.get()
    assert (decision.motive, decision.reason) == ("", "")


def test_a_passport_that_waits_for_the_end_of_a_trial_is_not_locked_each_minute(django_assert_num_queries):
    passport = make_passport()
    Passport.objects.update(trial_ends_on=passport.ends_on + timedelta(days=60))

    with django_assert_num_queries(1):
        assert decisions.end_due(at(passport.ends_on + timedelta(days=30))) == 0
    assert decisions.end_due(at(passport.ends_on + timedelta(days=68))) == 1
