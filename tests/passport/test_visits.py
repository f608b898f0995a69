"""A visit as it is written: what the form proposes, its cheques, and what is told before the signature."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from accompaniment.models import Appointment, Availability
from passport import paper, visits
from passport.forms.visit import VisitForm, moments_of
from passport.models import Cheque, PaperCheque, Reservation
from passport.visits import Said
from tests.passport.factories import FIRST, MEANS, at, counsellor_of, make_passport, make_proposal
from tests.people import make_counsellor

DAY = FIRST + timedelta(days=6)


@pytest.fixture
def passport(db):
    return make_passport()


def said(**fields):
    defaults = {"kind": "rv", "starts_at": at(DAY, 9), "hours": 1, "what": "Relire le CV"}
    return Said(**defaults | fields)


def write(passport, what=None, *, rule=visits.propose, **more):
    facts = {"counsellor": counsellor_of(passport), "key": uuid4(), "now": at(DAY, 20)} | more
    return rule(passport, what or said(), **facts, **({"means": MEANS} if rule is visits.propose else {}))


def kind(passport, code):
    return passport.version.kinds.get(code=code)


def encounter(passport):
    """The kind whose session lasts a day."""
    return next(one for one in passport.version.kinds.all() if one.usual_hours == 7)


@pytest.mark.parametrize(("hours", "lengths"), [(1, [1]), (4, [4]), (5, [3, 2]), (7, [4, 3]), (8, [4, 4])])
def test_over_four_hours_a_visit_is_a_morning_and_an_afternoon(hours, lengths):
    found = visits.parts(said(hours=hours))

    assert [visit.hours for visit in found] == lengths
    if len(found) == 2:
        assert found[1].starts_at == at(DAY, 9) + timedelta(hours=lengths[0] + 1)


def test_the_afternoon_begins_when_it_is_said_but_not_before_the_morning_ends():
    assert visits.parts(said(hours=7, resumes_at=at(DAY, 13)))[1].starts_at == at(DAY, 13)
    with pytest.raises(ValidationError, match="après la fin du matin"):
        visits.parts(said(hours=7, resumes_at=at(DAY, 12)))


def test_both_cheques_of_a_day_are_signed_or_neither(passport):
    code = encounter(passport).code
    make_proposal(passport, hour=15)

    with pytest.raises(ValidationError, match="déjà une visite"):
        write(passport, said(kind=code, hours=7))
    assert Cheque.objects.count() == 1
    assert [
        cheque.hours
        for cheque in write(
            passport, said(kind=code, hours=7, starts_at=at(DAY + timedelta(1), 9)), now=at(DAY + timedelta(1), 20)
        )
    ] == [4, 3]


def test_both_cheques_of_a_day_spend_what_was_reserved_for_it(passport):
    code = encounter(passport).code
    passport.reservations.create(origin="event:abc", kind=code, hours=7, starts_at=at(DAY, 9))

    write(passport, said(kind=code, hours=7, origin="event:abc"))

    offer = next(one for one in visits.offers(passport) if one.kind.code == code)
    assert (offer.free, offer.reserved) == (0, 0)


def test_the_same_form_sent_again_is_the_same_visit(passport):
    key, code = uuid4(), encounter(passport).code

    first = write(passport, said(kind=code, hours=7), key=key)

    assert write(passport, said(kind=code, hours=7), key=key) == first
    assert Cheque.objects.count() == 2


def test_what_is_told_before_is_what_is_left_after_and_nothing_stays(passport):
    cheques, left = write(passport, rule=visits.rehearse)

    assert not Cheque.objects.exists()
    assert (cheques[0].hours, left.of_kind, left.quota, left.in_all, left.of_package) == (1, 5, 6, 34, 35)
    made = write(passport)
    assert visits.left_after(passport, made) == left
    assert made[0].rank == 1


def test_an_offer_counts_what_is_reserved_as_possible(passport):
    Reservation.objects.create(passport=passport, origin="event:x", kind="rv", hours=2, starts_at=at(DAY))

    offer = next(one for one in visits.offers(passport) if one.kind.code == "rv")

    assert (offer.free, offer.reserved, offer.open, offer.drawing) == (4, 2, 6, "rv")


def test_what_was_planned_and_has_no_cheque_is_proposed(passport):
    counsellor, hour = counsellor_of(passport), timedelta(hours=1)
    facts = {"member": passport.member, "counsellor": counsellor, "kind": "individuel", "state": "honore"}
    here = Appointment.objects.create(starts_at=at(DAY, 9), ends_at=at(DAY, 9) + hour, place="Local", **facts)
    far = Appointment.objects.create(
        starts_at=at(DAY, 14), ends_at=at(DAY, 14) + hour, video_url="https://visio.example.org", **facts
    )
    for row in (here, far):
        Reservation.objects.update_or_create(
            passport=passport,
            origin=f"appointment:{row.reference}",
            defaults={"kind": "rv", "hours": 1, "starts_at": row.starts_at, "ended_at": None},
        )
    Reservation.objects.create(passport=passport, origin="event:old", kind="rv", hours=1, starts_at=at(FIRST))

    found = visits.planned(passport, at(DAY + timedelta(days=2), 9))

    assert [(thing.place, thing.is_appointment) for thing in found] == [("À distance", True), ("Local", True)]
    proposed = visits.of_planned(found[1])
    assert (proposed.starts_at, proposed.hours, proposed.place) == (at(DAY, 9), 1, "Local")
    write(passport, said(origin=proposed.origin))
    assert [thing.place for thing in visits.planned(passport, at(DAY + timedelta(days=2), 9))] == ["À distance"]


def test_a_usual_visit_has_just_ended_where_its_counsellor_receives(passport):
    counsellor, monday = counsellor_of(passport), DAY
    for weekday, place in ((monday.weekday(), "Au local"), ((monday.weekday() + 1) % 7, "À la mairie")):
        Availability.objects.create(
            counsellor=counsellor, weekday=weekday, starts=time(9), ends=time(12), place=place, since=FIRST
        )

    short = visits.usual(kind(passport, "rv"), counsellor=counsellor, open_hours=6, now=at(monday, 11, 7))
    long = visits.usual(encounter(passport), counsellor=counsellor, open_hours=7, now=at(monday, 18))
    bare = visits.usual(kind(passport, "rv"), counsellor=make_counsellor(), open_hours=0, now=at(monday, 11))

    assert (short.starts_at, short.hours, short.place) == (at(monday, 10), 1, "Au local")
    assert (long.starts_at, long.hours) == (at(monday, 10), 7)
    assert (bare.hours, bare.place) == (1, "")


def test_a_leaf_of_paper_is_one_cheque_once_of_its_own_counsellor(passport):
    counsellor = counsellor_of(passport)
    booklet = paper.print_booklet(counsellor, 6)
    first, second = PaperCheque.objects.filter(serial__startswith=booklet).order_by("serial")[:2]
    key = uuid4()

    made = write(passport, paper=first, key=key)
    assert write(passport, paper=first, key=key) == made
    first.refresh_from_db()
    assert first.cheque == made[0]
    with pytest.raises(ValidationError, match="a déjà servi"):
        write(passport, said(starts_at=at(DAY, 14)), paper=first)
    with pytest.raises(ValidationError, match="4 heures au plus"):
        write(passport, said(kind=encounter(passport).code, hours=7, starts_at=at(DAY, 11)), paper=second)
    PaperCheque.objects.filter(pk=second.pk).update(counsellor=make_counsellor())
    with pytest.raises(ValidationError, match="pas de votre carnet"):
        write(passport, said(starts_at=at(DAY, 14)), paper=second)
    assert Cheque.objects.count() == 1


def test_an_hour_is_there_never_once_or_twice():
    assert moments_of(date(2026, 3, 29), time(2, 30)) == []
    assert moments_of(date(2026, 9, 7), time(2, 30)) == [datetime(2026, 9, 7, 0, 30, tzinfo=UTC)]
    assert moments_of(date(2026, 10, 25), time(2, 30)) == [
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
    ]


def typed(passport, **fields):
    defaults = {"kind": "rv", "day": "2026-09-07", "hour": "09:00", "hours": "1", "key": str(uuid4())}
    return VisitForm(defaults | fields, passport=passport)


def test_the_hour_that_comes_twice_asks_which(passport):
    asked = typed(passport, day="2026-10-25", hour="02:30")

    assert not asked.is_valid()
    assert asked.is_doubled
    first, second = (typed(passport, day="2026-10-25", hour="02:30", twice=which) for which in ("premiere", "seconde"))
    assert first.is_valid()
    assert second.is_valid()
    assert second.said().starts_at - first.said().starts_at == timedelta(hours=1)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("hours", value) for value in ("0", "-1", "9", "1.5", "1e9", "²", "9" * 400, "", "a\x00b")),
        *(
            ("day", value)
            for value in ("", "2026-02-30", "9" * 400, "0000-01-01", "0001-01-01", "9999-12-31", "demain")
        ),
        *(("hour", value) for value in ("", "25:00", "2h", "\x00")),
        *(("kind", value) for value in ("", "autre", "x" * 400, "\x00")),
        *(("key", value) for value in ("", "x", "'", "\x00")),
        *(("what", value) for value in ("x" * 201, "a\x00b")),
        ("twice", "jamais"),
        ("paper", "x" * 400),
    ],
)
def test_what_is_no_visit_is_refused_beside_its_field(passport, field, value):
    form = typed(passport, **{field: value})

    assert list(form.errors) == [field]


def test_what_was_never_planned_is_no_origin_and_an_empty_line_is_the_activity(passport):
    form = typed(passport, origin="event:somebody-elses")

    assert form.is_valid()
    assert (form.said().origin, form.said().what) == ("", kind(passport, "rv").label)


def test_an_hour_that_does_not_exist_is_refused(passport):
    form = typed(passport, day="2026-03-29", hour="02:30")

    assert "n’existe pas" in form.errors["hour"][0]
    late = typed(passport, day="2026-03-29", hour="00:00", hours="8", resumes="02:30")
    assert "n’existe pas" in late.errors["resumes"][0]
