"""The background worker: queued tasks as they come, and what is due each minute."""

import logging
import os
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_TICKS = 60
SECONDS_BETWEEN_LOOKS = 1
SECONDS_AFTER_A_FAILURE = 5


class Command(BaseCommand):
    help = "Run queued tasks, and `tick` each minute, until stopped. The task being run is finished first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--parent", type=int, help="stop when this process is no longer the parent of this one")

    def handle(self, *_args: Any, **options: Any) -> None:
        worker = Worker(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
        )
        worker.configure_signals()
        next_tick = time.monotonic()
        while worker.running and options["parent"] in (None, os.getppid()):
            try:
                if time.monotonic() >= next_tick:
                    next_tick = time.monotonic() + SECONDS_BETWEEN_TICKS
                    call_command("tick", verbosity=0)
                worker.run()
            except DatabaseError:
                # A database that is away for a moment comes back without anybody's help.
                logger.exception("The database did not answer; trying again.")
                connection.close()
                time.sleep(SECONDS_AFTER_A_FAILURE)
            time.sleep(SECONDS_BETWEEN_LOOKS)
