"""One account per role of the demonstration. Their passwords are public: never load it on a real site."""

from dataclasses import dataclass

from django.contrib.auth.models import Group

from accounts.authentication.addresses import mark_verified
from accounts.models import User
from accounts.roles import TREASURERS, VOLUNTEERS
from home.site_setup.groups import EDITORS, MODERATORS


@dataclass(frozen=True)
class Account:
    role: str
    email: str
    password: str
    first_name: str
    last_name: str
    groups: tuple[str, ...] = ()
    is_superuser: bool = False

    @property
    def is_in_the_admin(self) -> bool:
        return self.is_superuser or bool(IN_THE_ADMIN & set(self.groups))


ACCOUNTS = [
    Account("Rédaction", "redaction@example.org", "rédaction de la démonstration", "Nadia", "Kermeur", (EDITORS,)),
    Account("Modération", "moderation@example.org", "modération de la démonstration", "Paul", "Oriel", (MODERATORS,)),
    Account(
        "Administration", "administration@example.org", "administration de la démonstration", "Line", "Astrey", (), True
    ),
    Account("Membre", "membre@example.org", "membre de la démonstration", "Samira", "Belkhodja"),
    Account("Conseil", "conseil@example.org", "conseil de la démonstration", "Inès", "Abadie"),
    Account("Prescripteur", "prescripteur@example.org", "prescripteur de la démonstration", "Thomas", "Guérande"),
    Account("Entreprise", "entreprise@example.org", "entreprise de la démonstration", "Lila", "Mercadier"),
    Account(
        "Trésorerie", "tresorerie@example.org", "trésorerie de la démonstration", "Hugues", "Delatour", (TREASURERS,)
    ),
    Account("Équipe vidéo", "video@example.org", "vidéo de la démonstration", "Zoé", "Pastorel", (VOLUNTEERS,)),
]
IN_THE_ADMIN = {EDITORS, MODERATORS}


def create() -> None:
    for account in ACCOUNTS:
        if User.objects.filter(email=account.email).exists():
            continue
        user = User.objects.create_user(
            account.email,
            account.password,
            first_name=account.first_name,
            last_name=account.last_name,
            is_staff=account.is_in_the_admin,
            is_superuser=account.is_superuser,
        )
        mark_verified(user)
        user.groups.set([Group.objects.get_or_create(name=name)[0] for name in account.groups])


def remove() -> None:
    User.objects.filter(email__in=[account.email for account in ACCOUNTS]).delete()
