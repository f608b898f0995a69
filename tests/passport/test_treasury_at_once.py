"""Two treasurers, or a treasurer and a counsellor, at the same moment: each thing is done once."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from passport import ledger, orders, sheets
from passport.models import Gift, Order, Passport, Sheet
from tests.accompaniment.paths import make_package
from tests.events.test_staff_at_once import at_once, many_writers  # noqa: F401  # a fixture of every test here
from tests.passport.factories import FIRST, MEANS, at, counsellor_of, make_passport, make_sheet, visit
from tests.passport.test_orders import SIRET
from tests.people import make_member, make_organisation, make_treasurer

pytestmark = pytest.mark.django_db(transaction=True)

TOGETHER = 4


def test_what_several_do_at_once_is_done_once():
    """One test for all: what is left of it is taken away once."""
    orders_have_numbers_without_a_gap()
    a_form_sent_several_times_is_one_order()
    an_order_is_confirmed_once()
    a_sheet_has_one_holder()
    a_member_has_one_sheet()
    a_sheet_is_taken_back_or_written_on()


def facts():
    body = make_organisation(is_prescriber=True)
    return {"organisation": body, "version": make_package(), "quantity": 3, "siret": SIRET, "by": make_treasurer()}


def orders_have_numbers_without_a_gap():
    call = facts()

    made = at_once(lambda _number: orders.ask(**call), range(TOGETHER))

    assert sorted(int(order.number[-4:]) for order in made) == [1, 2, 3, 4]


def a_form_sent_several_times_is_one_order():
    call = facts() | {"key": uuid4()}

    assert len({order.pk for order in at_once(lambda _number: orders.record(**call), range(TOGETHER))}) == 1
    assert Sheet.objects.filter(order__organisation=call["organisation"]).count() == 3


def an_order_is_confirmed_once():
    order, treasurers = orders.ask(**facts()), [make_treasurer() for _ in range(TOGETHER)]

    done = at_once(lambda person: orders.confirm(order, by=person), treasurers)

    assert sum(isinstance(each, Order) for each in done) == 1
    assert order.sheets.count() == 3


def a_sheet_has_one_holder():
    sheet, by, members = make_sheet(), make_treasurer(), [make_member() for _ in range(TOGETHER)]

    done = at_once(lambda member: sheets.give(sheet, member, by=by), members)

    assert sum(isinstance(each, Gift) for each in done) == 1


def a_member_has_one_sheet():
    member, by, several = make_member(), make_treasurer(), [make_sheet() for _ in range(TOGETHER)]

    done = at_once(lambda sheet: sheets.give(sheet, member, by=by), several)

    assert sum(isinstance(each, Gift) for each in done) == 1


def a_sheet_is_taken_back_or_written_on():
    """Never both: a cheque in a passport that ended, or a sheet of somebody who has a cheque."""
    passport = make_passport()
    gift, by, counsellor = Gift.objects.get(sheet=passport.sheet), make_treasurer(), counsellor_of(passport)
    said, now = visit(), at(FIRST + timedelta(days=6), 12)

    done = at_once(
        lambda act: act(),
        [
            lambda: sheets.take_back(gift, reason="Erreur", by=by),
            lambda: ledger.propose(passport, said, counsellor=counsellor, key=uuid4(), means=MEANS, now=now),
        ],
    )

    assert sum(isinstance(each, ValidationError) for each in done) == 1
    passport.refresh_from_db()
    assert passport.cheques.exists() is (passport.state == Passport.State.OPEN)
