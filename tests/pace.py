"""How slow this machine is now.

Bounds in seconds are those of one machine, and machines are noisy: the same one
is half as quick a minute later. What is compared with a bound is in seconds of
that one: the quickest of several, beside the quickest of as many references.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from time import perf_counter, process_time, thread_time

STEPS = 300_000
# What these steps take on the machine that bounds were set on, when it does nothing else.
SECONDS = 0.017


def slowness() -> float:
    """How many times slower than that one, 1 at the least: the quickest of three."""
    return max(min(seconds_of(_reference) for _time in range(3)) / SECONDS, 1.0)


def quickest(work: Callable[[], object], *, bound: float, least: int = 10, most: int = 60) -> float:
    """The seconds that it takes, once it was done `least` times; more, as long as they pass the bound.

    Of the machine that bounds were set on. Both sides are the quickest of the
    same minute: a moment at which the reference alone was slow changes nothing.
    """
    times, references = [], []
    while len(times) < least or (_in_its_seconds(times, references) > bound and len(times) < most):
        times.append(seconds_of(work))
        references.append(seconds_of(_reference))
    return _in_its_seconds(times, references)


@contextmanager
def cost() -> Iterator[Callable[[], float]]:
    """What is done meanwhile, in seconds of a processor of that machine, once it is done.

    For what is too long to do twice: the reference is taken twice a second beside it.
    """
    done, references = Event(), []

    def refer() -> None:
        while not references or not done.wait(0.5):
            start = thread_time()
            _reference()
            references.append(thread_time() - start)

    beside, start, ends = Thread(target=refer), process_time(), []
    beside.start()
    try:
        yield lambda: ends[0]
    finally:
        done.set()
        beside.join()
        own = process_time() - start - sum(references)
        ends.append(own / max(sum(references) / len(references) / SECONDS, 1.0))


def _in_its_seconds(times: list[float], references: list[float]) -> float:
    return min(times) / max(min(references) / SECONDS, 1.0)


def seconds_of(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def _reference() -> int:
    total = 0
    for step in range(STEPS):
        total += step
    return total
