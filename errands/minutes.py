"""What an application has done each minute by `tick`: only what is due, and nothing when it is called twice."""

from collections.abc import Callable
from datetime import datetime

Job = Callable[[datetime], int]

JOBS: dict[str, Job] = {}


def each_minute(name: str, job: Job) -> None:
    """In `AppConfig.ready`. The job is given the moment, and gives back how many things it did."""
    JOBS[name] = job
