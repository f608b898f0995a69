from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from notices import outbox


class Command(BaseCommand):
    help = "Put a message in the outbox, as the site does: the worker sends it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("to", help="an address that you read")

    def handle(self, *_args: Any, **options: Any) -> None:
        notice = outbox.put(kind="trial", to=options["to"], template="trial")
        self.stdout.write(f"Put in the outbox: {notice.reference}")
