"""What enters a passport, and what does not."""

from datetime import date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Member, Referent
from passport import chain, decisions, ledger, verification, verifying
from passport.balances import balance
from passport.models import Cheque, Entry, Passport
from tests.factories import make_user
from tests.passport.factories import FIRST, MEANS, at, counsellor_of, make_passport, make_proposal, make_signed, visit
from tests.people import make_counsellor, make_member, make_referent

pytestmark = pytest.mark.django_db

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def hours(passport, kind="rv"):
    found = balance(Passport.objects.get(pk=passport.pk))[kind]
    return found.used, found.proposed, found.free


def refusal(action):
    with pytest.raises(ValidationError) as refused:
        action()
    return (
        refused.value.error_list[0].code
        if not hasattr(refused.value, "error_dict")
        else next(error.code for errors in refused.value.error_dict.values() for error in errors)
    )


def rows_of(passport):
    return [(chain.read(entry), entry.digest) for entry in passport.entries.order_by("seq")]


def test_a_proposal_reserves_and_a_signature_spends():
    passport = make_passport()

    cheque = make_proposal(passport)
    proposed = hours(passport)
    ledger.sign(cheque, member=passport.member, means=MEANS, now=cheque.counsellor_signed_at)

    assert proposed == (0, 1, 5)
    assert hours(passport) == (1, 0, 5)
    assert verifying.check_chain(passport.chain, rows_of(passport)) is None


def test_what_is_signed_is_what_happened_and_how_it_was_signed():
    passport = make_passport()
    cheque = make_signed(passport, what="Relire le CV", place="Local du Ménil")

    said = chain.read(cheque.entry)

    assert (said["hours"], said["kind"], said["starts_at"], said["zone"]) == (
        1,
        "rv",
        "2026-09-07T08:00:00.000000Z",
        "Europe/Paris",
    )
    assert (said["cheque"], said["member_means"], said["counsellor_means"]) == (cheque.number, MEANS, MEANS)
    assert "Relire" not in cheque.entry.form
    assert {text.name: text.text for text in cheque.entry.texts.all()} == {
        "what": "Relire le CV",
        "place": "Local du Ménil",
    }


def test_the_head_is_the_last_entry_s():
    passport = make_passport()
    cheque = make_signed(passport)

    assert chain.head(passport) == (2, cheque.entry.digest)
    assert chain.head(Passport(chain="a" * 32)) == (0, verifying.genesis("a" * 32))


def test_a_signature_given_twice_spends_once():
    passport = make_passport()
    cheque = make_signed(passport)

    again = ledger.sign(cheque, member=passport.member, means=MEANS, now=cheque.counsellor_signed_at)

    assert again.entry == cheque.entry
    assert hours(passport) == (1, 0, 5)


def test_the_same_form_sent_twice_is_one_cheque_and_another_visit_is_refused():
    passport, key = make_passport(), uuid4()
    facts = {"counsellor": counsellor_of(passport), "key": key, "means": MEANS, "now": at(FIRST + 6 * DAY, 11)}

    first = ledger.propose(passport, visit(), **facts)
    again = ledger.propose(passport, visit(), **facts)

    assert first == again
    assert refusal(lambda: ledger.propose(passport, visit(what="Autre chose"), **facts)) == "key_used"


def test_numbers_follow_one_another_each_day_and_stay_with_what_is_withdrawn():
    passport = make_passport()
    now = at(FIRST + 6 * DAY, 18)

    first = make_proposal(passport, hour=9, now=now)
    ledger.withdraw(first, counsellor=first.counsellor)
    second = make_proposal(passport, hour=9, now=now)
    later = make_proposal(passport, hour=11, now=now + DAY)

    number = counsellor_of(passport).number
    assert [cheque.number for cheque in (first, second, later)] == [
        f"C{number}/07/09/2026/1",
        f"C{number}/07/09/2026/2",
        f"C{number}/08/09/2026/1",
    ]


def test_proposals_count_against_the_quota():
    passport = make_passport()
    for hour in (8, 10, 12):
        make_proposal(passport, hour=hour, hours=2, now=at(FIRST + 6 * DAY, 20))

    assert refusal(lambda: make_proposal(passport, hour=16)) == "quota"


def test_hours_of_one_kind_are_not_those_of_another():
    passport = make_passport()
    make_signed(passport, kind="entreprise", hours=4)

    assert refusal(lambda: make_signed(passport, kind="entreprise", hour=15)) == "quota"
    assert hours(passport, "rv") == (0, 0, 6)


@pytest.mark.parametrize("wrong", [0, -1, 5, 1.5, True, 10**9])
def test_a_visit_lasts_one_to_four_whole_hours(wrong):
    passport = make_passport()
    now = at(FIRST + 9 * DAY)
    said = visit(hours=wrong)

    assert refusal(
        lambda: ledger.propose(passport, said, counsellor=counsellor_of(passport), key=uuid4(), means=MEANS, now=now)
    ) in {"hours", "future"}
    assert not Cheque.objects.exists()


def test_an_unknown_kind_is_refused():
    assert refusal(lambda: make_proposal(make_passport(), kind="autre")) == "kind"


def test_a_withdrawn_or_expired_proposal_gives_its_hours_back_and_is_not_signed():
    passport = make_passport()
    withdrawn, expired = make_proposal(passport), make_proposal(passport, hour=14)

    ledger.withdraw(withdrawn, counsellor=withdrawn.counsellor)
    before, after = ledger.expire_due(at(FIRST + 13 * DAY, 23)), ledger.expire_due(at(FIRST + 14 * DAY, 0))

    assert (before, after) == (0, 1)
    assert hours(passport) == (0, 0, 6)
    for cheque in (withdrawn, expired):
        assert refusal(lambda cheque=cheque: ledger.sign(cheque, member=passport.member, means=MEANS)) == "not_proposed"


def test_the_last_day_to_sign_is_the_seventh():
    passport = make_passport()
    cheque = make_proposal(passport)
    other = make_proposal(passport, hour=15)

    ledger.sign(cheque, member=passport.member, means=MEANS, now=at(FIRST + 13 * DAY, 23, 59))

    late = at(FIRST + 14 * DAY, 0)
    assert refusal(lambda: ledger.sign(other, member=passport.member, means=MEANS, now=late)) == "too_late"


def test_only_the_member_of_the_passport_signs():
    passport = make_passport()
    cheque = make_proposal(passport)

    assert refusal(lambda: ledger.sign(cheque, member=make_member(), means=MEANS)) == "not_yours"


def test_only_who_accompanies_the_member_writes():
    passport, other = make_passport(), make_counsellor()
    now = at(FIRST + 6 * DAY, 11)
    write = {"counsellor": other, "key": uuid4(), "means": MEANS, "now": now}

    stranger = refusal(lambda: ledger.propose(passport, visit(), **write))
    make_referent(passport.member, other, role=Referent.Role.STAND_IN, starts_at=now - DAY, ends_at=now + DAY)

    assert stranger == "not_yours"
    assert ledger.propose(passport, visit(), **write).counsellor == other


def test_nobody_signs_on_both_sides():
    passport = make_passport()
    counsellor = counsellor_of(passport)
    passport.member.user.delete()
    type(passport.member).objects.filter(pk=passport.member_id).update(user=counsellor.user)

    assert refusal(lambda: make_proposal(passport)) == "both_sides"


def test_a_cancelled_visit_gives_its_hours_back_once_and_both_stay():
    passport = make_passport()
    cheque = make_signed(passport)
    cancel = {"reason": "Saisi deux fois", "counsellor": counsellor_of(passport), "now": at(FIRST + 8 * DAY)}

    entry = ledger.cancel(cheque, **cancel)

    assert (entry.cancels, entry.hours) == (cheque.entry.seq, -1)
    assert hours(passport) == (0, 0, 6)
    assert refusal(lambda: ledger.cancel(cheque, **cancel)) == "not_signed"
    assert Entry.objects.filter(passport=passport).count() == 3
    assert verifying.check_chain(passport.chain, rows_of(passport)) is None


def test_what_is_signed_is_not_withdrawn():
    cheque = make_signed(make_passport())

    assert refusal(lambda: ledger.withdraw(cheque, counsellor=cheque.counsellor)) == "not_proposed"


def test_a_cancellation_says_why_and_is_of_a_signed_visit():
    passport = make_passport()
    counsellor = counsellor_of(passport)

    assert refusal(lambda: ledger.cancel(make_signed(passport), reason=" ", counsellor=counsellor)) == "no_reason"
    proposal = make_proposal(passport, hour=15)
    assert refusal(lambda: ledger.cancel(proposal, reason="Non", counsellor=counsellor)) == "not_signed"


def test_nobody_is_at_two_visits_at_once():
    passport = make_passport()
    make_signed(passport, hours=2, hour=10, kind="candidature")

    assert refusal(lambda: make_proposal(passport, hour=11)) == "member_overlap"
    assert make_proposal(passport, hour=12).pk


def test_a_counsellor_is_with_several_members_at_a_collective_event_only():
    first, second = make_passport(), make_passport()
    counsellor = counsellor_of(first)
    Referent.objects.filter(member=second.member).update(counsellor=counsellor)
    make_proposal(first, is_collective=True, hours=2, kind="candidature")

    assert refusal(lambda: make_proposal(second, hours=2, kind="candidature")) == "counsellor_overlap"
    assert make_proposal(second, is_collective=True, hours=2, kind="candidature").pk
    assert refusal(lambda: make_proposal(second, is_collective=True, hour=11)) == "member_overlap"


@pytest.mark.parametrize(
    ("day", "hour", "length", "inside"),
    [
        (FIRST, 0, 1, True),
        (FIRST - DAY, 23, 1, False),
        (FIRST - DAY, 23, 2, False),
        (date(2026, 12, 1), 23, 1, True),
        (date(2026, 12, 1), 23, 2, False),
        (date(2026, 12, 2), 0, 1, False),
    ],
)
def test_a_visit_lies_wholly_inside_the_window_of_paris(day, hour, length, inside):
    passport = make_passport()

    def write():
        return make_proposal(passport, day=day, hour=hour, hours=length, kind="candidature")

    if inside:
        assert write().pk
    else:
        assert refusal(write) == "window"


def test_only_the_follow_up_in_a_company_goes_beyond_until_the_trial_s_end():
    passport = make_passport()
    Passport.objects.filter(pk=passport.pk).update(trial_ends_on=date(2027, 1, 15))

    assert make_proposal(passport, day=date(2027, 1, 15), kind="entreprise").pk
    assert refusal(lambda: make_proposal(passport, day=date(2027, 1, 15), hour=15)) == "window"
    assert refusal(lambda: make_proposal(passport, day=date(2027, 1, 16), kind="entreprise")) == "window"


def test_a_passport_without_a_first_day_starts_with_its_first_signed_visit():
    passport = make_passport(starts_on=None)

    make_signed(passport, day=date(2026, 11, 30))

    passport.refresh_from_db()
    assert (passport.starts_on, passport.ends_on) == (date(2026, 11, 30), date(2027, 2, 28))


def test_a_window_begins_with_the_earliest_signed_visit_whichever_was_signed_first():
    passport = make_passport(starts_on=None)
    early = make_proposal(passport, day=FIRST + 3 * DAY)
    make_signed(passport, day=FIRST + 5 * DAY)

    ledger.sign(early, member=passport.member, means=MEANS, now=at(FIRST + 6 * DAY))

    passport.refresh_from_db()
    assert (passport.starts_on, passport.ends_on) == (FIRST + 3 * DAY, date(2026, 12, 4))
    assert hours(passport) == (2, 0, 4)
    assert verification.verify().broken == []


def test_a_window_that_begins_earlier_keeps_the_end_that_was_decided():
    passport = make_passport(starts_on=None)
    early = make_proposal(passport, day=FIRST + 3 * DAY)
    make_signed(passport, day=FIRST + 5 * DAY)
    end = date(2026, 12, 20)
    facts = {"reason": "Elle se soigne", "by": counsellor_of(passport).user, "now": at(FIRST + 6 * DAY)}
    asked = decisions.ask(passport, "extend", until=end, motive="Arrêt maladie", **facts)
    decisions.accept(asked, by=make_user(), now=at(FIRST + 6 * DAY))

    ledger.sign(early, member=passport.member, means=MEANS, now=at(FIRST + 6 * DAY, 12))

    passport.refresh_from_db()
    assert (passport.starts_on, passport.ends_on) == (FIRST + 3 * DAY, end)
    assert verification.verify().broken == []


def test_once_a_visit_is_signed_an_earlier_one_is_refused_when_it_is_written():
    passport = make_passport(starts_on=None)
    make_signed(passport, day=FIRST + 5 * DAY)

    with pytest.raises(ValidationError, match="a commencé le 06/09/2026, jour de la première visite signée"):
        make_proposal(passport, day=FIRST + 4 * DAY, now=at(FIRST + 6 * DAY))


def test_a_visit_outside_the_days_of_an_agreement_is_told_these_days():
    passport = make_passport()
    passport.agreement.starts_on = FIRST
    passport.agreement.save()

    with pytest.raises(ValidationError, match="hors de la durée du passeport, du 01/09/2026 au 01/12/2026"):
        make_proposal(passport, day=FIRST - DAY, now=at(FIRST))


def test_what_is_not_over_yet_is_not_written():
    passport = make_passport()

    assert refusal(lambda: make_proposal(passport, now=at(FIRST + 6 * DAY, 10, 59))) == "future"


def test_what_is_too_old_is_not_written():
    passport = make_passport()

    assert make_proposal(passport, now=at(FIRST + 13 * DAY, 23, 59)).pk
    assert refusal(lambda: make_proposal(passport, hour=15, now=at(FIRST + 14 * DAY))) == "too_late"


@pytest.mark.parametrize("state", [state for state in Passport.State if state != Passport.State.OPEN])
def test_nothing_is_added_to_a_passport_that_is_not_open(state):
    passport = make_passport()
    waits = make_proposal(passport)
    Passport.objects.filter(pk=passport.pk).update(state=state)

    assert refusal(lambda: make_proposal(passport, hour=15)) == "closed"
    assert refusal(lambda: ledger.sign(waits, member=passport.member, means=MEANS, now=at(FIRST + 7 * DAY))) == "closed"


def test_the_hour_that_comes_twice_is_two_hours():
    """On 25 October 2026 the clocks of Paris show 02:00 to 02:59 twice."""
    passport = make_passport()
    zone = ZoneInfo("Europe/Paris")
    first = datetime(2026, 10, 25, 2, 0, fold=0, tzinfo=zone)
    second = datetime(2026, 10, 25, 2, 0, fold=1, tzinfo=zone)
    facts = {"counsellor": counsellor_of(passport), "means": MEANS, "now": at(date(2026, 10, 25), 9)}

    for start in (first, second):
        said = ledger.Visit(kind="rv", starts_at=start, hours=1, what="De nuit")
        ledger.propose(passport, said, key=uuid4(), **facts)

    assert hours(passport) == (0, 2, 4)


def test_a_clock_put_back_does_not_turn_the_chain_back():
    passport = make_passport()
    make_signed(passport)
    late = make_proposal(passport, hour=15)
    earlier = at(FIRST + 6 * DAY, 9)

    signed = ledger.sign(late, member=passport.member, means=MEANS, now=earlier)

    moments = list(passport.entries.order_by("seq").values_list("recorded_at", flat=True))
    assert moments == sorted(moments)
    assert signed.entry.recorded_at > earlier


def test_one_that_cannot_expire_holds_no_other_back():
    first, second = make_proposal(make_passport()), make_proposal(make_passport())
    Member.objects.filter(pk=first.passport.member_id).update(email="nowhere", user=None)

    assert ledger.expire_due(at(FIRST + 15 * DAY)) == 1

    assert Cheque.objects.get(pk=second.pk).state == Cheque.State.EXPIRED


def test_nothing_is_spent_before_the_agreement_is_signed():
    for starts_on in (None, FIRST):
        passport = make_passport(starts_on=starts_on, now=at(FIRST + 6 * DAY))

        assert (
            refusal(lambda found=passport: make_proposal(found, day=FIRST + 5 * DAY, now=at(FIRST + 6 * DAY, 8)))
            == "before"
        )
        assert make_proposal(passport, day=FIRST + 6 * DAY).pk
