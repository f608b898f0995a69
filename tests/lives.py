"""Lives at random, the same ones each time: what may happen is done to the site in any order, and undone at the end.

`LIVES=10` makes them ten times as many, for a night: `LIVES=10 make trials ARGS=tests/passport/test_life.py`.
"""

import os

from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

TIMES = int(os.environ.get("LIVES", "1"))


class Undone(RuleBasedStateMachine):
    """Of which the database keeps nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)


def live(life: type[Undone], *, lives: int, steps: int, shortened: bool = True) -> None:
    """`shortened`: a life that fails is told as short as it can be, which takes minutes."""
    phases = [Phase.generate, Phase.shrink] if shortened else [Phase.generate]
    run_state_machine_as_test(
        life,
        settings=settings(
            max_examples=lives * TIMES,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            database=None,
            phases=phases,
            suppress_health_check=list(HealthCheck),
        ),
    )
