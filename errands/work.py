"""Errands: asked for in the transaction that needs them, done by a worker, never lost.

    @does("film")
    def transcode(errand: Errand) -> None: ...

    ask("film", about=film.reference)

What is registered may be called again after a crash: it looks first at what is
already done. A long one calls `renew(errand)` more often than once a `LEASE`;
one that has to be done again later raises `KeepTryingError`, and never asks for
itself.
"""

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial

from django.db import IntegrityError, transaction
from django.db.models import Case, F, When
from django.db.models.functions import Least
from django.tasks import task
from django.utils import timezone

from errands.models import Errand, ErrandQuerySet

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
MOST_ATTEMPTS = 5
# After the first failure, the second…
WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))
DONE_ARE_KEPT = timedelta(days=30)

Work = Callable[[Errand], None]


class KeepTryingError(Exception):
    """Not a failure of ours (a mail server is away): tried again for as long as it takes."""


_known: dict[str, Work] = {}


def does(kind: str) -> Callable[[Work], Work]:
    """Registers the function that does this kind of errand."""

    def register(work: Work) -> Work:
        _known[kind] = work
        return work

    return register


def ask(kind: str, *, about: str = "", due_at: datetime | None = None) -> None:
    """Have this done after the present transaction; asking again for what waits already changes nothing.

    What is being done at this moment is done once more: it may have read what has changed since.
    """
    now = timezone.now()
    due = due_at or now
    pending = Errand.objects.pending().filter(kind=kind, about=about)
    if pending.update(asked_at=now, due_at=Least("due_at", due)):
        return
    try:
        with transaction.atomic():
            errand = Errand.objects.create(kind=kind, about=about, asked_at=now, due_at=due)
    except IntegrityError:
        return  # asked for by another process at the same moment
    if due <= now:
        transaction.on_commit(partial(run_errand.enqueue, errand.pk))


def run_due(now: datetime | None = None) -> int:
    """Do every errand that is due, the longest awaited first; how many were taken up."""
    moment = now or timezone.now()
    waiting = Errand.objects.due(moment).oldest_first().values_list("pk", flat=True)
    return sum(perform(pk, now=moment) for pk in list(waiting))


def wake(now: datetime | None = None) -> int:
    """Queue again what is due: what waited for its time, what a process that died left behind."""
    waiting = list(Errand.objects.due(now).oldest_first().values_list("pk", flat=True))
    for pk in waiting:
        run_errand.enqueue(pk)
    return len(waiting)


@task()
def run_errand(pk: int) -> None:
    perform(pk)


def perform(pk: int, *, now: datetime | None = None) -> bool:
    """Do one errand under a lease; False when it is not due, or another process has it."""
    moment = now or timezone.now()
    if not _take(pk, moment):
        return False
    errand = Errand.objects.get(pk=pk)
    if errand.deaths >= MOST_ATTEMPTS:
        logger.error("Errand given up, for its process dies of it: %s", errand.kind)
        _put_off(errand, moment, "ProcessDied", for_good=True)
        return True
    try:
        _known[errand.kind](errand)
    except KeepTryingError as reason:
        _put_off(errand, moment, str(reason), for_good=False)
    except Exception as error:
        logger.exception("Errand failed: %s", errand.kind)
        _put_off(errand, moment, type(error).__name__, for_good=errand.attempts >= MOST_ATTEMPTS)
    else:
        _finish(errand)
    return True


def _take(pk: int, now: datetime) -> bool:
    """One statement, so that one process alone has it. A lease left behind tells of a death."""
    died = Case(When(leased_until__isnull=False, then=1), default=0)
    taken = Errand.objects.due(now).filter(pk=pk)
    return bool(taken.update(leased_until=now + LEASE, attempts=F("attempts") + 1, deaths=F("deaths") + died))


def _finish(errand: Errand) -> None:
    same = Errand.objects.filter(pk=errand.pk)
    if not same.filter(asked_at=errand.asked_at).update(done_at=timezone.now(), leased_until=None, error=""):
        same.update(leased_until=None, attempts=0, deaths=0, due_at=timezone.now())
        run_errand.enqueue(errand.pk)


def renew(errand: Errand, now: datetime | None = None) -> None:
    """Keep the errand for another `LEASE`."""
    Errand.objects.filter(pk=errand.pk).update(leased_until=(now or timezone.now()) + LEASE)


def _put_off(errand: Errand, now: datetime, error: str, *, for_good: bool) -> None:
    """The error is named, not quoted: it may speak of somebody."""
    wait = WAITS[min(errand.attempts, len(WAITS)) - 1]
    Errand.objects.filter(pk=errand.pk).update(
        leased_until=None, due_at=now + wait, error=error[:300], given_up_at=now if for_good else None
    )


def retry(errands: ErrandQuerySet, now: datetime | None = None) -> int:
    """Try again what was given up, but for what was asked anew since; how many."""
    moment = now or timezone.now()
    tried = 0
    for errand in errands.given_up().oldest_first():
        with suppress(IntegrityError), transaction.atomic():  # one like it is waiting
            Errand.objects.filter(pk=errand.pk).update(
                given_up_at=None, due_at=moment, leased_until=None, attempts=0, deaths=0
            )
            tried += 1
    return tried


def forget_done(now: datetime) -> int:
    """How many rows of errands done long ago were deleted."""
    deleted, _by_model = Errand.objects.filter(done_at__lt=now - DONE_ARE_KEPT).delete()
    return deleted
