from datetime import timedelta

import pytest
from django.utils import timezone

from decks import visits
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_a_first_visit_has_none_before():
    assert visits.come(make_user(), now=timezone.now()) is None


def test_coming_back_is_told_when_the_visit_before_was():
    user, monday = make_user(), timezone.now()
    visits.come(user, now=monday)

    assert visits.come(user, now=monday + timedelta(days=2)) == monday


def test_a_page_read_again_is_the_same_visit():
    user, monday = make_user(), timezone.now()
    wednesday = monday + timedelta(days=2)
    visits.come(user, now=monday)
    visits.come(user, now=wednesday)

    assert visits.come(user, now=wednesday + timedelta(minutes=20)) == monday
