"""An opinion sent twice at the same moment, on a server that runs both at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from events import opinions
from events.models import Booking, Opinion
from tests.events.factories import make_booking, make_session_over

TOGETHER = 4


@pytest.mark.django_db(transaction=True)
def test_an_opinion_sent_at_the_same_moment_is_given_once():
    if connection.vendor == "sqlite":
        pytest.skip("SQLite runs one writing transaction at a time: there is no such moment.")
    booking = make_booking(make_session_over(), attendance="venu")
    barrier = Barrier(TOGETHER)

    def send(_number):
        mine = Booking.objects.get(pk=booking.pk)
        barrier.wait(timeout=10)
        try:
            opinions.give(mine, useful=4, clear=4)
        except ValidationError as error:
            return error.code
        finally:
            connection.close()
        return "kept"

    with ThreadPoolExecutor(TOGETHER) as threads:
        answers = sorted(threads.map(send, range(TOGETHER)))

    assert answers == ["given"] * (TOGETHER - 1) + ["kept"]
    assert Opinion.objects.count() == 1
