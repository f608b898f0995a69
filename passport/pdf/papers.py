"""What every paper of a passport has: who prints it, where it is checked, how it is typeset."""

from itertools import groupby
from pathlib import Path
from typing import Any

import qrcode  # type: ignore[import-untyped]  # it has no types
from django.utils import timezone

from association.models import Identity
from pages.printing import printed
from pages.templatetags.french import short_date
from passport import chain, sealing
from passport.checking import address_of, mark_of, spelled
from passport.models import Passport

SOURCES = Path(__file__).parent
PAPER = SOURCES / "paper.typ"
STAMPS = SOURCES / "stamps.typ"
BLANKS = SOURCES / "blanks.typ"
GROUP = 8
Block = dict[str, Any]


def qr_of(address: str) -> str:
    """A drawing in SVG: one path, of a rectangle for each run of dark squares."""
    code = qrcode.QRCode(border=2)
    code.add_data(address)
    rows = code.get_matrix()
    path, size = "", len(rows)
    for down, row in enumerate(rows):
        across = 0
        for is_dark, run in groupby(row):
            length = len(list(run))
            path += f"M{across} {down}h{length}v1h-{length}z" if is_dark else ""
            across += length
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"><path d="{path}"/></svg>'


def proof_of(passport: Passport) -> dict[str, Any]:
    """The code, and the head of the chain at this moment."""
    head = seq, digest = chain.head(passport)
    address = address_of(passport, head)
    return {
        "code": spelled(passport.code),
        "mark": mark_of(seq, digest),
        "seq": seq,
        "hash": " ".join(digest[at : at + GROUP] for at in range(0, len(digest), GROUP)),
        "address": address,
        "shown": address.partition("://")[2].partition("?")[0],
        "qr": qr_of(address),
    }


def paper(
    passport: Passport, *, title: str, lead: str, blocks: list[Block], subject: str, cover: Block | None = None
) -> bytes:
    """A document of blocks that ends with its proof. `subject` is what it is called after its title."""
    proof, identity = proof_of(passport), identity_of()
    page = {
        "association": identity.name,
        "document": f"{title}, {subject}",
        "title": title,
        "lead": lead,
        "cover": cover,
        "blocks": blocks,
        "proof": proof,
        "contact": contact_of(identity),
        "footer": f"Code {proof['code']}, repère {proof['mark']}. {printed_on()}",
        "is_demo": identity.is_demo,
    }
    return sealed(PAPER, page)


def sealed(source: Path, page: Block) -> bytes:
    """Typeset, with the association's seal where it has one."""
    seal = sealing.present()
    content = printed(source, page | {"is_specimen": bool(seal and seal.is_specimen)})
    return seal.set_on(content) if seal else content


def identity_of() -> Identity:
    return Identity.objects.first() or Identity()


def contact_of(identity: Identity) -> str:
    town = f"{identity.postcode} {identity.city}".strip()
    return ", ".join(said for said in (identity.name, identity.address, town) if said)


def printed_on() -> str:
    return f"Imprimé le {short_date(timezone.localdate())}."


def facts(*rows: tuple[str, str]) -> Block:
    """What is known, line by line; nothing is said of what is empty."""
    return {"kind": "facts", "rows": [list(row) for row in rows if row[1]]}


def heading(text: str) -> Block:
    return {"kind": "heading", "text": text}


def text(words: str) -> Block:
    return {"kind": "text", "text": words}


def banner(words: str) -> Block:
    """What must not be overlooked."""
    return {"kind": "banner", "text": words}


def table(headers: list[str], widths: list[int], rows: list[list[str]]) -> Block:
    return {"kind": "table", "headers": headers, "widths": widths, "rows": rows}
