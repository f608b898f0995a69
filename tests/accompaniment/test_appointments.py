"""Appointments: who may be chosen, one slot for one person, moved, cancelled, marked; and what is written about it."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accompaniment import agenda, appointments
from accompaniment.models import Appointment, DaysOff
from accounts.models import Referent
from errands import minutes
from notices.models import Notice
from tests.accompaniment.agendas import NOW, PLACE, make_appointment, make_availability, make_slot
from tests.accompaniment.paths import make_diagnostic
from tests.people import make_counsellor, make_member, make_referent

pytestmark = pytest.mark.django_db

Kind, State = Appointment.Kind, Appointment.State
NINE = datetime(2027, 1, 13, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
LONG_AGO = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


@pytest.fixture
def counsellor():
    return make_availability().counsellor


@pytest.fixture
def hosts():
    """What another application says that counsellors host."""
    found = []

    def between(counsellors, first, last):
        return [
            row for row in found if row.counsellor_id in counsellors and row.starts_at < last and row.ends_at > first
        ]

    agenda.sources.append(between)
    yield found
    agenda.sources.pop()


def refusal(call):
    with pytest.raises(ValidationError) as refused:
        call()
    return refused.value.code


def letters():
    return sorted(Notice.objects.values_list("kind", "recipient"))


def test_whoever_is_unknown_may_choose_every_active_counsellor_who_receives(counsellor):
    left = make_counsellor(ends_on=date(2027, 1, 10))
    make_availability(left)
    make_counsellor()
    make_availability(until=date(2027, 1, 10))

    assert list(appointments.counsellors_for(None, NOW)) == [counsellor]


def test_a_member_chooses_among_the_slots_of_their_referent_alone(counsellor):
    member = make_member()
    mine = make_availability(starts=time(14), ends=time(15)).counsellor
    make_referent(member, counsellor, starts_at=LONG_AGO, role=Referent.Role.STAND_IN)
    make_referent(member, mine, starts_at=LONG_AGO)

    assert list(appointments.counsellors_for(member, NOW)) == [mine]
    assert {slot.counsellor for slot in appointments.free_slots(member, now=NOW)} == {mine}


def test_a_member_whose_referent_left_may_choose_the_others(counsellor):
    member = make_member()
    make_referent(member, make_counsellor(ends_on=date(2027, 1, 10)), starts_at=LONG_AGO)

    assert list(appointments.counsellors_for(member, NOW)) == [counsellor]


def test_nobody_meets_themselves(counsellor):
    assert list(appointments.counsellors_for(make_member(user=counsellor.user), NOW)) == []


def test_slots_are_offered_from_a_day_to_thirty_days_ahead(counsellor):
    starts = [slot.starts_at for slot in appointments.free_slots(None, now=NOW)]
    sooner = appointments.free_slots(None, now=NINE - HOUR, notice=appointments.AT_ONCE)

    assert (starts[0], starts[-1]) == (NINE, NINE + timedelta(weeks=4, hours=2))
    assert appointments.free_slots(None, now=NINE - HOUR)[0].starts_at == NINE + timedelta(weeks=1)
    assert sooner[0].starts_at == NINE


@pytest.mark.parametrize("after", [0, 30], ids=["with it", "inside it"])
def test_what_is_planned_at_the_very_end_of_the_month_takes_its_slot(counsellor, after):
    last = NINE + timedelta(weeks=4)
    make_appointment(counsellor=counsellor, starts_at=last + timedelta(minutes=after))

    found = appointments.free_slots(None, now=last - timedelta(days=30))

    assert found[-1].starts_at == NINE + timedelta(weeks=3, hours=2)


def test_days_off_planned_and_hosted_hours_are_offered_to_nobody(counsellor, hosts):
    make_appointment(counsellor=counsellor, starts_at=NINE)
    make_appointment(counsellor=counsellor, starts_at=NINE + HOUR, state=State.CANCELLED)
    DaysOff.objects.create(counsellor=counsellor, starts_on=date(2027, 1, 20), ends_on=date(2027, 2, 5))
    hosts.append(agenda.Hosted(counsellor.pk, "a", NINE + 2 * HOUR, NINE + 4 * HOUR, "Une réunion"))

    assert [slot.starts_at for slot in appointments.free_slots(None, now=NOW)] == [
        NINE + HOUR,
        *(NINE + timedelta(weeks=4, hours=hours) for hours in range(3)),
    ]


def test_what_a_member_does_elsewhere_is_not_offered_to_them(counsellor):
    member = make_member()
    make_appointment(member, kind=Kind.INDIVIDUAL, starts_at=NINE)

    first = appointments.free_slots(member, now=NOW)[0]

    assert first.starts_at == NINE + HOUR
    assert refusal(lambda: appointments.book(member, make_slot(counsellor), now=NOW)) == "taken"


def test_a_slot_that_is_taken_is_the_members_and_they_are_told(counsellor):
    member = make_member()

    made = appointments.book(member, make_slot(counsellor), by=member.user, now=NOW)

    assert (made.member, made.counsellor, made.starts_at, made.ends_at) == (member, counsellor, NINE, NINE + HOUR)
    assert (made.kind, made.state, made.place, made.made_by) == (Kind.DIAGNOSTIC, State.PLANNED, PLACE, member.user)
    assert appointments.diagnostic_of(member, NOW) == made
    assert letters() == [("appointment_fixed", member.user.email)]
    letter = Notice.objects.get()
    assert "mercredi 13 janvier 2027 à 9 h" in letter.text.replace("\u00a0", " ")
    assert "/rendez-vous/" in letter.text
    assert f"UID:{made.reference}@rendez-vous.actess" in letter.calendar
    assert letter.about == made.reference


def test_the_same_slot_asked_for_twice_is_taken_once(counsellor):
    member = make_member()

    made = appointments.book(member, make_slot(counsellor), now=NOW)

    assert appointments.book(member, make_slot(counsellor), now=NOW) == made
    assert Appointment.objects.count() == 1
    assert Notice.objects.count() == 1


def test_a_slot_that_somebody_took_is_refused(counsellor):
    appointments.book(make_member(), make_slot(counsellor), now=NOW)

    assert refusal(lambda: appointments.book(make_member(), make_slot(counsellor), now=NOW)) == "taken"
    assert Appointment.objects.count() == 1


@pytest.mark.parametrize(
    "slot",
    [{"starts_at": NINE - HOUR}, {"minutes": 90}, {"place": "Ailleurs"}, {"starts_at": NOW + HOUR}],
    ids=["outside", "longer", "elsewhere", "too soon"],
)
def test_what_is_not_offered_is_not_taken(counsellor, slot):
    assert refusal(lambda: appointments.book(make_member(), make_slot(counsellor, **slot), now=NOW)) == "taken"


def test_a_member_has_one_diagnostic_planned(counsellor):
    member = make_member()
    appointments.book(member, make_slot(counsellor), now=NOW)
    later = make_slot(counsellor, starts_at=NINE + HOUR)

    assert refusal(lambda: appointments.book(member, later, now=NOW)) == "planned"
    assert appointments.book(member, later, kind=Kind.INDIVIDUAL, now=NOW).kind == Kind.INDIVIDUAL
    with pytest.raises(IntegrityError), transaction.atomic():
        make_appointment(member, starts_at=NINE + timedelta(days=1))


def test_one_that_nobody_marked_is_marked_before_another_is_taken(counsellor):
    member = make_member()
    old = make_appointment(member, counsellor, starts_at=NOW - timedelta(days=3))
    book = lambda: appointments.book(member, make_slot(counsellor), now=NOW)  # noqa: E731  # asked twice

    assert appointments.diagnostic_of(member, NOW) is None
    assert refusal(book) == "unmarked"

    appointments.mark(old, State.MISSED, now=NOW)
    assert book().starts_at == NINE


@pytest.mark.parametrize(
    ("was_held", "state"), [(False, State.CANCELLED), (True, State.DONE)], ids=["nobody knows", "held"]
)
def test_one_that_nobody_can_mark_any_more_makes_way_for_another(counsellor, was_held, state):
    member, left = make_member(), make_counsellor(ends_on=date(2027, 1, 10))
    old = make_appointment(member, left, starts_at=NOW - timedelta(days=3))
    if was_held:
        make_diagnostic(member, appointment=old, counsellor=left)

    assert refusal(lambda: appointments.book(member, make_slot(counsellor, place="Ailleurs"), now=NOW)) == "taken"
    old.refresh_from_db()
    assert old.is_planned

    assert appointments.book(member, make_slot(counsellor), now=NOW).starts_at == NINE
    old.refresh_from_db()
    assert old.state == state
    assert letters() == [("appointment_fixed", member.user.email)]


def test_one_to_come_makes_no_way_though_its_counsellor_left(counsellor):
    member, left = make_member(), make_counsellor(ends_on=date(2027, 1, 10))
    make_appointment(member, left, starts_at=NINE + HOUR)

    assert refusal(lambda: appointments.book(member, make_slot(counsellor), now=NOW)) == "planned"


def test_nothing_is_taken_for_somebody_who_was_erased(counsellor):
    member = make_member(account=False, current=False)
    type(member).objects.filter(pk=member.pk).update(erased_at=NOW, first_name="", last_name="")

    assert refusal(lambda: appointments.book(member, make_slot(counsellor), now=NOW)) == "erased"


def test_a_counsellor_fixes_one_at_any_time_to_come(counsellor):
    member = make_member()
    evening = make_slot(counsellor, starts_at=NOW + timedelta(minutes=5), minutes=45, place="Au café")

    made = appointments.book(member, evening, kind=Kind.INDIVIDUAL, by=counsellor.user, now=NOW, freely=True)

    assert (made.starts_at, made.place, made.kind) == (NOW + timedelta(minutes=5), "Au café", Kind.INDIVIDUAL)


def test_a_counsellor_fixes_nothing_on_what_is_taken_past_or_off(counsellor, hosts):
    member = make_member()
    make_appointment(counsellor=counsellor, starts_at=NINE)
    make_appointment(member, kind=Kind.INDIVIDUAL, starts_at=NINE + 5 * HOUR)
    DaysOff.objects.create(counsellor=counsellor, starts_on=date(2027, 1, 20), ends_on=date(2027, 1, 21))
    hosts.append(agenda.Hosted(counsellor.pk, "a", NINE + 8 * HOUR, NINE + 9 * HOUR, "Une réunion"))
    spring = datetime(2027, 1, 13, 7, 30, tzinfo=UTC)

    def answer(starts_at):
        slot = make_slot(counsellor, starts_at=starts_at)
        return refusal(lambda: appointments.book(member, slot, kind=Kind.INDIVIDUAL, now=NOW, freely=True))

    assert answer(spring) == "taken"
    assert answer(NINE + 8 * HOUR) == "taken"
    assert answer(NINE + 5 * HOUR) == "member_taken"
    assert answer(NINE + timedelta(days=7)) == "off"
    assert answer(NOW) == "past"


def test_an_appointment_moves_with_all_that_it_was(counsellor):
    member = make_member()
    made = appointments.book(member, make_slot(counsellor), now=NOW)

    moved = appointments.move(made, make_slot(counsellor, starts_at=NINE + HOUR), by=None, now=NOW)

    assert (moved.pk, moved.reference, moved.starts_at, moved.changes) == (made.pk, made.reference, NINE + HOUR, 1)
    assert letters() == sorted(
        [
            ("appointment_fixed", member.user.email),
            ("appointment_moved", member.user.email),
            ("appointment_moved_counsellor", counsellor.user.email),
        ]
    )
    calendar = Notice.objects.get(kind="appointment_moved").calendar
    assert f"UID:{made.reference}@" in calendar
    assert "SEQUENCE:1" in calendar


def test_an_appointment_may_be_moved_by_a_little_over_itself(counsellor):
    made = make_appointment(counsellor=counsellor, starts_at=NINE)
    half_past = make_slot(counsellor, starts_at=NINE + timedelta(minutes=30))

    assert appointments.move(made, half_past, by=counsellor.user, now=NOW, freely=True).starts_at == half_past.starts_at


def test_moved_where_it_is_an_appointment_changes_nothing(counsellor):
    made = appointments.book(make_member(), make_slot(counsellor), now=NOW)

    assert appointments.move(made, make_slot(counsellor), now=NOW).changes == 0
    assert Notice.objects.count() == 1


def test_an_appointment_that_changes_hands_is_said_to_both(counsellor):
    other = make_availability(starts=time(14), ends=time(15)).counsellor
    made = appointments.book(make_member(), make_slot(counsellor), now=NOW)

    moved = appointments.move(made, make_slot(other, starts_at=NINE + 5 * HOUR), now=NOW)

    assert moved.counsellor == other
    told = Notice.objects.filter(kind="appointment_moved_counsellor")
    assert {letter.recipient: "plus dans votre agenda" in letter.text for letter in told} == {
        counsellor.user.email: True,
        other.user.email: False,
    }
    assert NINE in [slot.starts_at for slot in appointments.free_slots(None, now=NOW)]


def test_an_appointment_is_not_moved_where_somebody_else_is(counsellor):
    made = appointments.book(make_member(), make_slot(counsellor), now=NOW)
    appointments.book(make_member(), make_slot(counsellor, starts_at=NINE + HOUR), now=NOW)

    move = lambda: appointments.move(made, make_slot(counsellor, starts_at=NINE + HOUR), now=NOW)  # noqa: E731

    assert refusal(move) == "taken"
    made.refresh_from_db()
    assert (made.starts_at, made.changes) == (NINE, 0)


def test_a_cancelled_appointment_frees_its_slot_and_is_said(counsellor):
    member = make_member()
    made = appointments.book(member, make_slot(counsellor), now=NOW)

    cancelled = appointments.cancel(made, by=member.user, now=NOW)

    assert (cancelled.state, cancelled.ended_at, cancelled.changes) == (State.CANCELLED, NOW, 1)
    assert appointments.free_slots(None, now=NOW)[0].starts_at == NINE
    letter = Notice.objects.get(kind="appointment_cancelled")
    assert "METHOD:CANCEL" in letter.calendar
    assert "STATUS:CANCELLED" in letter.calendar
    assert Notice.objects.get(kind="appointment_cancelled_counsellor").recipient == counsellor.user.email
    assert member.last_name not in Notice.objects.get(kind="appointment_cancelled_counsellor").text

    assert appointments.cancel(made, now=NOW).changes == 1
    assert Notice.objects.count() == 3


def test_what_a_counsellor_does_is_not_written_to_them(counsellor):
    made = appointments.book(make_member(), make_slot(counsellor), by=counsellor.user, now=NOW)
    appointments.move(made, make_slot(counsellor, starts_at=NINE + HOUR), by=counsellor.user, now=NOW)
    appointments.cancel(made, by=counsellor.user, now=NOW)

    assert counsellor.user.email not in {recipient for _kind, recipient in letters()}


def test_who_has_left_is_written_nothing(counsellor):
    made = appointments.book(make_member(), make_slot(counsellor), now=NOW)
    counsellor.user.is_active = False
    counsellor.user.save()

    appointments.cancel(made, now=NOW)

    assert counsellor.user.email not in {recipient for _kind, recipient in letters()}


def test_what_was_planned_with_who_has_left_is_cancelled_and_its_member_told():
    left = make_counsellor(ends_on=date(2027, 1, 11))
    past, coming = make_appointment(counsellor=left, starts_at=LONG_AGO), make_appointment(counsellor=left)
    stays = make_appointment()

    last_day, next_day, after = (appointments.cancel_of_those_who_left(NOW + timedelta(days=days)) for days in range(3))

    assert (last_day, next_day, after) == (0, 1, 0)
    states = [Appointment.objects.get(pk=row.pk).state for row in (past, coming, stays)]
    assert states == [State.PLANNED, State.CANCELLED, State.PLANNED]
    assert ("appointment_cancelled", coming.member.mailbox) in letters()
    assert minutes.JOBS["appointments of those who left"] == appointments.cancel_of_those_who_left


def test_somebody_without_an_address_is_written_nothing(counsellor):
    made = appointments.book(make_member(account=False), make_slot(counsellor), by=counsellor.user, now=NOW)
    appointments.cancel(made, by=counsellor.user, now=NOW)

    assert letters() == []


@pytest.mark.parametrize("now", [NINE, NINE + HOUR], ids=["begins", "is over"])
def test_nothing_moves_nor_is_cancelled_once_it_begins(counsellor, now):
    made = make_appointment(counsellor=counsellor)
    later = make_slot(counsellor, starts_at=NINE + timedelta(days=7))

    assert refusal(lambda: appointments.move(made, later, now=now)) == "begun"
    assert refusal(lambda: appointments.cancel(made, now=now)) == "begun"


def test_what_is_marked_or_cancelled_does_not_move(counsellor):
    later = make_slot(counsellor, starts_at=NINE + timedelta(days=7))
    done, cancelled = make_appointment(state=State.DONE), make_appointment(state=State.CANCELLED)

    assert refusal(lambda: appointments.move(done, later, now=NOW)) == "over"
    assert refusal(lambda: appointments.cancel(done, now=NOW)) == "over"
    assert refusal(lambda: appointments.move(cancelled, later, now=NOW)) == "over"


def test_whether_somebody_came_is_marked_once_it_has_begun_and_can_be_put_right():
    member = make_member(last_contact_on=date(2026, 1, 1))
    made = make_appointment(member)

    assert refusal(lambda: appointments.mark(made, State.DONE, now=NINE - HOUR)) == "early"
    assert appointments.mark(made, State.MISSED, now=NINE).state == State.MISSED
    member.refresh_from_db()
    assert member.last_contact_on == date(2026, 1, 1)

    assert appointments.mark(made, State.DONE, now=NINE + HOUR).state == State.DONE
    member.refresh_from_db()
    assert member.last_contact_on == date(2027, 1, 13)


def test_a_cancelled_appointment_is_not_marked_nor_anything_with_another_word():
    cancelled = make_appointment(state=State.CANCELLED)

    assert refusal(lambda: appointments.mark(cancelled, State.DONE, now=NINE)) == "cancelled"
    with pytest.raises(TypeError):
        appointments.mark(cancelled, State.PLANNED, now=NINE)


def test_the_database_gives_a_slot_once(counsellor):
    make_appointment(counsellor=counsellor)

    with pytest.raises(IntegrityError):
        make_appointment(counsellor=counsellor)
