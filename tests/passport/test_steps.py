"""The passport is the last step of a member’s way, for them and for who accompanies them."""

import pytest

from accompaniment.path import Step, steps_of
from passport.models import Passport
from tests.passport.factories import make_passport
from tests.people import make_member

pytestmark = pytest.mark.django_db


def last_step(passport: Passport, **fields) -> Step:
    return steps_of(passport.member, **fields)[-1]


def test_without_a_passport_there_is_no_such_step():
    assert steps_of(make_member())[-1].title == "Contrat pédagogique"


@pytest.mark.parametrize(
    ("state", "step", "told"),
    [
        ("ouvert", "now", "2026."),
        ("suspendu", "now", "suspendu."),
        ("acheve", "done", "achevé."),
        ("expire", "done", ""),
    ],
)
def test_it_is_done_once_the_passport_is_over(state, step, told):
    passport = make_passport()
    Passport.objects.filter(pk=passport.pk).update(state=state)
    found = last_step(passport)
    assert (found.title, found.state, found.url) == ("Passeport", step, "/espace/passeport/")
    assert found.text.startswith("Ouvert le mardi")
    assert found.text.endswith(told)


def test_a_counsellor_is_led_to_their_own_page_of_it():
    passport = make_passport()
    assert last_step(passport, for_counsellor=True).url == f"/espace/conseil/passeports/{passport.reference}/"
