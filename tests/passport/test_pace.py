"""What is said of the rest of a passport: nothing silly, whatever was used and whenever it is read."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passport.models import Passport
from passport.pace import Hours, hours_of, left_at_end, words
from passport.picture import Picture, picture
from tests.passport.factories import FIRST, make_passport, make_signed

DAY = timedelta(days=1)
LAST = date(2026, 12, 1)


def said(drawn: Picture, today: date) -> str:
    return " ".join(words(drawn, today)).replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture
def passport(db) -> Passport:
    return make_passport()


def test_at_the_same_pace_as_much_is_used_in_the_same_time() -> None:
    assert left_at_end(Hours(30, 10), FIRST, FIRST + 59 * DAY, FIRST + 30 * DAY) == 10


def test_what_is_planned_will_be_used_whatever_the_pace() -> None:
    assert left_at_end(Hours(30, 2, planned=20), FIRST, FIRST + 59 * DAY, FIRST + 30 * DAY) == 8


@given(
    used=st.integers(0, 31),
    planned=st.integers(0, 31),
    passed=st.integers(1, 91),
    days=st.integers(91, 400),
)
def test_what_will_be_left_is_never_silly(used: int, planned: int, passed: int, days: int) -> None:
    hours = Hours(31, used, min(planned, 31 - used))
    left = left_at_end(hours, FIRST, FIRST + days * DAY, FIRST + passed * DAY)
    assert 0 <= left <= hours.left - hours.planned


def test_hours_that_may_come_later_are_not_counted(passport: Passport) -> None:
    assert hours_of(picture(passport)) == Hours(31, 0, 0)


@pytest.mark.parametrize(
    ("today", "told"),
    [
        (FIRST - DAY, "Votre passeport commence le mardi 1er septembre 2026."),
        (FIRST, "encore 91 jours. Vous n’avez pas encore utilisé d’heure."),
        (LAST, "c’est aujourd’hui. Vous n’avez"),
        (LAST + DAY, "est passée depuis le mardi 1er décembre 2026. Les visites faites avant se signent encore"),
        (LAST + 8 * DAY, "La durée de votre passeport est passée depuis le mardi 1er décembre 2026."),
    ],
)
def test_a_passport_without_a_visit_says_its_days(passport: Passport, today: date, told: str) -> None:
    assert told in said(picture(passport), today)
    assert "rythme" not in said(picture(passport), today)


def test_a_visit_gives_a_pace_after_two_weeks(passport: Passport) -> None:
    for number in range(4):
        make_signed(passport, day=FIRST + (2 + number) * DAY)
    drawn = picture(passport)

    assert "rythme" not in said(drawn, FIRST + 13 * DAY)
    assert "À ce rythme, il vous restera 5 h le 1er décembre 2026." in said(drawn, FIRST + 14 * DAY)
    assert "Pour tout utiliser, comptez environ 27 h par semaine." in said(drawn, LAST)


def test_a_quick_pace_ends_before_the_window(passport: Passport) -> None:
    for number in range(4):
        make_signed(passport, day=FIRST + number * DAY, kind="candidature", hours=3)
    assert "toutes vos heures seront utilisées le 1er décembre" in said(picture(passport), FIRST + 14 * DAY)


def test_all_used_says_so(passport: Passport) -> None:
    kinds = {"candidature": (3, 3, 3, 3), "metiers": (3, 3), "rencontre": (4, 3), "rv": (1,) * 6}
    visits = [(kind, hours) for kind, lengths in kinds.items() for hours in lengths]
    for number, (kind, hours) in enumerate(visits):
        make_signed(passport, day=FIRST + number * DAY, kind=kind, hours=hours)
    assert said(picture(passport), FIRST + 20 * DAY).endswith("Toutes vos heures sont utilisées.")


@pytest.mark.parametrize(
    ("state", "told"), [("suspendu", "vous seront rendus à la reprise"), ("expire", ""), ("interrompu", "")]
)
def test_one_that_does_not_run_has_no_pace(passport: Passport, state: str, told: str) -> None:
    passport.state = state
    assert told in said(picture(passport), FIRST + 20 * DAY)
    assert "rythme" not in said(picture(passport), FIRST + 20 * DAY)
    assert bool(told) == bool(words(picture(passport), FIRST))


def test_one_without_a_day_starts_with_its_first_visit(db) -> None:
    assert "première visite signée" in said(picture(make_passport(starts_on=None)), FIRST)


def test_after_the_window_a_trial_period_goes_on(passport: Passport) -> None:
    passport.trial_ends_on = LAST + 60 * DAY
    assert "Le suivi en entreprise reste possible jusqu’au 30 janvier 2027." in said(picture(passport), LAST + 20 * DAY)
