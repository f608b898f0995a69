"""A code to sign: hard to guess, blocked after five wrong ones, kept nowhere in clear."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from passport import pins
from passport.models import Pin
from tests.people import make_member

pytestmark = pytest.mark.django_db
CODE, WRONG = "480927", "730154"


@pytest.fixture
def member():
    found = make_member(born_on=date(1987, 4, 25))
    pins.choose(found, CODE)
    return found


EASY = ["000000", "999999", "123456", "012345", "567890", "987654", "098765", "121212", "373737", "480480"]
OF_BIRTH = ["250487", "042587", "870425", "198704", "041987"]


@pytest.mark.parametrize("code", EASY + OF_BIRTH)
def test_an_easy_code_is_refused(member, code):
    with pytest.raises(ValidationError, match="trop facile"):
        pins.choose(member, code)

    assert pins.is_right(member, CODE)


@pytest.mark.parametrize(
    "code", ["", "48092", "4809270", "48092a", " 480927", "480927\n", "\uff14" * 6, "48\x00927", "\xb2" * 6]
)
def test_a_code_is_six_digits(member, code):
    with pytest.raises(ValidationError, match="6 chiffres"):
        pins.choose(member, code)

    assert not pins.is_right(member, code)
    assert pins.of(member).tries == 0


def test_without_a_day_of_birth_other_codes_still_are_easy():
    member = make_member()

    assert pins.is_easy(member, "111111")
    assert not pins.is_easy(member, "250487")


def test_only_a_digest_is_kept_that_says_nothing_without_the_site_s_key(member):
    other = make_member()
    pins.choose(other, CODE)
    digests = set(Pin.objects.values_list("digest", flat=True))

    assert len(digests) == 2
    assert not any(CODE in digest for digest in digests)
    assert not pins.is_right(other, WRONG)
    Pin.objects.filter(member=other).update(digest=pins.of(member).digest)
    assert not pins.is_right(other, CODE)


def test_a_thousand_wrong_codes_are_five_tries_and_the_right_one_no_longer_opens(member):
    for _try in range(pins.TRIES):
        assert not pins.is_right(member, WRONG)
    blocked = pins.of(member)

    assert blocked.locked_at
    assert not any(pins.is_right(member, f"{number:06}") for number in range(995))
    assert not pins.is_right(member, CODE)
    assert pins.of(member).tries == blocked.tries == pins.TRIES
    assert pins.of(member).locked_at == blocked.locked_at


def test_a_right_code_puts_the_tries_back_to_zero(member):
    for _try in range(pins.TRIES - 1):
        pins.is_right(member, WRONG)

    assert pins.is_right(member, CODE)
    assert pins.of(member).tries == 0


def test_another_code_opens_what_was_blocked_and_the_old_one_is_none(member):
    for _try in range(pins.TRIES):
        pins.is_right(member, WRONG)

    pins.choose(member, WRONG)

    assert pins.is_right(member, WRONG)
    assert not pins.is_right(member, CODE)
    assert Pin.objects.count() == 1


def test_who_has_none_is_answered_like_a_wrong_one(member):
    pins.remove(member)

    assert pins.of(member) is None
    assert not pins.is_right(member, CODE)
    assert not Pin.objects.exists()
