"""The world is made once for a module; what a test does in it is undone."""

import pytest
from django.db import transaction

from tests.access.world import make_world


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


@pytest.fixture
def world(made):
    with transaction.atomic():
        yield made
        transaction.set_rollback(True)
