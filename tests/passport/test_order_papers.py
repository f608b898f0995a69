"""The quote and the order on paper: what they say, for whom, and that they are accessible."""

from decimal import Decimal

import pypdfium2
import pytest
from django.urls import reverse

from passport import orders
from passport.pdf import orders as papers
from tests.passport.test_orders import ask
from tests.people import log_in, make_affiliation, make_organisation, make_treasurer

pytestmark = pytest.mark.django_db

HOSTILE = ['#import "x"', "$ x^2 $ *a* _b_", "\u202emoc", "محمد", "<script>", "@ref #[]", "a" * 160]


def text_of(content):
    pages = pypdfium2.PdfDocument(content)
    return (
        " ".join(page.get_textpage().get_text_range() for page in pages)
        .replace("\xa0", " ")
        .replace("\r\n", " ")
        .replace("\u200b", "")
    )


def test_a_quote_says_what_is_bought_and_where_to_sign():
    order = ask(quantity=3, service_code="SVC-9", commitment_number="EJ 2027/1")

    text = text_of(papers.quote(order))

    for said in (f"Commande {order.number}", "1 050,00 €", "3 150,00 €", "73282932000074", "SVC-9", "EJ 2027/1"):
        assert said in text
    assert "bon pour accord" in text
    assert "n’a pas encore confirmé" in text
    assert "TVA" not in text


def test_an_order_says_how_it_is_billed_and_when_it_was_confirmed():
    order = orders.confirm(ask(billing="heures"), by=make_treasurer(), price=Decimal(350))

    text = text_of(papers.order_form(order))

    assert "Facturation : les heures utilisées." in text
    assert "Confirmée le" in text
    assert "bon pour accord" not in text


def test_a_cancelled_order_says_so_in_large():
    order = orders.cancel(ask(), reason="Doublon", by=make_treasurer())

    assert "annulée : Doublon" in text_of(papers.quote(order))


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_printed_as_it_is_and_the_paper_stays_accessible(name):
    content = papers.quote(ask(organisation=make_organisation(is_prescriber=True, name=name)))

    assert b"pdfuaid" in content
    assert b"pdfaid" in content
    assert name[-2:] in text_of(content) or name == "محمد"


@pytest.mark.parametrize("name", ["order_quote_pdf", "order_pdf"])
def test_papers_are_for_the_treasurer_and_for_who_ordered(client, name):
    order = ask()
    ours = make_affiliation(organisation=order.organisation).user
    theirs = make_affiliation(organisation=make_organisation(is_prescriber=True)).user
    for person, status in ((make_treasurer(), 200), (ours, 200), (theirs, 404)):
        log_in(client, person)
        answer = client.get(reverse(name, args=[order.reference]))
        assert answer.status_code == status
    assert "no-store" in answer["Cache-Control"]
