from typing import Any

from django.core.management.base import BaseCommand, CommandError

from home import upkeep


class Command(BaseCommand):
    help = "Run what is due: scheduled publishing, expiries, old messages. Twice changes nothing more."

    def handle(self, *_args: Any, **options: Any) -> None:
        done, failed = upkeep.run_due()
        for name, count in done.items():
            if count and options["verbosity"]:
                self.stdout.write(f"{name}: {count}")
        if failed:
            raise CommandError(f"Failed: {', '.join(failed)}. The log says why.")
