from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from passport import keys


class Command(BaseCommand):
    help = "Make the first key that signs what passports say, in PASSPORT_KEY_FILE, where there is none."
    requires_system_checks = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        try:
            keys.make_file(settings.PASSPORT_KEY_FILE)
        except OSError as error:
            raise CommandError(f"{settings.PASSPORT_KEY_FILE}: {error.strerror}") from error
        self.stdout.write(
            f"{settings.PASSPORT_KEY_FILE} is made. Keep a copy where the backups of the database are not."
        )
