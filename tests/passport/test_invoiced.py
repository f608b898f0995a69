"""Months of orders that are on an invoice: rows that are added, taken back with a reason, and never changed."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils.html import escape

from passport import invoiced, invoicing, ledger
from passport.models import InvoicedMonth, Order
from tests.factories import make_user
from tests.hostile import NUMBERS
from tests.passport.factories import FIRST, at, counsellor_of, make_passport, make_signed
from tests.passport.test_invoicing import contest, make_hourly, rows
from tests.passport.test_orders import refusal
from tests.passport.test_treasury_accounts import exported, rows_of
from tests.passport.test_treasury_orders import read, send
from tests.people import log_in, make_treasurer

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
SEPTEMBER, OCTOBER = FIRST, date(2026, 10, 1)
NOW = at(date(2026, 10, 5))


def record(order, month=SEPTEMBER, number="F-2026-31", dated_on=date(2026, 10, 2), now=NOW):
    return invoiced.record(order, month, number=number, dated_on=dated_on, by=make_user(), now=now)


def order_of(passport):
    return passport.sheet.order


@pytest.fixture
def passport():
    made = make_hourly("1050.00")
    make_signed(made, hours=2)
    return made


def test_a_month_is_invoiced_once_whatever_is_sent_twice(passport):
    first = record(order_of(passport))

    assert record(order_of(passport)) == first
    assert (first.amount, str(first)) == (Decimal("60.00"), "facture F-2026-31")
    assert refusal(lambda: record(order_of(passport), number="F-2026-32")) == {"": ["invoiced"]}


@pytest.mark.parametrize(
    ("changes", "where", "code"),
    [
        ({"number": " "}, "number", "number"),
        ({"number": "9" * 41}, "number", "number"),
        ({"now": at(date(2026, 9, 30), 23)}, "", "not_over"),
        ({"dated_on": date(2026, 10, 6)}, "dated_on", "dated_on"),
        ({"dated_on": date(2026, 9, 29)}, "dated_on", "dated_on"),
        ({"month": date(2026, 8, 1)}, "", "nothing"),
    ],
)
def test_only_lines_that_are_over_go_on_an_invoice(passport, changes, where, code):
    assert refusal(lambda: record(order_of(passport), **changes)) == {where: [code]}
    assert not InvoicedMonth.objects.exists()


def test_an_invoice_is_taken_back_with_a_reason_and_the_month_invoiced_anew(passport):
    first = record(order_of(passport))
    for reason in (" ", "a" * 201):
        assert refusal(lambda reason=reason: invoiced.take_back(first, reason=reason, by=make_user())) == {
            "reason": ["reason"]
        }

    back = invoiced.take_back(first, reason="Mauvais SIRET", by=make_user(), now=NOW)
    again = record(order_of(passport), number="F-2026-32", now=NOW + DAY)

    assert (back.cancels, back.amount) == (first, first.amount)
    assert refusal(lambda: invoiced.take_back(first, reason="Encore", by=make_user())) == {"": ["taken_back"]}
    assert invoiced.of_month(SEPTEMBER, [order_of(passport).pk]) == {order_of(passport).pk: again}
    assert invoiced.history(order_of(passport), SEPTEMBER) == [first, back, again]


def test_an_invoice_taken_back_twice_with_the_same_reason_is_taken_back_once(passport):
    first = record(order_of(passport))

    done = [invoiced.take_back(first, reason=reason, by=make_user()) for reason in ("Erreur", " Erreur ")]

    assert done[0] == done[1]
    assert invoiced.history(order_of(passport), SEPTEMBER) == [first, done[0]]


def test_one_number_has_one_date_and_one_body(passport):
    body = order_of(passport).organisation
    first, beside = record(order_of(passport)), make_passport(organisation=body, price=Decimal(1050))
    elsewhere = make_passport(price=Decimal(1050))

    for order, changes in ((order_of(beside), {"dated_on": date(2026, 10, 3)}), (order_of(elsewhere), {})):
        assert refusal(lambda order=order, changes=changes: record(order, **changes)) == {"number": ["number_used"]}
    assert record(order_of(beside)).number == first.number

    for row in InvoicedMonth.objects.standing():
        invoiced.take_back(row, reason="Refaite", by=make_user())
    assert record(order_of(elsewhere), dated_on=date(2026, 10, 3)).number == first.number


def test_one_invoice_may_have_several_months(passport):
    make_signed(passport, day=date(2026, 10, 3), now=at(date(2026, 10, 4)))
    facts = {"dated_on": date(2026, 11, 2), "now": at(date(2026, 11, 5))}

    months = [record(order_of(passport), first, **facts) for first in (SEPTEMBER, OCTOBER)]

    assert {(row.number, row.dated_on) for row in months} == {("F-2026-31", date(2026, 11, 2))}


def test_what_comes_after_is_a_line_of_the_month_in_which_it_comes(passport):
    """A late signature, a counter-entry, a settled dispute."""
    other = make_signed(passport, day=FIRST + 9 * DAY)
    held = make_signed(passport, day=FIRST + 10 * DAY)
    contest(held, date(2026, 9, 20), date(2026, 10, 8))
    found = record(order_of(passport))
    before = [(row.line.what, row.line.amount) for row in rows(9)]

    ledger.cancel(other, reason="Erreur", counsellor=counsellor_of(passport), now=at(date(2026, 10, 7)))
    make_signed(passport, day=date(2026, 9, 30), now=at(date(2026, 10, 6)))

    assert [(row.line.what, row.line.amount) for row in rows(9)] == before
    assert sum(amount for _what, amount in before) == found.amount
    assert [(row.line.what, row.line.hours) for row in rows(10)] == [("visites", 1), ("levee", 1), ("annulation", -1)]


def test_the_database_keeps_what_was_invoiced(passport):
    row = record(order_of(passport))

    for change in ({"number": "F-1"}, {"amount": 1}, {"month": OCTOBER}):
        with pytest.raises(DatabaseError), transaction.atomic():
            InvoicedMonth.objects.filter(pk=row.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        InvoicedMonth.objects.filter(pk=row.pk).delete()
    assert InvoicedMonth.objects.filter(pk=row.pk).update(recorded_by=None) == 1


@pytest.fixture
def treasurer(client):
    log_in(client, make_treasurer())
    return client


def test_the_treasurer_notes_an_invoice_beside_the_lines_and_takes_it_back(treasurer, passport):
    order, where = order_of(passport), {"mois": "2026-09"}
    assert "Noter la facture" in read(treasurer, "treasury_lines", **where)

    typed = {"number": "<b>F-31</b>", "dated_on": "2026-10-02"}
    for _ in range(2):
        answer = send(treasurer, "treasury_invoiced", order.reference, "2026-09", **typed)
        assert answer.status_code == 302

    assert InvoicedMonth.objects.count() == 1
    assert "&lt;b&gt;F-31&lt;/b&gt;, 2\xa0octobre\xa02026" in read(treasurer, "treasury_lines", **where).replace(
        "octobre 2026", "octobre\xa02026"
    )
    assert rows_of(exported(treasurer, "treasury_lines", **where).content)[0]["Facture du"] == "02/10/2026"
    row = str(InvoicedMonth.objects.get().pk)
    page = read(treasurer, "treasury_invoiced", order.reference, "2026-09")
    assert f'name="ligne" value="{row}"' in page
    assert "Sans nom de personne\xa0: ces mots restent." in page
    assert "€, notée le " in page
    assert (
        "Dites pourquoi" in send(treasurer, "treasury_invoiced", order.reference, "2026-09", ligne=row, reason=" ").text
    )
    for _ in range(2):
        answer = send(treasurer, "treasury_invoiced", order.reference, "2026-09", ligne=row, reason="Mauvais SIRET.")
        assert answer.status_code == 302
    page = read(treasurer, "treasury_invoiced", order.reference, "2026-09")
    assert "ne compte plus" in page
    assert "\xa0: Mauvais SIRET.</p>" in page
    assert InvoicedMonth.objects.count() == 2
    assert "Noter la facture" in read(treasurer, "treasury_lines", **where)


def test_only_the_invoice_that_was_on_the_page_is_taken_back(treasurer, passport):
    order = order_of(passport)
    seen = record(order)
    invoiced.take_back(seen, reason="Mauvais SIRET", by=make_user())
    instead = record(order, number="F-2026-32")

    answer = send(treasurer, "treasury_invoiced", order.reference, "2026-09", ligne=seen.pk, reason="Doublon")

    assert "Cette facture ne compte déjà plus" in answer.text
    assert f'name="ligne" value="{seen.pk}"' in answer.text
    assert invoiced.of_month(SEPTEMBER, [order.pk]) == {order.pk: instead}


def test_a_number_of_another_body_is_told_to_the_treasurer(treasurer, passport):
    other = order_of(make_passport(price=Decimal(1050)))
    record(other)

    typed = {"number": "F-2026-31", "dated_on": "2026-10-02"}
    page = send(treasurer, "treasury_invoiced", order_of(passport).reference, "2026-09", **typed).text

    assert f"La facture F-2026-31 est déjà notée pour {escape(other.organisation)}, datée du 2\xa0octobre 2026" in page


def test_an_invoice_that_is_not_of_this_month_and_order_is_not_found(treasurer, passport):
    order, other = order_of(passport), order_of(make_passport(price=Decimal(1050)))
    row, strange = record(order), record(other, number="F-2026-32")
    back = invoiced.take_back(row, reason="Mauvais SIRET", by=make_user())
    again = record(order, number="F-2026-33")

    known = {str(row.pk), str(again.pk)}
    for said in (strange.pk, back.pk, *(text for text in (*NUMBERS, "", "²", "a\x00") if text not in known)):
        answer = send(treasurer, "treasury_invoiced", order.reference, "2026-09", ligne=said, reason="Erreur")
        assert answer.status_code == 404
    assert send(treasurer, "treasury_invoiced", order.reference, "2026-09", reason="Erreur").status_code == 404
    assert send(treasurer, "treasury_invoiced", order.reference, "2026-08", ligne=row.pk, reason="E").status_code == 404
    assert InvoicedMonth.objects.standing().count() == 2


def test_a_month_that_is_not_over_or_is_none_is_not_invoiced(treasurer, passport):
    order = order_of(passport)

    assert "Ce mois n’est pas fini" in read(treasurer, "treasury_invoiced", order.reference, "2099-01")
    for month in ("2026-13", "aout", "2026-9"):
        assert treasurer.get(reverse("treasury_invoiced", args=[order.reference, month])).status_code == 404
    wrong = send(treasurer, "treasury_invoiced", order.reference, "2026-09", number="F-1", dated_on="2026-02-30")
    assert "Cette date n’existe pas" in wrong.text


def test_lines_are_the_same_whether_their_visits_are_summed_or_told_one_by_one(passport):
    """A contested visit that was kept within the month makes its passport told one by one, and changes no line."""
    undone = make_signed(passport, day=FIRST + 9 * DAY)
    ledger.cancel(undone, reason="Erreur", counsellor=counsellor_of(passport), now=at(date(2026, 9, 20)))
    late = make_signed(passport, day=FIRST + 12 * DAY, kind="candidature", hours=3)
    ledger.cancel(late, reason="Erreur", counsellor=counsellor_of(passport), now=at(date(2026, 10, 2)))
    make_signed(passport, day=date(2026, 10, 3), hours=1)

    def lines():
        found = Order.objects.filter(pk=order_of(passport).pk)
        told = [invoicing.rows(invoicing.month(date(2026, number, 1)), found) for number in (8, 9, 10, 11)]
        return [(row.line, row.spent, row.unspent, row.disputed) for month in told for row in month]

    summed = lines()
    contest(passport.cheques.get(hours=2), date(2026, 9, 14), date(2026, 9, 15))

    assert len(summed) == 3
    assert lines() == summed


def test_a_whole_package_is_invoiced_too():
    passport = make_passport(price=Decimal(1050))

    assert record(order_of(passport)).amount == 1050
