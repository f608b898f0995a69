from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.authentication.second_factor import forget
from accounts.models import User


class Command(BaseCommand):
    help = "Forget the second factor of somebody who lost it: they choose another at their next login."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *_args: Any, email: str, **_options: Any) -> None:
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            raise CommandError(f"No account has the address {email}.")
        forget(user)
        self.stdout.write(f"The second factor of {user.email} is forgotten; they were told by mail.")
