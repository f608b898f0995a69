"""The addresses of papers: one each, for all who may print them and for nobody else."""

from time import perf_counter

import pytest
from django.urls import reverse

from accounts.models import Referent
from passport import documents, ledger
from passport.models import Cheque, Look, Order, PaperCheque
from tests.passport.factories import counsellor_of, make_passport, make_proposal, make_sheet, make_signed
from tests.people import make_affiliation, make_counsellor, make_member, make_treasurer

pytestmark = pytest.mark.django_db


def make_world():
    """A passport with a signed visit, and who is near it."""
    passport = make_passport()
    prescriber = make_affiliation(organisation=passport.sheet.order.organisation).user
    people = {"member": passport.member.user, "counsellor": counsellor_of(passport).user, "prescriber": prescriber}
    return passport, make_signed(passport), people


def addresses(passport, cheque):
    return {
        "passport": reverse("passport_pdf", args=[passport.reference]),
        "whole": reverse("passport_attestation_pdf", args=[passport.reference]),
        "attestation": reverse("attestation_pdf", args=[cheque.reference]),
        "certificate": reverse("certificate_pdf", args=[cheque.reference]),
        "sheet": reverse("sheet_pdf", args=[passport.sheet.order.reference, 1]),
    }


def test_each_prints_what_is_theirs_and_no_cache_keeps_it(client):
    passport, cheque, people = make_world()

    for name, user in people.items():
        client.force_login(user)
        for paper, address in addresses(passport, cheque).items():
            answer = client.get(address)
            expected = 404 if (name, paper) == ("prescriber", "certificate") else 200
            assert (name, paper, answer.status_code) == (name, paper, expected)
            assert "no-store" in answer["Cache-Control"]


def test_the_name_of_a_file_names_nobody(client):
    passport, cheque, people = make_world()
    client.force_login(people["member"])

    for address in addresses(passport, cheque).values():
        answer = client.get(address)
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"].startswith("attachment; filename=")
        assert passport.member.last_name.replace(" ", "-") not in answer["Content-Disposition"]
        assert answer["Content-Disposition"].isascii()


@pytest.mark.parametrize("somebody", [make_counsellor, make_affiliation, make_member])
def test_what_is_not_theirs_does_not_exist(client, somebody):
    passport, cheque, _people = make_world()
    client.force_login(somebody().user)

    for address in addresses(passport, cheque).values():
        assert client.get(address).status_code == 404


def test_a_former_counsellor_prints_nothing_more():
    passport, _cheque, people = make_world()
    referents = Referent.objects.filter(member=passport.member)
    referents.update(ends_at=referents.first().starts_at)

    assert not documents.passports_of(people["counsellor"]).exists()
    assert not documents.certified_for(people["counsellor"]).exists()


def test_only_signed_visits_are_attested_and_only_those_that_count_are_certified():
    passport, cheque, people = make_world()
    proposal = make_proposal(passport, hour=15)
    member = people["member"]

    assert proposal not in documents.attested_for(member)
    ledger.cancel(cheque, reason="Deux fois", counsellor=counsellor_of(passport))
    assert list(documents.attested_for(member)) == [cheque]
    assert not documents.certified_for(member).exists()


def test_treasurers_print_sheets_of_confirmed_orders_and_nothing_else(client):
    passport, cheque, _people = make_world()
    asked = make_sheet(state=Order.State.ASKED)
    client.force_login(make_treasurer())

    answers = {paper: client.get(address).status_code for paper, address in addresses(passport, cheque).items()}

    assert answers == dict.fromkeys(answers, 404) | {"sheet": 200}
    assert client.get(reverse("sheet_pdf", args=[asked.order.reference, 1])).status_code == 404


def test_a_sheet_that_is_nobodys_yet_is_printed_for_who_pays(client):
    sheet = make_sheet()
    client.force_login(make_affiliation(organisation=sheet.order.organisation).user)

    assert client.get(reverse("sheet_pdf", args=[sheet.order.reference, 1])).status_code == 200
    assert client.get(reverse("sheet_pdf", args=[sheet.order.reference, 2])).status_code == 404


def test_who_prints_a_passport_is_noted_once_and_never_its_member(client):
    passport, cheque, people = make_world()

    for name in ("member", "prescriber"):
        client.force_login(people[name])
        client.get(addresses(passport, cheque)["passport"])
        client.get(addresses(passport, cheque)["attestation"])

    assert [look.user for look in Look.objects.filter(passport=passport)] == [people["prescriber"]]


def make_booklet(counsellor, serials):
    return [PaperCheque.objects.create(serial=serial, counsellor=counsellor) for serial in serials]


def test_a_counsellor_prints_the_leaves_of_their_booklet_that_are_still_blank(client):
    mine, other = make_counsellor(), make_counsellor()
    blank, spoilt, used = make_booklet(mine, ["K7QM2A-02", "K7QM2A-01", "K7QM2A-03"])
    PaperCheque.objects.filter(pk=spoilt.pk).update(spoilt_because="Déchirée")
    PaperCheque.objects.filter(pk=used.pk).update(cheque=make_signed(make_passport()))
    make_booklet(other, ["ZZZZZZ-01"])
    client.force_login(mine.user)

    assert list(documents.blanks_of(mine.user, "K7QM2A")) == [blank]
    assert client.get(reverse("blanks_pdf", args=["K7QM2A"])).status_code == 200
    assert client.get(reverse("blanks_pdf", args=["ZZZZZZ"])).status_code == 404
    assert client.get(reverse("blanks_pdf", args=["K7QM"])).status_code == 404


def test_a_paper_costs_the_same_whatever_the_number_of_visits(client, django_assert_max_num_queries):
    passport, _cheque, people = make_world()
    for hour in range(11, 16):
        make_signed(passport, hour=hour)
    client.force_login(people["member"])
    paths = addresses(passport, Cheque.objects.first())

    for path in paths.values():
        client.get(path)
        began = perf_counter()
        with django_assert_max_num_queries(24):
            client.get(path)
        assert perf_counter() - began < 1


@pytest.mark.parametrize("number", [0, 10**30])
def test_no_number_of_a_sheet_breaks_its_address(client, number):
    sheet = make_sheet()
    client.force_login(make_treasurer())

    assert client.get(f"/espace/documents/planche/{sheet.order.reference}/{number}.pdf").status_code == 404
