import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from home import site_setup


class Command(BaseCommand):
    help = "Make the pages, groups and settings of a new association, without the demonstration. Repeats nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--name", help="the association's name")
        parser.add_argument("--hostname", help="the site's name on the network, without https://")
        parser.add_argument("--port", type=int, help="80 or 443 where a server stands in front")
        parser.add_argument("--admin-email", help="an account that may do everything")
        parser.add_argument(
            "--departements",
            type=Path,
            default=site_setup.TERRITORY,
            help='the territory: a JSON list of {"code", "name", "locative"}',
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            if options["admin_email"]:
                validate_email(options["admin_email"])
            site_setup.setup_site(
                name=options["name"],
                hostname=options["hostname"],
                port=options["port"],
                departements=options["departements"],
            )
        except (OSError, json.JSONDecodeError, KeyError, TypeError) as error:
            raise CommandError(f"{options['departements']}: {error}") from error
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from error
        self.stdout.write("The site is set up: pages, départements, groups, workflow and collections.")
        if email := options["admin_email"]:
            site_setup.make_administrator(email)
            self.stdout.write(f"{email} may do everything; choose its password at /compte/mot-de-passe/oublie/.")
