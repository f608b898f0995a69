"""Blank cheques on paper, three on a page, each in three parts: stub, attestation, follow-up."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from accompaniment.models import PackageVersion
from pages.addresses import absolute
from pages.printing import printed
from passport.models import PaperCheque
from passport.pdf.papers import BLANKS, identity_of, printed_on, qr_of


def blanks(papers: Iterable[PaperCheque]) -> bytes:
    """Of one counsellor or of several, in this order."""
    identity = identity_of()
    page = {
        "association": identity.name,
        "document": "Chèques-emploi sur papier",
        "kinds": _kinds(),
        "leaves": [_leaf(each) for each in papers],
        "footer": printed_on(),
        "is_demo": identity.is_demo,
    }
    return printed(BLANKS, page)


def _kinds() -> list[str]:
    """Those of the package in force."""
    version = PackageVersion.objects.live().latest_first().prefetch_related("kinds").first()
    return [kind.label for kind in version.kinds.all()] if version else []


def _leaf(each: PaperCheque) -> dict[str, Any]:
    return {
        "serial": each.serial,
        "counsellor": str(each.counsellor),
        "number": f"C{each.counsellor.number}",
        "qr": qr_of(absolute(reverse("paper_record", args=[each.serial]))),
    }
