from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from errands import work
from errands.models import Errand


class Command(BaseCommand):
    help = "Say which errands were given up; with --confirm, try them again once their cause has been put right."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--kind", help="only those of this kind")
        parser.add_argument("--confirm", action="store_true")

    def handle(self, *_args: Any, **options: Any) -> None:
        given_up = Errand.objects.given_up()
        if options["kind"]:
            given_up = given_up.filter(kind=options["kind"])
        for errand in given_up.oldest_first():
            self.stdout.write(f"{errand}: {errand.error}, {errand.attempts} attempts")
        if options["confirm"]:
            self.stdout.write(f"Tried again: {work.retry(given_up)}")
