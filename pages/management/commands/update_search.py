from typing import Any

from django.core.management.base import BaseCommand

from pages.search import entries


class Command(BaseCommand):
    help = "Read again all that the search of the public site finds. Safe at any time, while the site is open."

    def handle(self, *_args: Any, **_options: Any) -> None:
        written = entries.rebuild(say=self.stdout.write)
        self.stdout.write(self.style.SUCCESS(f"{written} entries"))
