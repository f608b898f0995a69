"""Choosing among free slots: what is shown, what is taken, and what is said to who came second."""

from datetime import UTC, datetime, timedelta

from django.core.exceptions import ValidationError

from accompaniment import picking
from accompaniment.models import Appointment
from accompaniment.slots import Slot
from accounts.models import Counsellor, User

LEA = Counsellor(pk=1, number=7, user=User(first_name="Léa"))
NOE = Counsellor(pk=2, number=9, user=User(first_name="Noé"))
NINE = datetime(2027, 1, 13, 8, 0, tzinfo=UTC)


def slot(counsellor=LEA, hours=0, **fields):
    starts_at = NINE + timedelta(hours=hours)
    return Slot(counsellor, starts_at, starts_at + timedelta(hours=1), **{"place": "Ici"} | fields)


def test_slots_are_shown_by_day_then_by_counsellor_and_place():
    slots = [slot(), slot(NOE), slot(hours=1), slot(hours=2, place="", video_url="https://visio.example.org/")]
    # At midnight in Paris it is still the day before in universal time.
    slots.append(slot(hours=15))

    days = picking.by_day(slots)

    assert [(day.date.day, day.count) for day in days] == [(13, 4), (14, 1)]
    assert [(group.counsellor, group.place, len(group.slots)) for group in days[0].groups] == [
        ("Léa", "Ici", 2),
        ("Noé", "Ici", 1),
        ("Léa", "en visioconférence", 1),
    ]


def test_nothing_is_taken_by_looking():
    choice = picking.pick(None, free=lambda: [slot()], take=lambda _slot: 1 / 0)

    assert choice.taken is None
    assert not choice.form.errors


def test_what_is_chosen_is_taken():
    taken = []

    choice = picking.pick(
        {"slot": slot(NOE).key}, free=lambda: [slot(), slot(NOE)], take=lambda one: taken.append(one) or Appointment()
    )

    assert taken == [slot(NOE)]
    assert choice.taken


def test_who_comes_second_is_told_why_and_sees_what_is_left():
    left = [slot(), slot(NOE)]

    def take(_slot):
        left.pop(0)
        raise ValidationError("Trop tard.")

    choice = picking.pick({"slot": slot().key}, free=lambda: list(left), take=take)

    assert choice.taken is None
    assert choice.form.errors["slot"] == ["Trop tard."]
    assert choice.slots == [slot(NOE)]
    assert [day.count for day in choice.context({})["page"]] == [1]
