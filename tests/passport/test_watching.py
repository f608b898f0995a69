"""Each night all passports are checked by themselves, and somebody is told where one is not as it was signed."""

import pytest

from errands.models import Errand
from notices.models import Notice
from passport import tasks, watching
from passport.models import Entry, Passport
from tests.passport import tampering
from tests.passport.factories import FIRST, at, make_passport, make_signed
from tests.people import make_treasurer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.STATEMENTS = tmp_path / "releves"


def test_it_is_asked_for_once_a_night():
    before = watching.ask_each_night(at(FIRST, 2))
    make_passport()

    asked = [watching.ask_each_night(at(FIRST, hour, minute)) for hour, minute in ((0, 0), (1, 59), (2, 0), (23, 0))]

    assert (before, asked) == (0, [0, 0, 1, 0])
    assert Errand.objects.get(kind=watching.ERRAND).about == "2026-09-01"


def test_nobody_is_told_of_what_is_whole():
    make_treasurer()
    make_signed(make_passport())
    told = []

    assert watching.verify("2026-09-08", alive=lambda: told.append(1)) == 0
    assert told == [1]
    assert not Notice.objects.filter(kind="passports_broken").exists()


def test_accounting_and_the_log_are_told_of_what_is_not(caplog):
    treasurer, passport = make_treasurer(), make_passport()
    tampering.take_the_guards_away()
    Entry.objects.filter(passport=passport).update(digest="0" * 64)
    Errand.objects.create(kind=watching.ERRAND, about="2026-09-08")

    for _time in range(2):
        tasks.verify_passports(Errand.objects.get(kind=watching.ERRAND))

    notice = Notice.objects.get(kind="passports_broken")
    assert notice.recipient == treasurer.email
    assert Passport.objects.get().member.last_name not in notice.text
    assert "verify_passports" in caplog.text
