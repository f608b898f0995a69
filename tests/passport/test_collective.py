"""One attendance gives each person their own cheque."""

from datetime import timedelta
from uuid import uuid4

import pytest

from accompaniment.models import Look, Package, PackageVersion
from accounts.models import Referent
from passport import collective, ledger
from passport.collective import Gathering
from passport.models import Cheque, Passport
from tests.passport.factories import FIRST, MEANS, at, counsellor_of, make_passport, make_proposal
from tests.people import make_counsellor, make_member, make_referent

pytestmark = pytest.mark.django_db
DAY = FIRST + timedelta(days=6)
NOW = at(DAY, 20)


@pytest.fixture
def counsellor():
    return make_counsellor()


def followed(counsellor):
    passport = make_passport()
    make_referent(passport.member, counsellor, role=Referent.Role.STAND_IN, starts_at=at(FIRST))
    return passport


def gathering(**fields):
    defaults = {"activity": "metiers", "starts_at": at(DAY, 9), "ends_at": at(DAY, 12), "hours": 3}
    return Gathering(**defaults | {"what": "Visite de la ressourcerie", "origin": "event:abc"} | fields)


def propose(counsellor, members, what=None, key=None, now=NOW):
    facts = {"counsellor": counsellor, "key": key or uuid4(), "means": MEANS, "now": now}
    return {row.member: row for row in collective.propose_for_all(what or gathering(), members, **facts)}


def test_each_person_has_their_own_cheque_of_the_same_hours(counsellor):
    passports = [followed(counsellor) for _number in range(3)]

    found = propose(counsellor, [passport.member for passport in passports])

    assert all(len(row.cheques) == 1 and not row.refusal for row in found.values())
    assert {cheque.origin for cheque in Cheque.objects.all()} == {"event:abc"}
    assert sorted(Cheque.objects.values_list("rank", flat=True)) == [1, 2, 3]


def test_who_is_refused_is_told_why_and_the_others_go_on(counsellor):
    passport, busy, stranger = followed(counsellor), followed(counsellor), make_passport()
    make_proposal(busy, hour=10)
    without = make_member()

    found = propose(counsellor, [passport.member, busy.member, stranger.member, without])

    assert found[passport.member].cheques
    assert "déjà une visite" in found[busy.member].refusal
    assert "n’accompagnez pas" in found[stranger.member].refusal
    assert found[without].refusal == collective.NO_PASSPORT
    assert Cheque.objects.filter(origin="event:abc").count() == 1


def test_sent_again_it_gives_nobody_a_second_cheque(counsellor):
    passport, key = followed(counsellor), uuid4()

    first = propose(counsellor, [passport.member], key=key)
    for again in (key, uuid4()):
        row = propose(counsellor, [passport.member], key=again)[passport.member]
        assert (row.is_done, row.cheques, row.refusal) == (True, first[passport.member].cheques, collective.ALREADY)


def test_what_was_withdrawn_is_proposed_anew(counsellor):
    passport = followed(counsellor)
    first = propose(counsellor, [passport.member])[passport.member].cheques[0]
    ledger.withdraw(first, counsellor=counsellor, now=NOW)

    assert propose(counsellor, [passport.member])[passport.member].cheques != [first]


def test_a_day_is_a_morning_and_an_afternoon_that_ends_with_it(counsellor):
    passport = followed(counsellor)
    day = gathering(activity="rencontre", hours=7, ends_at=at(DAY, 18))

    cheques = propose(counsellor, [passport.member], day)[passport.member].cheques

    assert [(cheque.starts_at, cheque.hours) for cheque in cheques] == [(at(DAY, 9), 4), (at(DAY, 15), 3)]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"activity": "autre"}, collective.NO_KIND),
        ({"hours": 9, "activity": "rencontre"}, collective.TOO_LONG),
        ({"hours": 0}, "Une visite dure de 1 à 4"),
    ],
)
def test_what_no_package_holds_is_told(counsellor, fields, told):
    passport = followed(counsellor)

    assert told in propose(counsellor, [passport.member], gathering(**fields))[passport.member].refusal


def test_an_activity_is_the_code_of_a_kind_or_its_look():
    version = PackageVersion.objects.create(package=Package.objects.create(code="essai", name="Essai"), number=1)
    for code, look in (("a", Look.TRADES), ("metiers", Look.INDIVIDUAL)):
        version.kinds.create(code=code, label=code, look=look, hours=2, usual_hours=1)
    passport = Passport(version=version)

    found = [collective.kind_of(passport, activity) for activity in ("metiers", "rv", "a", "rencontre")]

    assert [kind.code if kind else None for kind in found] == ["metiers", "metiers", "a", None]


def test_a_rehearsal_writes_nothing(counsellor):
    passport = followed(counsellor)

    found = collective.rehearse_for_all(gathering(), [passport.member], counsellor=counsellor, key=uuid4(), now=NOW)

    assert [len(row.cheques) for row in found] == [1]
    assert not Cheque.objects.exists()


def test_whoever_follows_a_member_alone_proposes_for_them(counsellor):
    passport = make_passport()

    assert propose(counsellor_of(passport), [passport.member])[passport.member].cheques
