"""A counsellor who left keeps what they signed, and loses what waited."""

from datetime import timedelta

import pytest

from accounts import referents
from accounts.models import Counsellor, Referent
from notices.models import Notice
from passport import handing, ledger, reading
from tests.factories import make_admin
from tests.passport.factories import FIRST, MEANS, at, counsellor_of, make_passport, make_proposal, make_signed
from tests.people import make_counsellor, make_referent

pytestmark = pytest.mark.django_db
NOW = at(FIRST + timedelta(days=7), 9)
HOUR = timedelta(hours=1)


def hand_over(passport, now=NOW):
    to = make_counsellor()
    referents.hand_over(passport.member, to=to, reason="Congé", by=make_admin(), now=now)
    return to


def states(passport):
    return list(passport.cheques.order_by("pk").values_list("state", flat=True))


def test_open_proposals_of_who_left_are_withdrawn_and_signed_ones_stay():
    passport = make_passport()
    former = counsellor_of(passport)
    signed, open_one = make_signed(passport), make_proposal(passport, hour=15)
    assert handing.take_back_left(NOW) == 0
    new = hand_over(passport)
    Notice.objects.all().delete()

    assert handing.take_back_left(NOW + HOUR) == 1

    assert states(passport) == ["signe", "retire"]
    signed.refresh_from_db()
    assert signed.counsellor == former
    told = {notice.kind: notice.recipient for notice in Notice.objects.all()}
    assert told == {"visit_withdrawn": passport.member.user.email, "visit_left_behind": new.user.email}
    assert handing.take_back_left(NOW + 2 * HOUR) == 0
    assert open_one.number not in "".join(Notice.objects.values_list("text", flat=True))


def test_who_left_reads_and_writes_nothing_and_the_new_one_cancels_with_a_reason():
    passport = make_passport()
    former, signed = counsellor_of(passport), make_signed(passport)
    new = hand_over(passport)
    later = NOW + HOUR

    assert not reading.accompanied(former.user, later).exists()
    for act in (
        lambda: make_proposal(passport, counsellor=former, hour=16, now=later),
        lambda: ledger.cancel(signed, reason="Une erreur", counsellor=former, now=later),
    ):
        with pytest.raises(ledger.ValidationError, match="Vous n’accompagnez pas"):
            act()
    assert reading.accompanied(new.user, later).get() == passport
    ledger.cancel(signed, reason="Une erreur", counsellor=new, now=later)
    assert states(passport) == ["annule"]


def test_what_a_help_in_an_emergency_wrote_stays_to_be_signed_after_it():
    passport = make_passport()
    day = FIRST + timedelta(days=6)
    helper = make_referent(
        passport.member, role="urgence", reason="Absence", starts_at=at(day, 8), ends_at=at(day, 12)
    ).counsellor
    kept = make_proposal(passport, counsellor=helper, hour=10)

    assert handing.take_back_left(NOW) == 0
    signed = ledger.sign(kept, member=passport.member, means=MEANS, now=NOW)
    assert signed.state == "signe"


@pytest.mark.parametrize("role", [Referent.Role.REFERENT, Referent.Role.STAND_IN])
def test_a_counsellor_who_no_longer_works_leaves_nothing_open(role):
    passport = make_passport()
    Referent.objects.update(role=role)
    make_proposal(passport, counsellor=Referent.objects.get().counsellor)
    Counsellor.objects.update(ends_on=FIRST + timedelta(days=6))
    assert handing.take_back_left(NOW) == 1

    assert states(passport) == ["retire"]
    assert not Notice.objects.filter(kind="visit_left_behind").exists()


def test_one_signed_meanwhile_is_left_alone():
    passport = make_passport()
    cheque = make_proposal(passport)
    hand_over(passport)
    ledger.sign(cheque, member=passport.member, means=MEANS, now=NOW)

    assert not handing.take_back(cheque)
    assert states(passport) == ["signe"]
