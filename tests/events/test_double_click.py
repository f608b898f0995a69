"""The same demand sent twice at the same moment, on a server that runs both at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from events import sessions
from events.models import InfoSession
from tests.factories import make_session, make_user

TOGETHER = 4


@pytest.mark.django_db(transaction=True)
def test_a_series_demanded_at_the_same_moment_is_made_once():
    if connection.vendor == "sqlite":
        pytest.skip("SQLite runs one writing transaction at a time: there is no such moment.")
    source, editor, token = make_session(), make_user(), uuid4()
    barrier = Barrier(TOGETHER)

    def demand(_number):
        barrier.wait(timeout=10)
        try:
            made = sessions.repeat_weekly(source, weeks=5, token=token, visible=True, by=editor)
            return [session.pk for session in made]
        finally:
            connection.close()

    with ThreadPoolExecutor(TOGETHER) as threads:
        answers = list(threads.map(demand, range(TOGETHER)))

    assert InfoSession.objects.count() == 1 + 5
    assert answers == [answers[0]] * TOGETHER
