"""What a new association starts with: pages, départements, identity, groups and their workflow.

Everything here is made where it is missing and left as it is where it exists:
running it again neither undoes nor repeats an editor's work.
"""

import json
from pathlib import Path

from django.db import transaction
from django.utils.crypto import get_random_string

from accompaniment.setup import make_package_and_grid
from accounts.models import User
from association.models import Departement, Identity, Sector, StructureKind
from home.models import HomePage
from home.site_setup import groups, structure

__all__ = ["make_administrator", "make_departements", "prepare", "setup_site"]

TERRITORY = Path(__file__).with_name("ile_de_france.json")
SECTORS = Path(__file__).with_name("sectors.json")
STRUCTURE_KINDS = Path(__file__).with_name("structure_kinds.json")


@transaction.atomic
def setup_site(
    *,
    name: str | None = None,
    hostname: str | None = None,
    port: int | None = None,
    departements: Path = TERRITORY,
) -> HomePage:
    """The pages, groups and settings of an association that starts, without any demonstration."""
    home = prepare(name=name, hostname=hostname, port=port)
    make_departements(departements)
    structure.make_association_pages(home, Identity.load().name)
    structure.make_contact_page(home)
    return home


@transaction.atomic
def prepare(*, name: str | None = None, hostname: str | None = None, port: int | None = None) -> HomePage:
    """What even the demonstration does not bring itself: home page, lists, groups, workflow, collections."""
    identity = Identity.load()
    if name:
        identity.name = name
    identity.save()
    home = structure.make_home()
    structure.point_site(home, name=identity.name, hostname=hostname, port=port)
    structure.make_indexes(home)
    structure.make_collections()
    groups.make_groups(home)
    make_lists()
    make_package_and_grid()
    return home


def make_departements(path: Path = TERRITORY) -> None:
    """The territory, from a JSON list of {code, name, locative}."""
    for item in json.loads(path.read_text()):
        if not Departement.objects.filter(code=item["code"]).exists():
            departement = Departement(**item)
            departement.full_clean(exclude=["slug"])
            departement.save()


def make_lists() -> None:
    """What candidates and companies choose from, where nothing was listed yet: a shortened list stays short."""
    for model, path in ((Sector, SECTORS), (StructureKind, STRUCTURE_KINDS)):
        if not model.objects.exists():
            for name in json.loads(path.read_text()):
                model.objects.create(name=name)


def make_administrator(email: str) -> User:
    """An account that may do everything. Its owner chooses a password through « mot de passe oublié »."""
    existing = User.objects.filter(email__iexact=email).first()
    return existing or User.objects.create_superuser(email, get_random_string(40))
