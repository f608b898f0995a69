"""A member’s passport: what is on it, in how many questions, and for whom."""

import json

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Member
from passport import checking, decisions, looks, reservations, verifying
from passport.models import Look, PaperCheque, Passport, Reservation
from tests.accompaniment.agendas import make_appointment
from tests.factories import make_home
from tests.passport.factories import at, counsellor_of, make_passport, make_proposal, make_signed
from tests.passport.reading import DAY, MINE, days_ago, make_running, plain, read
from tests.people import make_affiliation, make_counsellor, make_member, make_membership, make_referent

pytestmark = pytest.mark.django_db


@pytest.fixture
def passport() -> Passport:
    return make_running()


def test_without_a_passport_the_next_steps_are_said(client):
    client.force_login(make_member().user)
    page = plain(client.get(MINE).content.decode())

    assert "s’ouvrira quand votre contrat pédagogique sera signé" in page
    assert "Feuille de route" in page


def test_a_passport_without_a_visit_is_whole(client, passport):
    page = read(client, passport)

    assert "35 h restantes sur 35" in page
    assert "Aucune visite pour le moment" in page
    assert "Vous n’avez pas encore utilisé d’heure." in page
    assert "Rien n’est prévu pour le moment" in page


def test_what_waits_for_a_signature_comes_first(client, passport):
    make_signed(passport, day=days_ago(10))
    cheque = make_proposal(passport, day=days_ago(2))
    page = read(client, passport)

    assert "Signez la visite du" in page
    assert page.index("Signez la visite du") < page.index("34 h restantes")
    assert reverse("sign_cheque", args=[cheque.reference]) in client.get(MINE).content.decode()


def test_a_visit_on_paper_waits_to_be_confirmed(client, passport):
    cheque = make_proposal(passport, day=days_ago(2))
    PaperCheque.objects.create(serial="1-1", counsellor=cheque.counsellor, cheque=cheque)
    assert "Confirmez la visite du" in read(client, passport)
    assert reverse("paper_confirm", args=[cheque.reference]) in client.get(MINE).content.decode()


def test_what_comes_is_said_once(client, passport):
    soon = at(timezone.localdate() + 3 * DAY)
    coming = make_appointment(passport.member, counsellor_of(passport), kind="individuel", starts_at=soon)
    reservations.follow(passport.member)
    day = at(timezone.localdate() + 9 * DAY)
    Reservation.objects.create(passport=passport, origin="event:x", kind="rencontre", hours=4, starts_at=day)
    page = read(client, passport)

    assert page.count("Rendez-vous individuel avec") == 1
    assert "4 heures réservées" in page
    assert passport.reservations.filter(origin=f"appointment:{coming.reference}").exists()


def test_all_used_and_ended_it_is_still_read(client, passport):
    make_signed(passport, day=days_ago(10))
    decisions.ask(passport, "end", reason="Un emploi durable", by=counsellor_of(passport).user)
    page = read(client, passport)

    assert "34 h non utilisées sur 35" in page
    assert "Raison : Un emploi durable" in page
    assert "rythme" not in page


def test_suspended_it_says_so_and_why(client, passport):
    asked = decisions.ask(passport, "suspend", reason="Hospitalisation", by=counsellor_of(passport).user)
    decisions.accept(asked, by=make_affiliation(organisation=passport.sheet.order.organisation).user)
    page = read(client, passport)

    assert "Votre passeport est suspendu" in page
    assert "Raison : Hospitalisation" in page


def test_a_member_whose_membership_is_over_reads_it(client):
    member, today = make_member(current=False), timezone.localdate()
    make_membership(member, starts_on=today - 400 * DAY, ends_on=today - 35 * DAY)
    passport = make_passport(member=member, counsellor=make_referent(member).counsellor, now=timezone.now())
    assert "restantes sur 35" in read(client, passport)
    first_page = read(client, passport, "/espace/membre/")
    assert "Votre adhésion est terminée" in first_page
    assert "restantes sur 35" in first_page


def test_the_one_in_use_is_shown_and_the_former_one_listed(client, passport):
    decisions.ask(passport, "end", reason="Fin", by=counsellor_of(passport).user)
    now = timezone.now()
    second = make_passport(member=passport.member, counsellor=counsellor_of(passport), starts_on=days_ago(0), now=now)
    client.force_login(passport.member.user)
    first_page, former = client.get(MINE), client.get(reverse("my_passport_one", args=[passport.reference]))

    assert first_page.context["passport"] == second
    assert first_page.context["others"] == [passport]
    assert former.context["passport"] == passport
    assert former.context["others"] == [second]


@pytest.mark.parametrize("visits", [1, 12])
def test_it_asks_as_many_questions_whatever_was_done(client, passport, visits, django_assert_max_num_queries):
    make_home()  # what the frame shows is then kept
    for number in range(visits):
        kind = ("rv", "candidature", "metiers")[number % 3]
        make_signed(passport, day=days_ago(39 - number), kind=kind)
        looks.note(passport, make_counsellor().user)
    make_appointment(passport.member, counsellor_of(passport), kind="individuel")
    read(client, passport)
    with django_assert_max_num_queries(12):
        assert client.get(MINE).status_code == 200


def test_visits_are_paged_the_newest_first(client, passport):
    for number in range(12):
        make_signed(passport, day=days_ago(39 - number), kind="candidature")
    client.force_login(passport.member.user)
    first, second = (client.get(MINE, {"page": number}).context["page"] for number in (1, 2))

    starts = [visit.starts_at for page in (first, second) for visit, *_words in page.object_list]
    assert len(first.object_list) == 10
    assert starts == sorted(starts, reverse=True)
    assert len(starts) == 12


def test_the_roadmap_stands_beside_what_was_done(client, passport):
    make_signed(passport, day=days_ago(10))
    make_signed(passport, day=days_ago(9), kind="metiers", hours=3)
    page = read(client, passport)

    assert "1 h faite sur 2 h prévues" in page
    assert "3 h faites, sans être prévues" in page
    assert "Rendez-vous individuels 1, 1 h" in page


def test_who_looked_is_said_with_what_they_are(client, passport):
    payer = make_affiliation(organisation=passport.sheet.order.organisation).user
    for user in (payer, counsellor_of(passport).user):
        looks.note(passport, user)
    Look.objects.create(passport=passport, user=None, hour=timezone.now())
    for path in (MINE, reverse("my_passport_looks", args=[passport.reference])):
        page = read(client, passport, path)
        assert f"{payer}, prescripteur" in page
        assert f"{counsellor_of(passport).user}, conseil" in page
        assert "Une personne qui n’a plus de compte" in page


def test_a_hostile_name_is_only_text(client, passport):
    Member.objects.filter(pk=passport.member_id).update(first_name="<script>x</script>", last_name="\u202eنور")
    client.force_login(passport.member.user)
    assert "<script>x" not in client.get(MINE).content.decode()


@pytest.mark.parametrize("page", ["0", "x", "9" * 20, "1.5"])
def test_a_page_that_is_no_number_does_not_exist(client, passport, page):
    client.force_login(passport.member.user)
    assert client.get(MINE, {"page": page}).status_code == 404


def test_the_file_that_is_taken_away_is_authentic(client, passport):
    make_signed(passport, day=days_ago(3))
    client.force_login(passport.member.user)
    answer = client.get(reverse("my_passport_export", args=[passport.reference]))

    assert answer["Content-Disposition"] == 'attachment; filename="passeport.json"'
    assert "no-store" in answer["Cache-Control"]
    assert verifying.check_export(json.loads(answer.content)) == []
    page = read(client, passport, reverse("my_passport_check", args=[passport.reference]))
    assert checking.spelled(passport.code) in page


def test_the_first_page_of_the_space_shows_it_and_what_waits(client, passport):
    make_signed(passport, day=days_ago(10))
    make_proposal(passport, day=days_ago(2))
    page = read(client, passport, "/espace/membre/")

    assert "34 h restantes sur 35" in page
    assert page.index("Signez la visite du") < page.index("Mon adhésion")
    assert "Passeport" in read(client, passport, "/espace/membre/parcours/")
