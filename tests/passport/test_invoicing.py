"""The lines of invoices are what the ledger says, month by month."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from passport import invoicing, ledger, sheets
from passport.models import Cheque, Dispute, Entry, Gift, Order
from tests.factories import make_user
from tests.passport.factories import FIRST, at, counsellor_of, make_passport, make_signed
from tests.people import make_organisation

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
STEPS = st.lists(
    st.tuples(st.sampled_from(["visit", "visit", "cancel", "contest", "answer"]), st.integers(1, 3)), max_size=18
)


def month_of(number):
    return invoicing.month(date(2026, number, 1))


def rows(number, **orders):
    return invoicing.rows(month_of(number), Order.objects.filter(**orders))


def told(found):
    return [(row.line.what, row.line.hours, row.line.amount) for row in found]


def make_hourly(price="1000.00", **fields):
    return make_passport(billing=Order.Billing.HOURS, price=Decimal(price), **fields)


def contest(cheque, day, answered=None):
    outcome = "maintenue" if answered else ""
    settled = at(answered) if answered else None
    return Dispute.objects.create(cheque=cheque, words="Non", opened_at=at(day), settled_at=settled, outcome=outcome)


def live(passport, steps):
    """One step every four days; what cannot be done is left out."""
    day, counsellor = FIRST, counsellor_of(passport)
    for step, hours in steps:
        day += 4 * DAY
        signed = Cheque.objects.filter(passport=passport, state="signe").order_by("-pk")
        cheque, contested = signed.first(), signed.disputed().first()
        if step == "visit" and hours <= 6 - (signed.filter(kind="rv").aggregate(n=Sum("hours"))["n"] or 0):
            make_signed(passport, day=day, hours=hours)
        if step == "cancel" and cheque:
            ledger.cancel(cheque, reason="Erreur", counsellor=counsellor, now=at(day))
        if step == "contest" and cheque and not contested:
            contest(cheque, day)
        if step == "answer" and contested:
            contested.disputes.filter(settled_at=None).update(settled_at=at(day), outcome="maintenue")


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_the_months_add_up_to_the_ledger(steps):
    passport = make_hourly()
    live(passport, steps)

    lines = [row for number in range(9, 13) for row in rows(number, pk=passport.sheet.order.pk)]

    spent = Entry.objects.filter(passport=passport).aggregate(total=Sum("hours"))["total"]
    held = sum(cheque.hours for cheque in Cheque.objects.filter(passport=passport, state="signe").disputed())
    assert sum(row.line.hours for row in lines) == spent - held
    price = (Decimal(1000) * (spent - held) / 35).quantize(Decimal("0.01"), "ROUND_HALF_UP")
    assert sum((row.line.amount for row in lines), Decimal(0)) == price


def test_a_whole_package_is_billed_in_the_month_in_which_it_opens():
    passport = make_passport(price=Decimal(1050))
    make_signed(passport)

    assert told(rows(9)) == [("ouverture", 35, Decimal(1050))]
    assert told(rows(10)) == []
    [row] = rows(9)
    assert (row.order, row.spent, row.unspent, row.disputed) == (passport.sheet.order, 1, 34, 0)


def test_a_package_taken_back_before_its_first_cheque_is_given_back():
    passport = make_passport(price=Decimal(1050))
    gift = Gift.objects.get(sheet=passport.sheet)

    sheets.take_back(gift, reason="Erreur", by=make_user(), now=at(date(2026, 10, 3)))

    assert told(rows(9) + rows(10)) == [("ouverture", 35, Decimal(1050)), ("reprise", -35, Decimal(-1050))]


def test_a_visit_is_billed_when_the_member_signed_and_taken_off_when_it_is_cancelled():
    passport = make_hourly()
    cheque = make_signed(passport, hours=2)
    ledger.cancel(cheque, reason="Erreur", counsellor=counsellor_of(passport), now=at(date(2026, 10, 3)))

    assert told(rows(9)) == [("visites", 2, Decimal("57.14"))]
    assert told(rows(10)) == [("annulation", -2, Decimal("-57.14"))]


def test_a_contested_visit_is_held_back_until_somebody_answers():
    passport = make_hourly()
    contest(make_signed(passport, hours=2), date(2026, 9, 20), date(2026, 10, 3))
    contest(make_signed(passport, day=FIRST + 9 * DAY), date(2026, 10, 1))

    [first, *others] = rows(9)
    assert (first.line.hours, first.spent, first.unspent, first.disputed) == (1, 3, 32, 2)
    assert [row.line.what for row in others] == ["contestation"]
    assert [(row.line.what, row.line.hours) for row in rows(10)] == [("levee", 2), ("contestation", -1)]


def test_a_month_is_that_of_paris():
    """At half past eleven in the evening in London, September is over in Paris."""
    late = datetime(2026, 9, 30, 22, 30, tzinfo=UTC)
    passport = make_hourly()
    make_signed(passport, day=date(2026, 9, 30), hour=10, now=late)

    assert (told(rows(9)), len(rows(10))) == ([], 1)


def test_totals_are_by_order_and_orders_can_be_chosen():
    body = make_organisation(is_prescriber=True)
    passport, other = make_hourly(organisation=body), make_hourly(price="350.00")
    contest(make_signed(passport, hours=2), date(2026, 9, 20))
    make_signed(passport, day=FIRST + 9 * DAY)
    make_signed(other)

    found = {total.order.pk: (total.hours, total.amount, total.disputed) for total in invoicing.totals(rows(9))}

    assert found == {
        passport.sheet.order.pk: (1, Decimal("28.57"), 2),
        other.sheet.order.pk: (1, Decimal("10.00"), 0),
    }
    assert [row.order for row in rows(9, organisation=body)] == [passport.sheet.order] * 2


def test_months_go_back_to_the_first_passport():
    now = at(date(2027, 2, 10))
    assert invoicing.months(now) == [date(2027, 2, 1)]

    make_passport()
    assert [f"{first:%m}" for first in invoicing.months(now)] == ["02", "01", "12", "11", "10", "09"]
    assert invoicing.months(at(date(2026, 3, 1))) == [date(2026, 3, 1)]


def test_the_table_has_a_cell_for_each_header():
    passport = make_hourly(service_code="SVC", commitment_number="EJ-1", siret="73282932000074")
    make_signed(passport)

    table = invoicing.table(rows(9), month_of(9), {})

    [cells] = table.rows
    assert dict(zip(table.headers, cells, strict=True))["Engagement"] == "EJ-1"
    assert (table.code, cells[-6]) == ("lignes-2026-09", Decimal("28.57"))


@pytest.mark.parametrize("count", [1, 3])
def test_lines_cost_the_same_whatever_their_number(count, django_assert_num_queries):
    for _ in range(count):
        make_signed(make_hourly())

    with django_assert_num_queries(5):
        found = rows(9)
        invoicing.table(found, month_of(9), {})

    assert len(found) == count
