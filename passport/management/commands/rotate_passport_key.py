from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from passport import keys


class Command(BaseCommand):
    help = "Replace the key that signs what passports say by a new one, which the present one signs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--confirm", action="store_true", help="do it; without it, nothing is changed")

    def handle(self, *_args: Any, **options: Any) -> None:
        if not options["confirm"]:
            self.stdout.write(f"The key in {settings.PASSPORT_KEY_FILE} would be replaced: add --confirm.")
            return
        try:
            key = keys.rotate()
        except keys.KeyFileError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Key {key.name} signs from now on; what the former ones signed stays valid.")
