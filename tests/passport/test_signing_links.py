"""What a link to sign opens: the member's telephone by a QR code, the counsellor's by the member's own code."""

from http import HTTPStatus

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from passport import guessing, pins, signing
from passport.models import Cheque, SigningLink
from tests.accounts.doors import PASSWORD
from tests.passport.factories import counsellor_of
from tests.passport.signing import confirmed, link, logged_in, make_waiting, own_page, owner, state
from tests.people import make_member

pytestmark = pytest.mark.django_db
CODE = "480927"
OK, MISSING = HTTPStatus.OK, HTTPStatus.NOT_FOUND


@pytest.fixture
def cheque():
    return make_waiting()


def test_the_qr_code_opens_the_cheque_on_the_member_s_own_telephone(cheque):
    address = link(cheque, "qr")
    assert Client().get(address).url.startswith("/compte/connexion/")
    client = logged_in(owner(cheque))
    assert "Relire le CV" in client.get(address).text

    asked = client.post(address)
    done = client.post(asked.url, {"password": PASSWORD, "next": address})

    assert done.url == own_page(cheque)
    assert Cheque.objects.get(pk=cheque.pk).member_means == "qr:password"
    assert client.get(address).url == own_page(cheque)
    assert client.post(address).url == own_page(cheque)
    assert SigningLink.objects.get().used_at


@pytest.mark.parametrize("who", ["counsellor", "stranger"])
def test_the_qr_code_serves_nobody_else(cheque, who):
    user = counsellor_of(cheque.passport).user if who == "counsellor" else make_member().user
    client = confirmed(user)

    for answer in (client.get(link(cheque, "qr")), client.post(link(cheque, "qr"))):
        assert answer.status_code == MISSING
        assert "Relire le CV" not in answer.text
    assert state(cheque) == "propose"


def test_a_code_signs_on_the_counsellor_s_telephone_without_their_session(cheque):
    pins.choose(cheque.passport.member, CODE)
    counsellor = counsellor_of(cheque.passport).user
    client, address = confirmed(counsellor), link(cheque)

    shown = client.get(address)
    assert "Relire le CV" in shown.text
    assert "il reste <b>5\N{NO-BREAK SPACE}h</b>" in shown.text
    assert "Se déconnecter" not in shown.text
    assert "conseil/" not in shown.text
    done = client.post(address, {"code": "480 927"})

    assert done.status_code == OK
    assert "C’est signé" in done.text
    signed = Cheque.objects.get(pk=cheque.pk)
    assert (signed.state, signed.member_means) == ("signe", "pin")


def test_a_double_press_on_the_code_s_page_says_the_same_and_the_used_link_opens_no_more(cheque):
    pins.choose(cheque.passport.member, CODE)
    address = link(cheque)

    answers = [Client().post(address, {"code": CODE}) for _press in range(2)]

    assert [answer.status_code for answer in answers] == [OK, OK]
    assert all("C’est signé" in answer.text for answer in answers)
    assert cheque.passport.entries.filter(act="visit").count() == 1
    assert Client().get(address).status_code == MISSING


def test_the_counsellor_s_session_signs_nothing_without_the_code(cheque):
    client = confirmed(counsellor_of(cheque.passport).user)

    for typed in ("", "111111", "48092", "480927'", "\x00", "\uff19" * 6, "1" * 5000):
        assert client.post(link(cheque), {"code": typed}).status_code == OK
    assert client.post(link(cheque), {"code": ["1", "2"]}).status_code == OK
    form = "application/x-www-form-urlencoded"
    assert client.post(link(cheque), "code=%ED%A0%80", content_type=form).status_code == HTTPStatus.BAD_REQUEST
    assert state(cheque) == "propose"


def test_the_code_of_somebody_else_signs_nothing(cheque):
    other = make_member()
    pins.choose(other, CODE)
    pins.choose(cheque.passport.member, "730154")

    assert signing.WRONG in Client().post(link(cheque), {"code": CODE}).text
    assert state(cheque) == "propose"


def test_no_code_a_wrong_one_and_a_blocked_one_get_the_same_answer(cheque):
    def answer():
        text = Client().post(address, {"code": "730154"}).text
        return text.partition("<main")[2].partition("csrfmiddlewaretoken")[0]

    address = link(cheque)
    without = answer()
    pins.choose(cheque.passport.member, CODE)
    wrong = answer()
    for _try in range(pins.TRIES):
        answer()

    assert pins.of(cheque.passport.member).locked_at
    assert without == wrong == answer()


@pytest.mark.parametrize("change", [{"expires_at": timezone.now()}, {"digest": "0" * 64}, {"used_at": timezone.now()}])
@pytest.mark.parametrize("way", ["pin", "qr"])
def test_an_old_an_unknown_and_a_used_link_are_one_page(cheque, change, way):
    address = link(cheque, way)
    SigningLink.objects.update(**change)
    client = Client() if way == "pin" else confirmed(owner(cheque))
    unknown = Client().get(reverse("sign_by_link", args=["x"]))

    answer = client.get(address)

    if way == "qr" and "used_at" in change:
        assert answer.url == own_page(cheque)
        return
    assert (answer.status_code, answer.content) == (MISSING, unknown.content)
    assert client.post(address, {"code": CODE}).status_code in {MISSING, OK}
    assert state(cheque) == "propose"


def test_a_new_link_ends_the_one_before(cheque):
    first, second = link(cheque), link(cheque)

    assert Client().get(first).status_code == MISSING
    assert Client().get(second).status_code == OK


def test_who_tries_many_links_is_slowed_and_a_live_one_still_opens(cheque):
    cache.clear()
    address = link(cheque)
    for number in range(guessing.UNKNOWN_AN_HOUR):
        assert Client().get(f"/signer/{number}/").status_code == MISSING

    assert Client().get("/signer/encore/").status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert Client().get(address).status_code == OK
    cache.clear()


def test_the_link_is_told_to_nobody(cheque):
    answer = Client().get(link(cheque))

    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Robots-Tag"] == "noindex"
    assert "no-store" in answer["Cache-Control"]
