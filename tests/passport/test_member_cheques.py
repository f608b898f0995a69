"""A member reads one visit, contests it, and says what it was worth."""

from itertools import product
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils import timezone

from passport import disputes, evaluations, ledger, looks
from passport.models import Dispute, Evaluation, Note, Passport
from tests.databases import undone
from tests.factories import make_home
from tests.hostile import TEXTS
from tests.passport.factories import make_proposal, make_signed
from tests.passport.reading import DAY, days_ago, make_running, of, plain, read
from tests.people import make_counsellor

pytestmark = pytest.mark.django_db


@pytest.fixture
def passport() -> Passport:
    return make_running()


@pytest.mark.parametrize("visits", [1, 6])
def test_a_visit_asks_as_many_questions_whatever_was_done(client, passport, visits, django_assert_max_num_queries):
    make_home()  # what the frame shows is then kept
    for number in range(visits):
        cheque = make_signed(passport, day=days_ago(39 - number))
        looks.note(passport, make_counsellor().user)
    for path, most in ((of(cheque), 12), (reverse("my_passport_looks", args=[passport.reference]), 8)):
        read(client, passport, path)
        with django_assert_max_num_queries(most):
            assert client.get(path).status_code == 200


def test_a_visit_says_its_three_parts(client, passport):
    cheque = make_signed(passport, day=days_ago(10), what="Relire le CV", place="Mairie de Sceaux", kind="candidature")
    Note.objects.create(passport=passport, cheque=cheque, author=cheque.counsellor, assessment="Bien\nparti")
    make_signed(passport, day=days_ago(9), kind="candidature")
    page = read(client, passport, of(cheque))

    for told in (cheque.number, "Relire le CV", "Mairie de Sceaux", "Bien", "1 h sur 12", "signée à deux"):
        assert told in page
    assert passport.sheet.order.organisation.name in page


def test_a_cancelled_visit_says_why_and_stays(client, passport):
    cheque = make_signed(passport, day=days_ago(3))
    ledger.cancel(cheque, reason="Mauvaise personne", counsellor=cheque.counsellor)

    assert "Raison : Mauvaise personne" in read(client, passport, of(cheque))
    assert "annulée" in read(client, passport)
    passport.entries.get(cancels=cheque.entry.seq if cheque.entry else 2).texts.all().delete()
    assert "Les heures vous sont rendues" in read(client, passport, of(cheque))


@pytest.mark.parametrize("close", ["withdraw", "expire"])
def test_a_visit_that_was_not_signed_is_read_too(client, passport, close):
    cheque = make_proposal(passport, day=days_ago(3))
    if close == "withdraw":
        ledger.withdraw(cheque, counsellor=cheque.counsellor)
    else:
        ledger.expire_due(timezone.now() + 9 * DAY)
    told = "retirée avant d’être signée" if close == "withdraw" else "pas signée à temps"
    assert told in read(client, passport, of(cheque))
    assert "Une erreur" not in read(client, passport, of(cheque))


def test_a_late_signature_is_said(client, passport):
    cheque = make_proposal(passport, day=days_ago(3))
    ledger.sign(cheque, member=passport.member, means="session:password", now=cheque.counsellor_signed_at + DAY)
    assert "signée à deux, en retard" in read(client, passport)


def test_a_member_contests_a_visit_and_takes_it_back(client, passport):
    cheque = make_signed(passport, day=days_ago(3))
    client.force_login(passport.member.user)
    assert "Dites ce qui ne va pas" in plain(client.post(of(cheque, "my_cheque_contest")).content.decode())
    client.post(of(cheque, "my_cheque_contest"), {"words": "Deux heures, pas une."})

    assert Dispute.objects.get(settled_at=None).words == "Deux heures, pas une."
    assert "contestée" in read(client, passport)
    assert "Deux heures, pas une." in read(client, passport, of(cheque))
    again = client.post(of(cheque, "my_cheque_contest"), {"words": "Encore"})
    assert "déjà contestée" in again.content.decode()
    assert "Encore" in again.content.decode()
    client.post(of(cheque, "my_cheque_agree"))
    assert Dispute.objects.get().outcome == Dispute.Outcome.WITHDRAWN
    assert client.post(of(cheque, "my_cheque_agree")).status_code == 302


def test_a_dispute_that_was_answered_shows_the_answer(client, passport):
    cheque = make_signed(passport, day=days_ago(3))
    dispute = disputes.open_dispute(cheque, "Non", passport.member.user, timezone.now())
    Dispute.objects.filter(pk=dispute.pk).update(outcome="maintenue", answer="Si.", settled_at=timezone.now())
    page = read(client, passport, of(cheque))
    assert "Si." in page
    assert "Contester cette visite" in page


def test_a_member_says_what_a_visit_was_worth_and_changes_it(client, passport):
    cheque = make_signed(passport, day=days_ago(3))
    client.force_login(passport.member.user)
    client.post(of(cheque, "my_cheque_judge"), {"score": "4", "words": "Très clair"})
    client.post(of(cheque, "my_cheque_judge"), {"score": "2", "words": "Moins", "words_are_shared": "on"})

    said = Evaluation.objects.get()
    assert (said.score, said.words, said.words_are_shared) == (2, "Moins", True)
    assert "Peu utile" in read(client, passport, of(cheque))


def test_a_member_judges_the_whole_once_a_visit_is_signed(client, passport):
    path = reverse("my_passport_judge", args=[passport.reference])
    client.force_login(passport.member.user)
    refused = client.post(path, {"score": "4"})
    assert "Une visite s’évalue une fois signée." in refused.content.decode()
    make_signed(passport, day=days_ago(3))
    assert client.post(path, {"score": "3", "words": "Utile pour moi"}).status_code == 302
    assert "Utile pour moi" in read(client, passport, path)
    assert "Votre accompagnement : utile" in read(client, passport)


def test_after_thirty_days_a_judgement_is_only_read(client, passport):
    cheque = make_signed(passport, day=days_ago(39))
    evaluations.judge(
        passport, by="membre", user=passport.member.user, score=3, cheque=cheque, now=timezone.now() - 31 * DAY
    )
    assert "Votre avis ne change plus" in read(client, passport, of(cheque, "my_cheque_judge"))


@pytest.mark.parametrize("typed", [{"score": "5"}, {"score": "0"}, {"score": ["1", "2"], "words": "x" * 601}, {}])
def test_what_cannot_be_kept_is_refused_beside_its_field(client, passport, typed):
    cheque = make_signed(passport, day=days_ago(3))
    client.force_login(passport.member.user)
    answer = client.post(of(cheque, "my_cheque_judge"), typed)
    assert answer.status_code == 200
    assert "field-error" in answer.content.decode()
    assert not Evaluation.objects.exists()


def test_whatever_is_typed_nothing_breaks(client, passport):
    """A text that no browser sends is refused by the site itself."""
    cheque = make_signed(passport, day=days_ago(3))
    client.force_login(passport.member.user)
    for text, name in product([*TEXTS, "a\x00b", "\ud800"], ("my_cheque_contest", "my_cheque_judge")):
        typed = urlencode({"words": text, "score": text}, errors="surrogatepass")
        with undone():
            answer = client.post(of(cheque, name), typed, content_type="application/x-www-form-urlencoded")
        assert answer.status_code in {200, 302, 400}, text
        assert answer.status_code != 400 or text in {"a\x00b", "\ud800"}, text
