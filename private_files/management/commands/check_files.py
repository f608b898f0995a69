from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from private_files import orphans


class Command(BaseCommand):
    help = "Say which private files belong to no row for a day (--confirm deletes them); fail if a row lost its file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--confirm", action="store_true")

    def handle(self, *_args: Any, **options: Any) -> None:
        for path in orphans.ownerless(timezone.now()):
            self.stdout.write(f"{'Deleted' if options['confirm'] else 'Of no row'}: {path}")
            if options["confirm"]:
                path.unlink()
        if lost := orphans.lost():
            raise CommandError("\n".join(f"Lost: {row}" for row in lost))
