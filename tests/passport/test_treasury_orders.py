"""The treasurer's pages of orders and sheets, and the counsellor's of one sheet."""

from decimal import Decimal

import pytest
from django.urls import reverse

from notices.models import Notice
from passport.forms.treasury import ConfirmForm
from passport.models import Gift, Order, Passport
from tests.accompaniment.paths import make_package
from tests.hostile import NUMBERS, TEXTS
from tests.passport.factories import counsellor_of, make_passport, make_sheet, make_signed, make_signed_agreement
from tests.passport.test_orders import SIRET, ask
from tests.people import log_in, make_counsellor, make_member, make_organisation, make_referent, make_treasurer

pytestmark = pytest.mark.django_db


@pytest.fixture
def treasurer(client):
    person = make_treasurer()
    log_in(client, person)
    return person


def read(client, name, *args, **query):
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer.text


def send(client, name, *args, **typed):
    return client.post(reverse(name, args=args), typed)


def test_the_list_has_the_orders_and_their_sheets(client, treasurer):
    passport = make_passport()
    ask(quantity=3)

    page = read(client, "treasury_orders")

    assert "2\xa0commandes" in page
    assert "à confirmer" in page
    assert "1\xa0donné, 1\xa0ouvert" in page
    assert passport.sheet.order.organisation.name in read(client, "treasury_orders", etat="confirmee")
    assert "correspond" in read(client, "treasury_orders", etat="annulee")
    body = passport.sheet.order.organisation.reference
    assert "1\xa0commande<" in read(client, "treasury_orders", prescripteur=body)
    assert client.get(reverse("treasury_orders"), {"page": "9"}).status_code == 404


def test_an_order_that_was_asked_is_confirmed_at_another_price(client, treasurer):
    order = ask(quantity=2)
    assert "1\xa0050,00\xa0€" in read(client, "treasury_order", order.reference)

    answer = send(client, "treasury_order_confirm", order.reference, price="999,50")

    order.refresh_from_db()
    assert answer.status_code == 302
    assert (order.state, order.price, order.decided_by) == (Order.State.CONFIRMED, Decimal("999.50"), treasurer)
    assert "déjà confirmée" in send(client, "treasury_order_confirm", order.reference, price="1").text


@pytest.mark.parametrize("price", ["", "-1", "1.001", "1e9", "10000000", "abc", "NaN", "٣", "9" * 400, "1\x00", "1;2"])
def test_a_wrong_price_is_told_and_kept(client, treasurer, price):
    order = ask()

    answer = send(client, "treasury_order_confirm", order.reference, price=price)

    order.refresh_from_db()
    assert (answer.status_code, order.state) == (200, Order.State.ASKED) or price == "٣"
    assert "error-summary" in answer.text or price == "٣"


@pytest.mark.parametrize(
    "typed", ["1400", "1 400,00", "1400,5", "1400.5", "1\u00a0400,00", "1\u202f400,00", " 1\u202f400,5\u00a0"]
)
def test_a_price_is_typed_as_people_write_it(typed):
    form = ConfirmForm({"price": typed})

    assert form.is_valid()
    assert form.cleaned_data["price"] == (Decimal("1400.5") if "5" in typed else 1400)
    assert form["price"].value() == typed


def test_a_price_is_shown_as_people_write_it(client, treasurer):
    order = ask(quantity=2)
    Order.objects.filter(pk=order.pk).update(price=Decimal(1400))

    assert 'value="1\xa0400,00"' in read(client, "treasury_order_confirm", order.reference)


def test_an_order_is_cancelled_with_a_reason(client, treasurer):
    order = ask()
    assert "Dites pourquoi" in send(client, "treasury_order_cancel", order.reference, reason=" ").text

    send(client, "treasury_order_cancel", order.reference, reason="<b>Doublon</b>")

    page = read(client, "treasury_order", order.reference)
    assert "&lt;b&gt;Doublon" in page
    assert "Confirmer la commande" not in page


def recorded(**changes):
    body = make_organisation(is_prescriber=True, siret=SIRET)
    typed = {"organisation": body.reference, "version": make_package().pk, "quantity": "3", "billing": "heures"}
    return typed | {"siret": "", "price": "", "key": "4fbd1c6e-3c3d-4c51-9c83-5d7a4d8a9f10"} | changes


def test_an_order_by_letter_is_recorded_once_with_the_siret_of_the_prescriber(client, treasurer):
    typed = recorded(price="1 000,00".replace(" ", "\xa0"))

    answers = [send(client, "treasury_order_record", **typed) for _ in range(2)]

    order = Order.objects.get()
    assert [answer.url for answer in answers] == [reverse("treasury_order", args=[order.reference])] * 2
    assert (order.siret, order.price, order.state, order.sheets.count()) == (SIRET, 1000, "confirmee", 3)
    assert not Notice.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        *({"quantity": number} for number in ("0", "-1", "201", str(10**9), "1.5", "²", "")),
        *({"siret": siret} for siret in ("73282932000075", "=1+1", "732829320000740", "é")),
        *({"service_code": code} for code in ("=cmd()", "@x", "+1,2", "a" * 101)),
        {"billing": "gratuit"},
        {"key": "non"},
        {"organisation": "inconnue"},
    ],
)
def test_what_is_wrong_in_a_letter_is_told_and_nothing_is_recorded(client, treasurer, wrong):
    make_organisation(is_prescriber=True)

    answer = send(client, "treasury_order_record", **recorded(**wrong))

    assert answer.status_code == 200
    assert not Order.objects.exists()
    assert "error-summary" in answer.text


def test_without_a_package_or_a_prescriber_nothing_can_be_recorded(client, treasurer):
    assert "Aucun forfait" in read(client, "treasury_order_record")
    make_package()
    assert "Aucun prescripteur" in read(client, "treasury_order_record")


def test_a_sheet_goes_to_a_member_who_waits_for_one_and_their_passport_opens(client, treasurer):
    agreement, sheet, other = make_signed_agreement(), make_sheet(), make_member()
    page = read(client, "treasury_order_give", sheet.order.reference, 1)
    assert agreement.member.reference in page
    assert other.reference not in page

    send(client, "treasury_order_give", sheet.order.reference, 1, member=agreement.member.reference)

    assert Passport.objects.get(member=agreement.member).sheet == sheet
    refused = send(client, "treasury_order_give", sheet.order.reference, 1, member=other.reference)
    assert "Choisissez dans la liste" in refused.text


def test_a_sheet_is_taken_back_before_its_first_cheque_only(client, treasurer):
    passport, begun = make_passport(), make_passport()
    make_signed(begun)
    references = [each.sheet.order.reference for each in (passport, begun)]
    assert str(passport.member) in read(client, "treasury_order_take_back", references[0], 1)

    answers = [send(client, "treasury_order_take_back", reference, 1, reason="Erreur") for reference in references]

    assert [answer.status_code for answer in answers] == [302, 200]
    assert "Un chèque est déjà écrit" in answers[1].text
    assert client.get(reverse("treasury_order_take_back", args=[references[0], 1])).status_code == 404
    page = read(client, "treasury_order", references[0])
    assert "Planche 2" in page
    assert "Erreur" in page


@pytest.mark.parametrize("number", ["0", "2", "9" * 30])
def test_a_sheet_that_is_not_there_is_not_found(client, treasurer, number):
    path = f"/espace/tresorerie/commandes/{make_sheet().order.reference}/planches/{number}/don/"

    assert client.get(path).status_code == 404


@pytest.mark.parametrize("count", [1, 4])
def test_pages_cost_the_same_whatever_they_list(client, treasurer, django_assert_max_num_queries, count):
    order = ask(quantity=count)
    send(client, "treasury_order_confirm", order.reference, price="1")
    for sheet in order.sheets.all():
        Gift.objects.create(sheet=sheet, member=make_member())
        make_passport()

    for name, args in (("treasury_orders", []), ("treasury_order", [order.reference])):
        with django_assert_max_num_queries(16):
            read(client, name, *args)


def test_nothing_hostile_breaks_a_page(client, treasurer):
    order, sheet = ask(), make_sheet()
    for text in (*TEXTS[::7], *NUMBERS[::5], "\x00", "=1"):
        typed = dict.fromkeys(("price", "reason", "member", "quantity", "siret", "key"), text)
        paths = [reverse("treasury_order_confirm", args=[order.reference]), reverse("treasury_order_record")]
        paths.append(reverse("treasury_order_give", args=[sheet.order.reference, 1]))
        assert {client.post(path, typed).status_code for path in paths} <= {200, 302, 400}
        assert client.get(reverse("treasury_orders"), {"page": text, "etat": text}).status_code in {200, 400, 404}


def test_a_counsellor_gives_their_member_a_sheet(client):
    member, counsellor, sheet = make_member(), make_counsellor(), make_sheet()
    make_referent(member, counsellor)
    log_in(client, counsellor.user)
    assert reverse("give_sheet", args=[member.reference]) in read(client, "member_record", member.reference)
    assert "une planche libre" in read(client, "give_sheet", member.reference)

    answer = send(client, "give_sheet", member.reference, order=sheet.order.reference)

    assert answer.url == reverse("member_record", args=[member.reference])
    assert Gift.objects.get(member=member).given_by == counsellor.user
    assert "a déjà une planche" in read(client, "give_sheet", member.reference)


def test_a_counsellor_is_told_when_no_sheet_is_free_or_chosen(client):
    member, counsellor = make_member(), make_counsellor()
    make_referent(member, counsellor)
    log_in(client, counsellor.user)
    assert "Aucune planche" in read(client, "give_sheet", member.reference)

    make_sheet()
    for order in ("", "autre", "\x00"):
        assert "error-summary" in send(client, "give_sheet", member.reference, order=order).text
    assert not Gift.objects.exists()


def test_nobody_gives_a_sheet_to_themselves_nor_to_who_is_not_theirs(client):
    counsellor = make_counsellor()
    oneself = make_member(user=counsellor.user)
    make_referent(oneself, make_counsellor())
    log_in(client, counsellor.user)

    for member in (oneself, make_passport().member):
        assert client.get(reverse("give_sheet", args=[member.reference])).status_code == 404


def test_a_counsellor_reads_what_the_opening_waits_for(client):
    agreement = make_signed_agreement()
    log_in(client, counsellor_of_member(agreement))

    assert "Aucune planche n’est encore donnée" in read(client, "give_sheet", agreement.member.reference)


def counsellor_of_member(agreement):
    return counsellor_of(agreement).user
