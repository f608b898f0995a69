"""Who waited too long for what somebody else was writing is asked to come back, and nothing is half done."""

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import RequestFactory

from actess.busy import SECONDS, BusyMiddleware


class CauseError(Exception):
    def __init__(self, sqlstate):
        super().__init__()
        self.sqlstate = sqlstate


def answer_to(error, cause=None):
    error.__cause__ = cause
    return BusyMiddleware(HttpResponse).process_exception(RequestFactory().post("/espace/"), error)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (OperationalError("canceling statement due to lock timeout"), CauseError("55P03")),
        (OperationalError("deadlock detected"), CauseError("40P01")),
        (OperationalError("database is locked"), None),
    ],
)
def test_a_lock_that_did_not_come_is_a_pause(error, cause):
    answer = answer_to(error, cause)

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, str(SECONDS))
    assert "Rien n’a été enregistré" in answer.text


@pytest.mark.parametrize(
    ("error", "cause"),
    [(OperationalError("server closed"), CauseError("57P01")), (ValueError("database is locked"), None)],
)
def test_another_error_is_an_error(error, cause):
    assert answer_to(error, cause) is None
