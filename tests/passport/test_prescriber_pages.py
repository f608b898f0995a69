"""The prescriber's screens: passports as they are, answers to decisions; nothing of another's."""

import re
from datetime import timedelta

import pytest
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from passport import decisions, evaluations, ledger
from passport.models import Dispute, Look, Passport
from tests.factories import make_home
from tests.passport.factories import FIRST, counsellor_of, make_proposal, make_signed
from tests.passport.prescribers import DAY, LIVE, ORDERS, PASSPORTS, SIRET, asked_of, named, of_passport, read
from tests.people import make_affiliation, make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def body():
    make_home()  # what the frame shows is then kept
    return make_organisation(is_prescriber=True, name="La Passerelle", siret=SIRET)


@pytest.fixture
def reader(client, body):
    client.force_login(make_affiliation(organisation=body).user)
    return client


# The list


def test_the_list_says_the_hours_the_window_and_the_last_visit(reader, body):
    passport = named("Ünal", body)
    make_signed(passport, day=FIRST + 6 * DAY)
    make_signed(passport, day=FIRST + 8 * DAY, kind="candidature", hours=2)
    make_proposal(passport, day=FIRST + 9 * DAY)

    page = read(reader, PASSPORTS)

    assert "Zoé Ünal" in page
    assert "<b>3 h</b> utilisées sur 35, il en reste 32" in page
    assert "2 visites, la dernière le 9 septembre 2026" in page
    assert "Du 1er septembre 2026 au 1er décembre 2026" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"Unal", "Belkacem"}),
        ("?q=belk", {"Belkacem"}),
        ("?q=bélk", {"Belkacem"}),
        ("?etat=suspendu", {"Unal"}),
        ("?q=zoe+unal&etat=suspendu", {"Unal"}),
        ("?q=unal&etat=ouvert", set()),
        ("?q=cmd", {"Unal", "Belkacem"}),
        ("?q=%22%27%28%25", {"Unal", "Belkacem"}),
    ],
)
def test_the_list_is_filtered_by_words_and_state(reader, body, query, found):
    Passport.objects.filter(pk=named("Unal", body).pk).update(state="suspendu")
    named("Belkacem", body)

    page = read(reader, f"{PASSPORTS}{query}")

    assert {name for name in ("Unal", "Belkacem") if f"Zoé {name}" in page} == found


def test_the_list_is_filtered_by_order(reader, body):
    one, other = named("Unal", body), named("Belkacem", body)

    page = read(reader, f"{PASSPORTS}?commande={one.sheet.order.reference}")

    assert "Zoé Unal" in page
    assert f"Zoé {other.member.last_name}" not in page


@pytest.mark.parametrize("query", ["etat=rien", "commande=zzz", "page=0", "page=2", "page=x", "page=99999999999999"])
def test_what_names_nothing_is_a_page_that_does_not_exist(reader, body, query):
    named("Unal", body)

    assert reader.get(f"{PASSPORTS}?{query}").status_code == 404


def test_an_empty_list_says_what_comes_next(reader):
    assert "Aucun passeport pour le moment" in read(reader, PASSPORTS)
    assert "Effacer les filtres" in read(reader, f"{PASSPORTS}?q=rien")


@pytest.mark.parametrize("passports", [1, 4])
def test_the_list_costs_the_same_whatever_its_length(reader, body, django_assert_max_num_queries, passports):
    for number in range(passports):
        make_signed(named(f"Nom {number}", body), hour=8 + number)
    reader.get(PASSPORTS)

    with django_assert_max_num_queries(10):
        reader.get(PASSPORTS)


# Live


def test_the_live_part_comes_alone_and_only_where_something_changed(reader, body):
    passport = named("Unal", body)
    again = re.search(r'hx-get="([^"]+)"', read(reader, PASSPORTS))[1].replace("&amp;", "&")

    assert reader.get(again, headers=LIVE).status_code == 204
    make_signed(passport)
    changed = read(reader, again, **LIVE)

    assert "<html" not in changed
    assert "<b>1 h</b> utilisée" in changed
    assert "Cette page a changé" in changed


def test_a_page_that_asks_by_itself_is_no_look(reader, body):
    passport = named("Unal", body)
    reader.get(of_passport(passport))
    Look.objects.update(hour=F("hour") - timedelta(hours=2))

    reader.get(of_passport(passport), headers=LIVE)
    assert Look.objects.get().passport == passport
    reader.get(of_passport(passport))
    assert Look.objects.count() == 2


def test_who_asks_as_such_a_page_does_is_noted_where_nobody_opened_it(reader, body):
    passport = named("Unal", body)

    assert "utilisée" in read(reader, of_passport(passport), **LIVE)
    assert Look.objects.get().passport == passport


# One passport


def test_a_cancelled_visit_stays_in_sight_with_its_reason(reader, body):
    passport = named("Unal", body)
    cheque = make_signed(passport, what="Parler du fils", place="Rue cachée")
    ledger.cancel(cheque, reason="Notée deux fois", counsellor=counsellor_of(passport))

    page = read(reader, of_passport(passport))

    assert cheque.number in page
    assert "Raison : Notée deux fois" in page
    assert "Parler du fils" not in page
    assert "Rue cachée" not in page


def test_what_is_late_or_contested_is_said_and_not_the_words_of_the_member(reader, body):
    passport = named("Unal", body)
    cheque = make_proposal(passport)
    ledger.sign(cheque, member=passport.member, means="pin", now=cheque.starts_at + 2 * DAY)
    Dispute.objects.create(cheque=cheque, words="Je n’étais pas là")

    page = read(reader, of_passport(passport))

    assert "signée en retard" in page
    assert "contestée, non facturée" in page
    assert "Je n’étais pas là" not in page


@pytest.mark.parametrize("shared", [True, False])
def test_the_members_scores_are_read_and_their_words_where_they_agree(reader, body, shared):
    passport = named("Unal", body)
    cheque, said = make_signed(passport), {"by": "membre", "user": passport.member.user, "score": 4}
    evaluations.judge(passport, **said, words="Mes mots", words_are_shared=shared, cheque=cheque)
    evaluations.judge(passport, **said, words="Sur le tout", words_are_shared=shared)

    page = read(reader, of_passport(passport))

    assert "Avis de la personne : très utile." in page
    assert ("Mes mots" in page) is ("Sur le tout" in page) is shared


@pytest.mark.parametrize("visits", [1, 8])
def test_a_passport_costs_the_same_whatever_its_visits(reader, body, django_assert_max_num_queries, visits):
    passport = named("Unal", body)
    for number in range(visits):
        make_signed(passport, day=FIRST + (number + 1) * DAY, kind="candidature")
    reader.get(of_passport(passport))

    with django_assert_max_num_queries(18):
        reader.get(of_passport(passport))


# Decisions


def test_a_prolongation_is_accepted(reader, body):
    passport = named("Unal", body, starts_on=timezone.localdate(), now=timezone.now())
    decision = asked_of(passport)
    path = reverse("prescriber_decision", args=[decision.reference])

    assert "Votre accord est demandé" in read(reader, of_passport(passport))
    assert "Une formation" in read(reader, path)
    assert reader.post(path, {"answer": "oui"}).status_code == 302

    decision.refresh_from_db()
    assert decision.state == "acceptee"
    assert Passport.objects.get().ends_on == decision.until
    assert "Cette demande a sa réponse" in read(reader, path)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ({}, "Dites si vous acceptez ou refusez"),
        ({"answer": "peut-être"}, "Choisissez dans la liste"),
        ({"answer": "non"}, "Dites pourquoi"),
        ({"answer": "non", "reason": " "}, "Dites pourquoi"),
        ({"answer": "non", "reason": "x" * 301}, "300"),
    ],
)
def test_a_refusal_says_why(reader, body, answer, told):
    decision = asked_of(named("Unal", body))
    path = reverse("prescriber_decision", args=[decision.reference])

    page = reader.post(path, answer).content.decode()
    assert told in page
    decision.refresh_from_db()
    assert decision.state == "demandee"

    reader.post(path, {"answer": "non", "reason": "Pas de budget"})
    decision.refresh_from_db()
    assert (decision.state, decision.answer) == ("refusee", "Pas de budget")


def test_a_decision_that_was_withdrawn_meanwhile_is_told(reader, body):
    decision = asked_of(named("Unal", body))
    decisions.withdraw(decision, by=decision.asked_by)

    answer = reader.post(reverse("prescriber_decision", args=[decision.reference]), {"answer": "oui"})

    assert "Cette demande a déjà sa réponse" in answer.content.decode()


# The opinion of the prescriber


def test_a_prescriber_says_what_it_thinks_of_the_whole(reader, body):
    passport = named("Unal", body)
    path = f"{of_passport(passport)}avis/"

    assert "Une visite s’évalue une fois signée" in reader.post(path, {"score": "3"}).content.decode()
    make_signed(passport)
    assert "Choisissez une des quatre" in reader.post(path, {"score": ""}).content.decode()
    assert "Choisissez dans la liste" in reader.post(path, {"score": "5"}).content.decode()
    assert reader.post(path, {"score": "3", "words": "Utile"}).status_code == 302
    assert "checked" in read(reader, path)


# Another prescriber


def test_another_prescriber_sees_nothing(client, body):
    passport = named("Unal", body)
    decision = asked_of(passport)
    client.force_login(make_affiliation(organisation=make_organisation(is_prescriber=True)).user)

    hidden = [
        of_passport(passport),
        f"{of_passport(passport)}avis/",
        f"{ORDERS}{passport.sheet.order.reference}/",
        reverse("prescriber_decision", args=[decision.reference]),
    ]
    assert [client.get(path).status_code for path in hidden] == [404] * 4
    assert [client.post(path).status_code for path in (hidden[1], hidden[3])] == [404] * 2
    assert "Unal" not in read(client, PASSPORTS)
    assert passport.sheet.order.number not in read(client, ORDERS)
    assert client.get(f"{PASSPORTS}?commande={passport.sheet.order.reference}").status_code == 404
