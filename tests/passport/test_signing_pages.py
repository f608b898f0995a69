"""What a member signs in their own session, and what nobody signs for them."""

from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import reverse

from accounts.authentication.addresses import mark_verified
from notices.models import Notice
from passport import ledger, pins
from passport.models import Cheque, PaperCheque, Passport, SigningLink
from tests.accounts.doors import PASSWORD, TYPE_CODE, ask_code, code_received
from tests.passport.factories import counsellor_of
from tests.passport.signing import CONFIRM, confirmed, link, logged_in, make_waiting, own_page, owner, state
from tests.people import make_counsellor, make_member, make_referent

pytestmark = pytest.mark.django_db
CODE = "480927"
OK, FOUND, MISSING = HTTPStatus.OK, HTTPStatus.FOUND, HTTPStatus.NOT_FOUND


@pytest.fixture
def cheque():
    return make_waiting()


def test_the_page_says_all_that_is_signed_and_what_is_left(cheque):
    text = " ".join(confirmed(owner(cheque)).get(own_page(cheque)).text.split())

    for said in ("Relire le CV", "Au local", "1 heure", cheque.number, str(cheque.counsellor), "10 h"):
        assert said in text
    assert "il reste <b>5 h</b> sur 6 pour cette activité, et <b>34 h</b> sur 35 en tout" in text
    assert "Signer cette visite" in text


def test_one_press_signs_and_a_second_changes_nothing(cheque):
    client = confirmed(owner(cheque))

    first, second = client.post(own_page(cheque)), client.post(own_page(cheque))

    assert (first.status_code, second.status_code) == (FOUND, FOUND)
    assert first.url == own_page(cheque)
    signed = Cheque.objects.get(pk=cheque.pk)
    assert (signed.state, signed.member_means) == ("signe", "session:password")
    assert signed.passport.entries.filter(act="visit").count() == 1
    text = client.get(own_page(cheque)).text
    assert "C’est signé" in text
    assert "dans votre espace, avec votre mot de passe" in text
    assert "Signer cette visite" not in text


def test_who_has_shown_nothing_for_ten_minutes_is_asked_and_what_was_pressed_is_done_then(cheque):
    client = logged_in(owner(cheque))

    asked = client.post(own_page(cheque))

    assert asked.status_code == FOUND
    assert asked.url.startswith(CONFIRM)
    assert state(cheque) == "propose"
    done = client.post(asked.url, {"password": PASSWORD, "next": own_page(cheque)})
    assert (done.status_code, done.url) == (FOUND, own_page(cheque))
    assert state(cheque) == "signe"


def test_what_was_shown_eleven_minutes_ago_is_asked_again(cheque):
    client = confirmed(owner(cheque))
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 11 * 60
    session.save()

    assert client.post(own_page(cheque)).url.startswith(CONFIRM)
    assert state(cheque) == "propose"


def test_a_login_of_a_minute_ago_is_enough_and_another_person_s_is_not(client, cheque):
    confirmed_other = confirmed(make_member().user)
    assert confirmed_other.post(own_page(cheque)).status_code == MISSING

    confirmed_other.force_login(owner(cheque))
    assert confirmed_other.post(own_page(cheque)).url.startswith("/compte/")
    assert state(cheque) == "propose"


def test_nobody_else_opens_it_not_even_who_proposed_it(cheque):
    assert confirmed(counsellor_of(cheque.passport).user).post(own_page(cheque)).status_code == HTTPStatus.FORBIDDEN
    assert confirmed(make_member().user).get(own_page(cheque)).status_code == MISSING


@pytest.mark.parametrize(
    ("meanwhile", "told"),
    [
        (lambda cheque: ledger.withdraw(cheque, counsellor=cheque.counsellor), "retiré"),
        (lambda _cheque: Passport.objects.update(state="suspendu"), "suspendu"),
        (lambda _cheque: Cheque.objects.update(state="expire"), "expiré"),
    ],
)
def test_what_changed_while_the_page_was_open_is_told_and_nothing_is_signed(cheque, meanwhile, told):
    client = confirmed(owner(cheque))
    client.get(own_page(cheque))
    meanwhile(cheque)

    answer = client.post(own_page(cheque))

    assert answer.status_code == HTTPStatus.CONFLICT
    assert told in answer.text
    assert "Signer cette visite</button>" not in answer.text
    assert state(cheque) != "signe"


def test_who_accompanies_the_member_shows_the_qr_code_and_sees_when_it_is_signed(cheque):
    client = logged_in(counsellor_of(cheque.passport).user)
    page = reverse("cheque_to_sign", args=[cheque.reference])
    assert "Pas encore signé" in client.get(page).text
    assert not SigningLink.objects.exists()

    assert '<svg class="qr"' in client.post(page, {"way": "qr"}).text
    opened = client.post(page, {"way": "pin"})

    assert opened.url.startswith("/signer/")
    assert set(SigningLink.objects.values_list("means", flat=True)) == {"qr", "pin"}
    assert not SigningLink.objects.filter(digest__in=opened.url.split("/")).exists()
    for way in ("", "papier", "\x00"):
        assert client.post(page, {"way": way}).url == page
    ledger.sign(cheque, member=cheque.passport.member, means="pin")
    assert "La personne a signé" in client.get(page).text
    assert client.post(page, {"way": "pin"}).url == page


def test_no_other_counsellor_has_it_signed(cheque):
    page = reverse("cheque_to_sign", args=[cheque.reference])

    assert logged_in(make_counsellor().user).get(page).status_code == MISSING
    other = make_referent(make_member()).counsellor.user
    assert logged_in(other).post(page, {"way": "pin"}).status_code == MISSING


def test_a_member_chooses_a_code_changes_it_and_removes_it(cheque):
    page, member = reverse("signing_code"), cheque.passport.member
    client = confirmed(member.user)

    assert client.post(page, {"code": "480 927", "again": CODE}).url == page
    assert pins.is_right(member, CODE)
    Notice.objects.all().delete()
    assert "Choisi le" in client.get(page).text
    for wrong in ({"code": "123456", "again": "123456"}, {"code": CODE, "again": "480928"}, {"code": "4809"}, {}):
        answer = client.post(page, wrong)
        assert answer.status_code == OK
        assert "autofocus" in answer.text
        assert wrong.get("code", CODE) not in answer.text
    assert client.post(page, {"remove": "1"}).url == page
    assert pins.of(member) is None


def test_a_code_is_chosen_only_by_who_has_just_shown_who_they_are(cheque):
    page = reverse("signing_code")
    client = logged_in(owner(cheque))

    assert client.get(page).url == f"{CONFIRM}?next=%2Fespace%2Fpasseport%2Fcode%2F"
    client.post(page, {"code": CODE, "again": CODE})

    assert pins.of(cheque.passport.member) is None
    assert CODE not in str(dict(client.session))


def test_tries_and_a_blocked_code_are_told_to_the_member(cheque):
    member = cheque.passport.member
    pins.choose(member, CODE)
    client = confirmed(member.user)
    pins.is_right(member, "730154")
    assert "1\N{NO-BREAK SPACE}essai depuis" in client.get(reverse("signing_code")).text

    for _try in range(4):
        pins.is_right(member, "730154")

    assert "Votre code est bloqué" in client.get(reverse("signing_code")).text


def test_somebody_without_a_password_comes_back_with_a_code_and_signs(cheque):
    user = owner(cheque)
    mark_verified(user)
    client = Client()
    client.force_login(user)
    for page in (own_page(cheque), reverse("signing_code")):
        text = client.get(page).text
        assert "Revenir avec un code" in text
        assert "Signer cette visite</button>" not in text
    back = f"{reverse('account_request_login_code')}?next={own_page(cheque)}"

    assert client.post(reverse("account_logout"), {"next": back}).url == back
    ask_code(client, user.email)
    client.post(TYPE_CODE, {"code": code_received(user.email)})
    client.post(own_page(cheque))

    assert Cheque.objects.get(pk=cheque.pk).member_means == "session:code"


def test_a_visit_signed_on_paper_is_confirmed_on_its_own_page(cheque):
    PaperCheque.objects.create(serial="K7QM-01", counsellor=cheque.counsellor, cheque=cheque)
    client = confirmed(owner(cheque))

    for answer in (client.get(own_page(cheque)), client.post(own_page(cheque))):
        assert answer.url == reverse("paper_confirm", args=[cheque.reference])
    assert state(cheque) == "propose"


def test_the_pages_ask_a_bounded_number_of_questions(cheque, django_assert_max_num_queries):
    member, staff = confirmed(owner(cheque)), logged_in(counsellor_of(cheque.passport).user)
    pages = [
        (member, own_page(cheque)),
        (member, reverse("signing_code")),
        (staff, reverse("cheque_to_sign", args=[cheque.reference])),
        (Client(), link(cheque)),
    ]

    for client, page in pages:
        client.get(page)
        with django_assert_max_num_queries(16):
            assert client.get(page).status_code == OK
