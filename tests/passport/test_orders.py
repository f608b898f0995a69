"""Packages that are ordered, confirmed, cancelled; what a confirmed order keeps."""

from datetime import UTC, datetime
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone

from accompaniment.models import PackageVersion
from notices.models import Notice
from passport import orders, sheets
from passport.models import Order, Sheet
from tests.accompaniment.paths import make_package
from tests.factories import make_user
from tests.people import make_member, make_organisation, make_treasurer

pytestmark = pytest.mark.django_db

SIRET = "73282932000074"
State = Order.State


def make_priced(price="1050.00"):
    """A price is given to a version before it is sold; here it is only read."""
    version = make_package()
    version.price = Decimal(price)
    return version


def ask(**changes):
    call = {"quantity": 2, "siret": SIRET, "billing": Order.Billing.WHOLE, "by": changes.pop("by", None) or make_user()}
    call["organisation"] = changes.pop("organisation", None) or make_organisation(is_prescriber=True)
    call["version"] = changes.pop("version", None) or make_priced()
    return orders.ask(**call | changes)


def refusal(action):
    with pytest.raises(ValidationError) as refused:
        action()
    error = refused.value
    errors = error.error_dict if hasattr(error, "error_dict") else {"": error.error_list}
    return {name: [error.code for error in found] for name, found in errors.items()}


def test_an_order_asked_copies_the_price_and_has_no_sheet_yet():
    order = ask()

    order.refresh_from_db()
    assert (order.state, order.price, order.quantity) == (State.ASKED, Decimal("1050.00"), 2)
    assert not Sheet.objects.filter(order=order).exists()


def test_numbers_follow_each_other_year_by_year_on_the_clocks_of_paris():
    version = make_priced()
    moments = [datetime(2098, 12, 31, hour, 30, tzinfo=UTC) for hour in (10, 22, 23)]

    numbers = [ask(version=version, now=moment).number for moment in moments]

    assert numbers == ["CMD-2098-0001", "CMD-2098-0002", "CMD-2099-0001"]


def test_the_number_after_9999_has_five_digits_and_is_followed():
    version, now = make_priced(), datetime(2099, 5, 1, tzinfo=UTC)
    Order.objects.filter(pk=ask(version=version, now=now).pk).update(number="CMD-2099-9999")

    assert [ask(version=version, now=now).number for _ in range(2)] == ["CMD-2099-10000", "CMD-2099-10001"]


@pytest.mark.parametrize("quantity", [0, -1, 201, 10**9, 1.5, "2", True, None])
def test_only_a_whole_number_of_packages_is_ordered(quantity):
    assert refusal(lambda: ask(quantity=quantity)) == {"quantity": ["quantity"]}
    assert not Order.objects.exists()


@pytest.mark.parametrize(
    ("siret", "code"), [("", "siret"), ("   ", "siret"), ("12345678901234", "siret_sum"), ("7328", "siret_length")]
)
def test_a_siret_that_is_wrong_is_refused(siret, code):
    assert refusal(lambda: ask(siret=siret)) == {"siret": [code]}


@pytest.mark.parametrize("name", ["service_code", "commitment_number"])
def test_codes_of_chorus_pro_carry_no_formula(name):
    assert name in refusal(lambda: ask(**{name: "=1+1"}))
    assert getattr(ask(**{name: " EJ-2027/42 "}), name) == "EJ-2027/42"


def test_only_a_prescriber_that_is_not_closed_orders():
    closed = make_organisation(is_prescriber=True, closed_on=timezone.localdate())

    for organisation in (make_organisation(), closed):
        assert refusal(lambda body=organisation: ask(organisation=body)) == {"organisation": ["organisation"]}


def test_only_what_is_sold_now_is_ordered():
    old = make_priced()
    draft = PackageVersion.objects.create(package=old.package, number=2)
    assert refusal(lambda: ask(version=draft)) == {"version": ["version"]}

    PackageVersion.objects.filter(pk=draft.pk).update(live_from=timezone.now())
    assert refusal(lambda: ask(version=old)) == {"version": ["version"]}
    assert "billing" in refusal(lambda: ask(version=draft, billing="autre"))


def test_the_same_form_sent_twice_is_one_order():
    key, person, body, version = uuid4(), make_user(), make_organisation(is_prescriber=True), make_priced()
    same = {"key": key, "by": person, "organisation": body, "version": version}

    assert ask(**same) == ask(**same)
    assert ask(**same | {"organisation": make_organisation(is_prescriber=True)}).number.endswith("2")
    assert refusal(lambda: ask(**same, quantity=3)) == {"": ["key_used"]}


def test_a_double_number_is_taken_once_more():
    """Somebody else’s order came in between: the next number is asked again, and a limit ends it."""
    first = ask(now=datetime(2099, 5, 1, tzinfo=UTC))
    second = Order(**{name: getattr(first, name) for name in ("organisation", "version", "siret", "asked_at")})
    second.quantity, second.reference = 2, first.reference
    assert orders._number(second) == first

    second.quantity = 3
    assert refusal(lambda: orders._number(second)) == {"": ["key_used"]}

    second.reference, second.price = "autre", Decimal(-1)
    assert refusal(lambda: orders._number(second)) == {"": ["busy"]}


def test_confirming_makes_the_sheets_once():
    order, treasurer = ask(quantity=3), make_treasurer()

    confirmed = orders.confirm(order, by=treasurer, price=Decimal("999.5"))

    assert [sheet.number for sheet in Sheet.objects.filter(order=order).order_by("number")] == [1, 2, 3]
    assert (confirmed.state, confirmed.price, confirmed.decided_by) == (State.CONFIRMED, Decimal("999.5"), treasurer)
    assert refusal(lambda: orders.confirm(order, by=treasurer)) == {"": ["state"]}
    assert Sheet.objects.filter(order=order).count() == 3


@pytest.mark.parametrize("price", ["-0.01", "0.001", "10000000", "1e9", "NaN", "Infinity", "-Infinity"])
def test_a_price_is_in_euros_and_cents(price):
    order = ask()

    assert refusal(lambda: orders.confirm(order, by=make_treasurer(), price=Decimal(price))) == {"price": ["price"]}
    order.refresh_from_db()
    assert order.state == State.ASKED


def test_what_staff_records_holds_at_once_and_once():
    body, version, treasurer = make_organisation(is_prescriber=True), make_priced(), make_treasurer()
    call = {"organisation": body, "version": version, "quantity": 1, "siret": SIRET, "by": treasurer, "key": uuid4()}

    order = orders.record(**call, price=Decimal(900))

    assert (order.state, order.price, order.sheets.count()) == (State.CONFIRMED, Decimal(900), 1)
    assert orders.record(**call, price=Decimal(900)) == order
    assert not Notice.objects.exists()


def test_an_order_is_cancelled_with_a_reason_until_a_sheet_is_given():
    order, treasurer = orders.confirm(ask(), by=make_treasurer()), make_treasurer()
    gift = sheets.give(order.sheets.first(), make_member(), by=treasurer)

    assert refusal(lambda: orders.cancel(order, reason="Doublon", by=treasurer)) == {"": ["given"]}
    sheets.take_back(gift, reason="Erreur", by=treasurer)
    assert orders.cancel(order, reason=" Doublon ", by=treasurer).cancelled_because == "Doublon"
    assert refusal(lambda: orders.cancel(order, reason="Doublon", by=treasurer)) == {"": ["state"]}
    assert refusal(lambda: orders.confirm(order, by=treasurer)) == {"": ["state"]}


@pytest.mark.parametrize(("reason", "code"), [(" \n", "no_reason"), ("é" * 201, "too_long")])
def test_a_cancellation_says_why_in_a_sentence(reason, code):
    assert refusal(lambda: orders.cancel(ask(), reason=reason, by=make_treasurer())) == {"reason": [code]}


def test_treasurers_are_told_of_an_order_and_who_asked_of_the_answer():
    treasurer, person = make_treasurer(), make_user()
    make_treasurer(is_active=False)

    ask(by=treasurer)
    first, second = ask(by=person), ask(by=person)
    orders.confirm(first, by=treasurer)
    orders.cancel(second, reason="Doublon", by=treasurer)

    told = Notice.objects.order_by("pk").values_list("kind", "recipient")
    asked = ("order_asked", treasurer.email)
    answered = [("order_confirmed", person.email), ("order_cancelled", person.email)]
    assert list(told) == [asked, asked, *answered]
    assert all("1050" not in notice.text for notice in Notice.objects.all())


@pytest.mark.parametrize(
    "change",
    [
        {"quantity": 5},
        {"price": Decimal(1)},
        {"billing": Order.Billing.HOURS},
        {"siret": ""},
        {"number": "CMD-1"},
        {"state": State.ASKED},
    ],
)
def test_the_database_keeps_what_was_confirmed(change):
    order = orders.confirm(ask(), by=make_treasurer())

    with pytest.raises(DatabaseError), transaction.atomic():
        Order.objects.filter(pk=order.pk).update(**change)


def test_the_database_revives_no_cancelled_order():
    order = orders.cancel(ask(), reason="Doublon", by=make_treasurer())

    with pytest.raises(DatabaseError), transaction.atomic():
        Order.objects.filter(pk=order.pk).update(state=State.CONFIRMED)
