from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from spaces import erasure


class Command(BaseCommand):
    help = "After a backup was put back: erase again the people of the list kept beside the database."

    def handle(self, *_args: Any, **_options: Any) -> None:
        try:
            self.stdout.write(f"{erasure.erase_again()} person(s) erased again.")
        except ValidationError as kept:
            told = "\n".join(kept.messages)
            raise CommandError(
                f"{len(kept.messages)} person(s) could not be erased again, the others were:\n{told}"
            ) from kept
