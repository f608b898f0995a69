from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from passport import verification
from passport.models import Passport


class Command(BaseCommand):
    help = "Check that all passports are what was signed; name the first thing that is wrong in each, and fail."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--passport", metavar="REFERENCE", help="this one only")
        parser.add_argument(
            "--statements",
            metavar="FOLDER",
            type=folder,
            help="files of statements kept elsewhere; else the site’s own",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        some = None
        if reference := options["passport"]:
            some = Passport.objects.filter(reference=reference)
            if not some.exists():
                raise CommandError(f"There is no passport {reference}.")
        report = verification.verify(some, folder=options["statements"] or settings.STATEMENTS, progress=self.progress)
        for about, found in report.broken:
            place = f"passport {about}, " if about else ""
            self.stdout.write(f"{found.fault.value}: {place}at {found.seq}: {found.told}")
        if report.broken:
            raise CommandError(f"{len(report.broken)} thing(s) wrong in {report.passports} passport(s).")
        self.stdout.write(f"{report.passports} passport(s), {report.entries} entries: all as they were signed.")

    def progress(self, report: verification.Report) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"\r{report.passports} passports", ending="")


def folder(text: str) -> Path:
    path = Path(text)
    if not path.is_dir():
        raise ArgumentTypeError(f"{text} is no folder.")
    return path
