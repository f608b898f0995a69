from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from home.demo import loader


class Command(BaseCommand):
    help = "Load the demonstration, or what it lacks. With --flush --confirm, start over from an empty site."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--flush", action="store_true", help="take the site's whole content away first")
        parser.add_argument("--confirm", action="store_true", help="yes, take it away")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["flush"]:
            if not options["confirm"]:
                raise CommandError("Nothing was done: --flush takes away the whole content. Say --flush --confirm.")
            loader.flush()
            self.stdout.write("The site is empty.")
        loader.load(say=self.stdout.write)
