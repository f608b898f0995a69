"""One errand, several processes at the same moment: one of them does it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from errands import work
from errands.models import Errand

TOGETHER = 4
ROUNDS = 10
done = []


@work.does("test-race")
def note(errand):
    done.append(errand.pk)


@pytest.mark.django_db(transaction=True)
def test_an_errand_taken_by_several_at_once_is_done_by_one():
    if connection.vendor == "sqlite":
        pytest.skip("A database in memory has one writer; two real workers are a trial.")
    done.clear()
    errands = [Errand.objects.create(kind="test-race", about=str(number)).pk for number in range(ROUNDS)]
    barrier = Barrier(TOGETHER)

    def perform_all(_number):
        try:
            taken = 0
            for pk in errands:
                barrier.wait(timeout=10)
                taken += work.perform(pk)
            return taken
        finally:
            connection.close()

    with ThreadPoolExecutor(TOGETHER) as threads:
        taken = sum(threads.map(perform_all, range(TOGETHER)))

    assert taken == ROUNDS
    assert sorted(done) == errands


@pytest.mark.django_db(transaction=True)
def test_the_same_errand_asked_by_several_at_once_waits_once():
    if connection.vendor == "sqlite":
        pytest.skip("A database in memory has one writer.")
    barrier = Barrier(TOGETHER)

    def ask(_number):
        try:
            barrier.wait(timeout=10)
            work.ask("test-nobody-does-it", about="a", due_at=None)
        finally:
            connection.close()

    with ThreadPoolExecutor(TOGETHER) as threads:
        list(threads.map(ask, range(TOGETHER)))

    assert Errand.objects.filter(kind="test-nobody-does-it").count() == 1
