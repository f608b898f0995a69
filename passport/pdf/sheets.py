"""A sheet of stamps: one for each hour of a package, to be stuck in a passport."""

from typing import Any

from accompaniment.looks import drawing_of
from accompaniment.models import PackageKind
from passport.models import Passport, Sheet
from passport.pdf.papers import STAMPS, contact_of, identity_of, printed_on, proof_of, sealed
from passport.pdf.record import NBSP


def of_sheet(sheet: Sheet) -> bytes:
    """It names nobody. Read the sheet with its order, organisation and version."""
    identity, passport = identity_of(), Passport.objects.filter(sheet=sheet).first()
    order, rows, last = sheet.order, [], 0
    for kind in order.version.kinds.all():
        rows.append(_row(kind, last + 1))
        last += kind.hours
    page = {
        "association": identity.name,
        "contact": contact_of(identity),
        "document": f"Planche de vignettes {sheet}",
        "title": f"Planche de {last} vignettes",
        "lead": f"{order.organisation}, commande {order.number}, {sheet.in_words}. "
        f"{order.version.package.name}, version {order.version.number}.",
        "sheet": str(sheet),
        "kinds": rows,
        "proof": proof_of(passport) if passport else None,
        "footer": f"Planche {sheet}. {printed_on()}",
        "is_demo": identity.is_demo,
    }
    return sealed(STAMPS, page)


def _row(kind: PackageKind, first: int) -> dict[str, Any]:
    last = first + kind.hours - 1
    said = f"n°{NBSP}{first}" if first == last else f"n°{NBSP}{first} à {last}"
    return {
        "label": kind.label,
        "drawing": drawing_of(kind.look),
        "numbers": list(range(first, last + 1)),
        "said": f"{kind.label}{NBSP}: {said}.",
    }
