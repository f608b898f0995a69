"""A member is handed over once both counsellors agree; a refusal leaves everything as it was."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts import referents, relays
from accounts.models import Referent, Relay
from notices.models import Notice
from spaces import erasure
from spaces.models import Erasure
from spaces.personal_data import Person
from tests.factories import make_user
from tests.people import make_counsellor, make_member, make_referent

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def followed():
    return make_referent(make_member(first_name="Nour", last_name="Belkacem"))


@pytest.fixture
def other():
    return make_counsellor()


@pytest.fixture
def relay(followed, other):
    return relays.ask(followed.member, to=other, reason=" Congé de six mois. ", by=followed.counsellor.user)


def follow(member):
    return [row.counsellor for row in referents.who_follows(member)]


def code_of(refusal):
    error = refusal.value
    return error.code if hasattr(error, "code") else next(iter(error.error_dict))


def test_nothing_changes_until_it_is_accepted(followed, other, relay):
    assert follow(followed.member) == [followed.counsellor]

    row = relays.accept(relay, by=other.user)

    assert follow(followed.member) == [other]
    assert (row.reason, row.recorded_by) == ("Congé de six mois.", other.user)
    assert [notice.recipient for notice in Notice.objects.order_by("pk")] == [
        other.user.email,
        followed.counsellor.user.email,
    ]
    assert not Notice.objects.filter(text__contains="Belkacem").exists()


def test_a_refusal_says_why_and_leaves_the_referent(followed, other, relay):
    with pytest.raises(ValidationError) as refusal:
        relays.refuse(relay, answer=" ", by=other.user)
    assert code_of(refusal) == "answer"

    relays.refuse(relay, answer="Je suis déjà au complet.", by=other.user)

    assert follow(followed.member) == [followed.counsellor]
    assert Relay.objects.get().outcome == Relay.Outcome.REFUSED


@pytest.mark.parametrize("answer", [relays.accept, lambda relay, by: relays.refuse(relay, answer="Non", by=by)])
def test_only_who_was_asked_answers_and_once(followed, other, relay, answer):
    for stranger in (followed.counsellor.user, make_counsellor().user, make_user()):
        with pytest.raises(ValidationError) as refusal:
            answer(relay, by=stranger)
        assert code_of(refusal) == "not_yours"

    answer(relay, by=other.user)
    with pytest.raises(ValidationError) as refusal:
        answer(relay, by=other.user)
    assert code_of(refusal) == "answered"


def test_one_that_is_taken_back_is_answered_by_nobody(other, relay):
    relays.withdraw(relay)

    assert not relays.to_answer(other.user).exists()
    with pytest.raises(ValidationError):
        relays.accept(relay, by=other.user)


def test_what_staff_decide_meanwhile_ends_it(followed, other, relay):
    referents.hand_over(followed.member, to=make_counsellor(), reason="Départ", by=make_user())

    with pytest.raises(ValidationError):
        relays.accept(relay, by=other.user)
    assert relays.waiting_of(followed.member) is None


def test_one_whose_referent_left_meanwhile_is_not_accepted(followed, other, relay):
    Referent.objects.filter(pk=followed.pk).update(ends_at=timezone.now())

    with pytest.raises(ValidationError) as refusal:
        relays.accept(relay, by=other.user)
    assert code_of(refusal) == "changed"


@pytest.mark.parametrize(
    ("to", "reason", "by", "code"),
    [
        ("other", " ", "referent", "reason"),
        ("other", "Relais", "stranger", "not_yours"),
        ("referent", "Relais", "referent", "same"),
        ("gone", "Relais", "referent", "retired"),
    ],
)
def test_what_is_refused(followed, other, to, reason, by, code):
    gone = make_counsellor(ends_on=timezone.localdate() - DAY)
    people = {"other": other, "referent": followed.counsellor, "gone": gone, "stranger": make_counsellor()}

    with pytest.raises(ValidationError) as refusal:
        relays.ask(followed.member, to=people[to], reason=reason, by=people[by].user)

    assert code_of(refusal) == code
    assert not Relay.objects.exists()


def test_two_do_not_wait_at_once(followed, relay):
    with pytest.raises(ValidationError):
        relays.ask(followed.member, to=make_counsellor(), reason="Encore", by=followed.counsellor.user)


def test_on_the_pages_it_is_asked_then_accepted(client, followed, other):
    record = reverse("member_record", args=[followed.member.reference])
    client.force_login(followed.counsellor.user)
    asked = client.post(
        reverse("hand_over", args=[followed.member.reference]), {"counsellor": other.pk, "reason": "Congé"}, follow=True
    )
    assert "Sa réponse est attendue" in asked.text

    client.force_login(other.user)
    home = client.get(reverse("counsellor_space")).text
    page = reverse("relay", args=[Relay.objects.get().reference])
    assert page in home
    assert "Congé" in client.get(page).text
    assert client.get(record).status_code == 404
    assert client.post(page, {"verdict": "oui"}, follow=True).redirect_chain[-1][0] == record

    client.force_login(followed.counsellor.user)
    assert client.get(record).status_code == 404


def test_on_the_pages_it_is_refused_with_a_reason(client, followed, other, relay):
    page = reverse("relay", args=[relay.reference])
    client.force_login(other.user)
    assert "Dites pourquoi" in client.post(page, {"verdict": "non", "answer": ""}).text
    assert client.post(page, {"verdict": "peut-être"}).status_code == 200

    client.post(page, {"verdict": "non", "answer": "Je pars aussi."})

    client.force_login(followed.counsellor.user)
    assert "Je pars aussi." in client.get(reverse("member_record", args=[followed.member.reference])).text


def test_on_the_pages_it_is_taken_back(client, followed, relay):
    client.force_login(followed.counsellor.user)

    answer = client.post(reverse("relay_withdraw", args=[followed.member.reference]), follow=True)

    assert "retirée" in answer.text
    assert "Confier à un autre conseiller" in answer.text


def test_an_erased_member_leaves_no_reason(followed, relay):
    erasure.erase(Person(followed.member.user, followed.member), why=Erasure.Why.ASKED)

    left = Relay.objects.get()
    assert (left.reason, left.outcome) == ("", Relay.Outcome.WITHDRAWN)
