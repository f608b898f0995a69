"""Stubs, lines of invoices, statements: what the accounts are made from, on a page and as files."""

import csv
import json
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from passport import invoicing, ledger, statements, stubs, treasury
from passport.models import Cheque, Dispute, Order
from spaces import waiting_treasury
from tests.passport.factories import FIRST, at, counsellor_of, make_passport, make_signed, make_signed_agreement
from tests.passport.test_invoicing import contest
from tests.passport.test_orders import ask
from tests.passport.test_treasury_orders import read
from tests.people import log_in, make_member, make_organisation, make_referent, make_treasurer

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
NASTY = ["=1+1", "+33 1", "-1", "@SUM(A1)", "\uff1d1"]


@pytest.fixture
def treasurer(client):
    person = make_treasurer()
    log_in(client, person)
    return person


def rows_of(content):
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def exported(client, name, **query):
    return client.get(reverse(name), query | {"export": "csv"})


def make_cheques():
    """One that counts, one given back, one contested, one that waits: of two orders."""
    passport, other = make_passport(price=Decimal(350)), make_passport(billing="heures", price=Decimal(350))
    counted = make_signed(passport, hours=2)
    cancelled = make_signed(passport, day=FIRST + 8 * DAY)
    ledger.cancel(cancelled, reason="Secret", counsellor=counsellor_of(passport), now=at(FIRST + 40 * DAY))
    contested = make_signed(other, day=FIRST + 30 * DAY)
    contest(contested, FIRST + 31 * DAY)
    return counted, cancelled, contested


def test_stubs_say_what_was_spent_and_nothing_of_what_was_done(client, treasurer):
    counted, cancelled, _contested = make_cheques()

    page, rows = read(client, "treasury_stubs"), rows_of(exported(client, "treasury_stubs").content)

    assert "3\xa0chèques" in page
    assert "3\xa0h comptées" in page
    found = {row["Chèque"]: row for row in rows}
    kept = found[counted.number]
    assert (kept["Heures comptées"], kept["Activité"]) == ("2", "Rendez-vous individuels")
    assert kept["Référence du membre"] == counted.passport.member.reference
    assert (found[cancelled.number]["Heures comptées"], found[cancelled.number]["Annulé le"]) == ("0", "11/10/2026")
    assert [row["Contesté"] for row in rows].count("oui") == 1
    for text in ("Relire le CV", "Secret"):
        assert text not in page + str(rows)


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ({"mois": "2026-09"}, 2),
        ({"mois": "2026-10"}, 1),
        ({"mois": "1999-01"}, 0),
        ({"etat": "signe"}, 2),
        ({"etat": "annule"}, 1),
        ({"etat": "conteste"}, 1),
        ({"etat": "conteste", "mois": "2026-09"}, 0),
    ],
)
def test_stubs_are_chosen_by_month_and_state(client, treasurer, chosen, found):
    make_cheques()

    assert len(rows_of(exported(client, "treasury_stubs", **chosen).content)) == found
    assert ("correspond à ces choix" in read(client, "treasury_stubs", **chosen)) is not bool(found)


def test_stubs_and_lines_are_chosen_by_order_and_prescriber(client, treasurer):
    counted, _cancelled, _contested = make_cheques()
    order = counted.passport.sheet.order

    for chosen in ({"commande": order.reference}, {"prescripteur": order.organisation.reference}):
        assert len(rows_of(exported(client, "treasury_stubs", **chosen).content)) == 2
        lines = rows_of(exported(client, "treasury_lines", mois="2026-09", **chosen).content)
        assert [line["Commande"] for line in lines] == [order.number]


@pytest.mark.parametrize(
    "query", [{"mois": "2026-13"}, {"etat": "x"}, {"commande": "x"}, {"page": "0"}, {"export": "pdf"}]
)
@pytest.mark.parametrize("name", ["treasury_stubs", "treasury_lines"])
def test_what_cannot_be_chosen_is_not_found(client, treasurer, name, query):
    if name == "treasury_lines" and "etat" in query:
        pytest.skip("Lines have no state.")

    assert client.get(reverse(name), query).status_code == 404


def test_lines_are_those_of_last_month_unless_another_is_chosen(client, treasurer):
    make_cheques()
    make_passport(price=Decimal(350))

    assert "Rien à facturer" in read(client, "treasury_lines", mois="2025-01")
    page = read(client, "treasury_lines", mois="2026-09")
    assert "700,00\xa0€" in page
    assert "Ce mois n’est pas fini" not in page


def test_lines_of_a_month_that_is_not_over_say_so():
    make_cheques()
    asked = treasury.read_lines({}, at(date(2026, 11, 2)))
    running = treasury.read_lines({"mois": "2026-09"}, at(date(2026, 9, 20)))

    assert (f"{asked.period.first:%Y-%m}", asked.is_over) == ("2026-10", True)
    assert not running.is_over
    told = treasury.cells_of_totals(invoicing.totals(running.rows), running)
    assert {row[-1] for row in told} == {"mois en cours"}


@pytest.mark.parametrize("name", NASTY)
def test_no_name_is_run_as_a_formula(client, treasurer, name):
    member, body = make_member(first_name="", last_name=name), make_organisation(is_prescriber=True, name=name)
    make_referent(member, starts_at=at(FIRST) - DAY)
    make_signed(make_passport(member=member, organisation=body))

    [row] = rows_of(exported(client, "treasury_stubs").content)
    book = load_workbook(BytesIO(client.get(reverse("treasury_stubs"), {"export": "xlsx"}).content))

    assert {row["Membre"], row["Prescripteur"]} == {f"'{name}"}
    cells = [cell for line in book.worksheets[0].iter_rows() for cell in line]
    assert name in {cell.value for cell in cells}
    assert "f" not in {cell.data_type for cell in cells}


def test_sums_in_the_file_of_lines_are_sums(client, treasurer):
    make_cheques()

    [line] = rows_of(exported(client, "treasury_lines", mois="2026-09").content)[:1]
    book = load_workbook(BytesIO(client.get(reverse("treasury_lines"), {"mois": "2026-09", "export": "xlsx"}).content))

    assert line["Montant (€)"] == "350,00"
    assert book.worksheets[0].cell(2, invoicing.HEADERS.index("Montant (€)") + 1).value == 350


@pytest.mark.parametrize("count", [1, 4])
@pytest.mark.parametrize("name", ["treasury_stubs", "treasury_lines"])
def test_pages_cost_the_same_whatever_they_list(client, treasurer, django_assert_max_num_queries, name, count):
    for _ in range(count):
        make_signed(make_passport())

    read(client, name)
    with django_assert_max_num_queries(20):
        read(client, name, mois="2026-09")


def test_a_statement_is_read_as_it_was_signed(client, treasurer):
    make_passport(now=at(FIRST, 8))
    assert "Aucun relevé" in read(client, "treasury_statements")
    statements.make_due(at(FIRST + 2 * DAY, 1))

    page = read(client, "treasury_statements")
    answer = client.get(reverse("treasury_statement_file", args=[1]))

    assert "Relevé du 2" in page
    assert {"body", "signature", "key", "digest"} <= set(json.loads(answer.content))
    assert "attachment" in answer["Content-Disposition"]
    for number in ("0", "9999", "9" * 40):
        assert client.get(f"/espace/tresorerie/releves/{number}/").status_code == 404


def test_what_waits_is_answered_first(client, treasurer):
    order = ask(quantity=2)
    assert "autre commande" not in client.get("/espace/tresorerie/").text
    for _ in range(5):
        ask()

    page = client.get("/espace/tresorerie/").text

    assert f"Commande {order} à confirmer" in page
    assert "Et 1\xa0autre commande" in page


def test_the_first_page_names_the_month_and_what_is_contested():
    make_cheques()

    titles = [(thing.title, thing.url) for thing in waiting_treasury.all_of(at(date(2026, 11, 2)))]

    assert titles == [
        ("Octobre 2026 est à facturer", "/espace/tresorerie/lignes/?mois=2026-10"),
        ("1\xa0visite contestée", "/espace/tresorerie/souches/?etat=conteste"),
    ]
    assert [thing.title for thing in waiting_treasury.all_of(at(date(2027, 1, 2)))] == ["1\xa0visite contestée"]


def test_a_month_to_invoice_and_contested_visits_wait():
    _counted, _cancelled, contested = make_cheques()

    assert treasury.happened(date(2026, 9, 1)) == (2, 2)
    assert treasury.happened(date(2026, 8, 1)) == (0, 0)
    assert treasury.contested() == treasury.Contested(1, 1)
    Dispute.objects.create(cheque=Cheque.objects.get(kind="rv", hours=2), words="Non")
    assert treasury.contested().visits == 1  # a whole package is not billed by the visit
    contested.passport.sheet.order.refresh_from_db()


def test_who_waits_for_a_sheet_has_an_agreement_and_none():
    agreement, _passport, _other = make_signed_agreement(), make_passport(), make_member()

    assert list(treasury.awaiting()) == [agreement.member]


def test_a_file_that_would_be_too_long_is_not_made(client, treasurer, monkeypatch):
    make_cheques()
    monkeypatch.setattr(stubs, "MOST_EXPORTED", 2)

    answer = exported(client, "treasury_stubs")

    assert "trop long pour un tableur" in answer.text
    assert len(rows_of(exported(client, "treasury_stubs", mois="2026-09").content)) == 2


def test_each_stub_of_the_file_says_what_the_page_says(client, treasurer):
    _counted, _cancelled, contested = make_cheques()
    page = read(client, "treasury_stubs")
    [row] = rows_of(exported(client, "treasury_stubs", mois="2026-10").content)

    member = contested.passport.member
    assert (row["Chèque"], row["Membre"], row["Conseiller"]) == (
        contested.number,
        str(member),
        str(contested.counsellor),
    )
    assert (row["Jour de la visite"], row["Début"], row["Fin"]) == ("01/10/2026", "10:00", "11:00")
    assert (row["Signé le"], row["Hors délai"]) == ("01/10/2026", "")
    assert all(row[name] in page for name in ("Chèque", "Membre", "Conseiller", "Commande", "Prescripteur"))


def test_stubs_of_nothing_count_nothing():
    assert stubs.hours(stubs.Chosen()) == 0
    assert list(stubs.found(stubs.Chosen(state="signe", order="x"))) == []
    assert Order.objects.count() == 0
