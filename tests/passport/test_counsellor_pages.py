"""What a counsellor sees of passports and writes in them."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.urls import reverse
from django.utils import timezone

from passport import decisions, disputes
from passport.models import Cheque, Decision, Dispute, Evaluation, Look, Note
from tests.factories import make_home
from tests.passport.factories import at, counsellor_of, make_passport, make_proposal, make_signed
from tests.passport.signing import CONFIRM, PASSWORD, confirmed, logged_in
from tests.people import make_counsellor, make_member, make_referent

pytestmark = pytest.mark.django_db
OK, FOUND, MISSING = HTTPStatus.OK, HTTPStatus.FOUND, HTTPStatus.NOT_FOUND
YESTERDAY = timezone.localdate() - timedelta(days=1)


@pytest.fixture
def passport():
    first = timezone.localdate() - timedelta(days=12)
    return make_passport(starts_on=first, now=at(first, 8))


@pytest.fixture
def client(passport):
    return confirmed(counsellor_of(passport).user)


def page(name, thing):
    return reverse(name, args=[thing.reference])


def words(response):
    return " ".join(response.text.replace("\N{NO-BREAK SPACE}", " ").split())


def typed(response):
    """What the form of this page would send."""
    form = response.context["form"]
    return {field.name: str(field.value() or "") for field in form if field.value() is not None}


def visit_of(client, passport, **more):
    first = client.get(f"{page('visit_write', passport)}?activite=rv")
    form = first.context["form"]
    data = {name: form[name].value() for name in ("kind", "origin", "paper", "key", "place", "what")}
    data |= {"day": YESTERDAY.isoformat(), "hour": "10:00", "hours": "1", "what": "Relire le CV"} | more
    return {name: value for name, value in data.items() if value is not None}


def test_three_taps_write_a_visit(client, passport):
    kinds = client.get(page("visit_write", passport))
    assert "?activite=rv" in kinds.text
    assert "6 h possibles sur 6" in words(kinds)
    data = visit_of(client, passport, place="Au local")

    told = client.post(page("visit_write", passport), data)
    assert "il restera <b>5 h</b> sur 6 pour cette activité, et <b>34 h</b> sur 35 en tout" in words(told)
    assert not Cheque.objects.exists()
    done = client.post(page("visit_write", passport), data | {"sign": "1"})

    cheque = Cheque.objects.get()
    assert done.url == page("cheque_staff", cheque)
    assert (cheque.what, cheque.place, cheque.hours) == ("Relire le CV", "Au local", 1)
    assert cheque.counsellor_means == "session:password"
    assert "Faire signer maintenant" in client.get(done.url).text


def test_a_second_press_and_a_resent_form_write_nothing_more(client, passport):
    data = visit_of(client, passport) | {"sign": "1"}

    answers = {client.post(page("visit_write", passport), data).url for _press in range(3)}

    assert len(answers) == 1
    assert Cheque.objects.count() == 1


def test_who_has_not_shown_who_they_are_is_asked_and_loses_nothing(passport):
    client = logged_in(counsellor_of(passport).user)
    data = visit_of(client, passport) | {"sign": "1"}

    asked = client.post(page("visit_write", passport), data)
    assert asked.url.startswith(CONFIRM)
    assert not Cheque.objects.exists()
    after = client.post(asked.url, {"password": PASSWORD})

    assert Cheque.objects.get().what == "Relire le CV"
    assert after.status_code == FOUND


def test_what_is_refused_is_said_and_what_was_typed_stays(client, passport):
    make_proposal(passport, day=YESTERDAY, hour=10)

    for more in ({}, {"sign": "1"}, {"change": "1"}):
        answer = client.post(page("visit_write", passport), visit_of(client, passport, place="Au local") | more)
        assert 'value="Au local"' in answer.text
        assert ("déjà une visite à cette heure" in answer.text) is ("change" not in more)
    assert Cheque.objects.count() == 1


def test_a_day_is_two_cheques(client, passport):
    form = client.get(f"{page('visit_write', passport)}?activite=rencontre").context["form"]
    assert form.may_be_two
    data = visit_of(client, passport, kind="rencontre", hours="7", hour="09:00", resumes="14:00")

    told = words(client.post(page("visit_write", passport), data))
    assert "Vous allez signer deux chèques" in told
    done = client.post(page("visit_write", passport), data | {"sign": "1"})

    assert done.url == page("passport_staff", passport)
    assert [cheque.hours for cheque in Cheque.objects.in_order()] == [4, 3]


def test_a_planned_visit_fills_the_form_in(client, passport):
    passport.reservations.create(origin="event:abc", kind="rv", hours=2, starts_at=at(YESTERDAY, 14))

    kinds = client.get(page("visit_write", passport))
    assert "?prevu=event%3Aabc" in kinds.text
    form = client.get(f"{page('visit_write', passport)}?prevu=event:abc").context["form"]

    assert (form["origin"].value(), form["hours"].value(), form["day"].value()) == ("event:abc", 2, YESTERDAY)


def test_what_was_reserved_today_comes_with_its_activity(client, passport):
    passport.reservations.create(origin="event:abc", kind="rv", hours=2, starts_at=timezone.now())

    form = client.get(f"{page('visit_write', passport)}?activite=rv").context["form"]

    assert (form["origin"].value(), form["hours"].value()) == ("event:abc", 2)


@pytest.mark.parametrize("query", ["activite=autre", "prevu=x", "papier=", "activite[]=rv"])
def test_an_activity_that_is_not_there_leads_to_the_choice(client, passport, query):
    answer = client.get(f"{page('visit_write', passport)}?{query}")

    assert "Quelle activité" in answer.text


def test_a_leaf_that_is_not_mine_does_not_exist(client, passport):
    assert client.get(f"{page('visit_write', passport)}?papier=X-01").status_code == MISSING
    data = visit_of(client, passport) | {"paper": "X-01"}
    assert client.post(page("visit_write", passport), data).status_code == MISSING


def test_an_activity_that_is_no_kind_goes_back_to_the_choice(client, passport):
    answer = client.post(page("visit_write", passport), visit_of(client, passport, kind="autre"))

    assert answer.url == page("visit_write", passport)


def test_nothing_is_written_in_a_passport_that_is_not_open(client, passport):
    decisions.ask(passport, "end", reason="Emploi trouvé", by=counsellor_of(passport).user)

    for send in (client.get, client.post):
        assert "Rien ne s’ajoute" in send(page("visit_write", passport)).text


def test_the_passport_says_what_is_due_and_who_looked_is_noted(client, passport):
    make_proposal(passport, day=YESTERDAY)

    told = words(client.get(page("passport_staff", passport)))

    assert "1 visite à faire signer" in told
    assert Look.objects.get().user == counsellor_of(passport).user
    assert client.get(f"{page('passport_staff', passport)}?page=x").status_code == MISSING


def test_the_list_is_filtered_by_what_is_due_and_by_name(client, passport):
    make_proposal(passport, day=YESTERDAY)
    other = make_passport(member=make_member(last_name="Zola"))
    make_referent(other.member, counsellor_of(passport), role="remplacant")

    whole = client.get(reverse("passports"))
    assert whole.context["page"].paginator.count == 2
    assert [line.passport for line in client.get(reverse("passports") + "?a_faire=a_signer").context["page"]] == [
        passport
    ]
    assert [line.passport for line in client.get(reverse("passports") + "?q=zol").context["page"]] == [other]
    assert "Aucun passeport ne correspond" in client.get(reverse("passports") + "?q=xyz").text
    for wrong in ("a_faire=rien", "page=0", "page=99"):
        assert client.get(f"{reverse('passports')}?{wrong}").status_code == MISSING


def test_who_accompanies_nobody_is_told_what_opens_a_passport():
    assert "Aucun passeport pour le moment" in logged_in(make_counsellor().user).get(reverse("passports")).text


def test_a_proposal_is_withdrawn_once(client, passport):
    cheque = make_proposal(passport, day=YESTERDAY)

    for told in ("La visite est retirée", "Ce chèque est retiré"):
        answer = client.post(page("cheque_withdraw", cheque), follow=True)
        assert told in answer.text
    assert Cheque.objects.get().state == Cheque.State.WITHDRAWN


def test_a_signed_visit_is_cancelled_with_a_reason(client, passport):
    cheque = make_signed(passport, day=YESTERDAY)

    refused = client.post(page("cheque_cancel", cheque), {"reason": " "})
    assert "Dites pourquoi" in refused.text
    client.post(page("cheque_cancel", cheque), {"reason": "Mauvais jour"})

    assert Cheque.objects.get().state == Cheque.State.CANCELLED
    assert "Mauvais jour" in client.get(page("cheque_staff", cheque)).text
    assert "une seule fois" in client.post(page("cheque_cancel", cheque), {"reason": "Encore"}).text


def test_a_note_is_kept_changed_and_taken_away(client, passport):
    cheque = make_signed(passport, day=YESTERDAY)

    client.post(page("cheque_note", cheque), {"assessment": "Confiance", "strategy": "Réseau"})
    assert "Réseau" in client.get(page("cheque_staff", cheque)).text
    assert client.post(page("cheque_note", cheque), {"assessment": "x" * 2001}).status_code == OK
    client.post(page("cheque_note", cheque), {"next_steps": " "})

    assert not Note.objects.exists()


def test_the_counsellor_gives_an_opinion_of_a_visit(client, passport):
    cheque = make_signed(passport, day=YESTERDAY)

    assert "Choisissez" in client.post(page("cheque_judge", cheque), {"score": "9"}).text
    client.post(page("cheque_judge", cheque), {"score": "3", "words": "Bien préparé"})

    said = Evaluation.objects.get()
    assert (said.by, said.score, said.words, said.user) == (
        "conseiller",
        3,
        "Bien préparé",
        counsellor_of(passport).user,
    )
    assert "Bien préparé" in client.get(page("cheque_staff", cheque)).text


def test_a_dispute_is_answered_once(client, passport):
    cheque = make_signed(passport, day=YESTERDAY)
    dispute = disputes.open_dispute(cheque, "Je n’étais pas là", passport.member.user)

    assert "Je n’étais pas là" in client.get(page("cheque_staff", cheque)).text
    assert "Répondez au membre" in client.post(page("dispute_settle", dispute), {"outcome": "maintenue"}).text
    said = {"outcome": "maintenue", "answer": "La feuille est signée"}
    assert client.post(page("dispute_settle", dispute), said).url == page("cheque_staff", cheque)

    assert Dispute.objects.get().outcome == "maintenue"
    assert "déjà réglée" in client.post(page("dispute_settle", dispute), said).text


def test_decisions_are_asked_withdrawn_and_agreed_elsewhere(client, passport):
    until = (passport.ends_on + timedelta(days=5)).isoformat()
    asked = {"act": "extend", "motive": "Arrêt maladie", "until": until, "reason": "Malade"}

    assert "Donnez la raison" in client.post(page("decision_ask", passport), asked | {"reason": ""}).text
    assert "Choisissez un jour" in client.post(page("decision_ask", passport), asked | {"until": ""}).text
    client.post(page("decision_ask", passport), asked)
    first = Decision.objects.get()
    client.post(page("decision_withdraw", first))
    client.post(page("decision_ask", passport), asked)
    second = Decision.objects.exclude(pk=first.pk).get()
    assert "Dites où se trouve" in client.post(page("decision_agreed", second), {"proof": ""}).text
    client.post(page("decision_agreed", second), {"proof": "Courriel du 3 mars"})

    assert sorted(Decision.objects.values_list("state", flat=True)) == ["acceptee", "retiree"]
    assert "déjà sa réponse" in client.post(page("decision_withdraw", first), follow=True).text
    assert "Courriel du 3 mars" in client.get(page("passport_staff", passport)).text


def test_an_end_of_trial_and_an_end_hold_at_once(client, passport):
    day = (timezone.localdate() + timedelta(days=30)).isoformat()

    client.post(page("decision_ask", passport), {"act": "trial", "until": day, "reason": "Embauche", "motive": ""})
    client.post(page("decision_ask", passport), {"act": "end", "reason": "Départ", "until": day})

    passport.refresh_from_db()
    assert (passport.state, passport.trial_ends_on.isoformat()) == ("interrompu", day)
    assert "plus rien ne s’y décide" in client.get(page("decision_ask", passport)).text


@pytest.mark.parametrize("name", ["passport_staff", "visit_write", "decision_ask"])
def test_who_does_not_accompany_the_member_finds_nothing(passport, name):
    client = logged_in(make_counsellor().user)

    assert client.get(page(name, passport)).status_code == MISSING


def test_pages_are_kept_nowhere(client, passport):
    cheque = make_signed(passport, day=YESTERDAY)

    for address in (reverse("passports"), page("passport_staff", passport), page("cheque_staff", cheque)):
        assert "no-store" in client.get(address)["Cache-Control"]


def test_the_list_asks_as_much_for_many_as_for_few(passport, client, django_assert_max_num_queries):
    counsellor = counsellor_of(passport)
    for _number in range(8):
        other = make_passport()
        make_signed(other)
        make_referent(other.member, counsellor, role="remplacant")

    make_home()  # what the frame shows is then kept
    client.get(reverse("passports"))
    with django_assert_max_num_queries(12):
        client.get(reverse("passports"))
