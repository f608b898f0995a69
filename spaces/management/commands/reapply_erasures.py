from typing import Any

from django.core.management.base import BaseCommand

from spaces import erasure


class Command(BaseCommand):
    help = "After a backup was put back: erase again the people of the list kept beside the database."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"{erasure.erase_again()} person(s) erased again.")
