"""What an audit file holds: attestations, tables, chains that can be checked, the checker, and how to read all that."""

import json
import zipfile
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

from django.utils import timezone

from pages.addresses import absolute
from pages.tables import Cell, Sheet, download
from pages.templatetags.french import moment, short_date
from passport import chain, exports, pdf, verifying
from passport.balances import balance
from passport.checking import mark_of, spelled
from passport.models import AuditFile, Passport, day_of
from passport.pdf.record import with_all
from passport.presences import Presence, signed

README, CHECKER = "LISEZ-MOI.txt", "verifier-passeport.py"
PASSPORTS, VISITS = "passeports.csv", "visites.csv"
# Why something was decided; what was done at a visit, and where, is not the prescriber's to read.
READ_BY_PRESCRIBERS = {"reason", "motive"}
OF_PASSPORTS = [
    *("Passeport", "Commande", "Planche", "Personne", "État", "Du", "Au", "Heures du forfait", "Heures utilisées"),
    *("Code de vérification", "Repère", "Dernière écriture", "Empreinte"),
]
OF_VISITS = [
    *("Passeport", "Personne", "Chèque", "Jour", "Heure", "Heures", "Activité", "Conseiller", "État"),
    *("Signée par le conseiller", "Signée par la personne", "En retard", "Contestée", "Annulée le", "Raison"),
    *("Écriture", "Empreinte"),
]
SAID = """\
DOSSIER DE CONTRÔLE

{about}
Prescripteur : {organisation}
Fait le {at}, {count} passeport(s).

CE QU’IL CONTIENT

attestations/       une attestation par passeport, en PDF : les heures par activité et chaque présence
passeports.csv      les passeports : état, dates, heures, code de vérification
visites.csv         les visites signées par les deux personnes, et celles qui ont été annulées depuis{days}
chaines/            la chaîne de chaque passeport, signée, que l’outil de vérification relit
verifier-passeport.py   cet outil : il n’a pas besoin du site

COMMENT VÉRIFIER

1. En ligne : ouvrez {check} et tapez le code de vérification d’un passeport. La page dit si le
   document est authentique, sans nommer personne.
2. Sans le site : avec Python 3 et sa bibliothèque « cryptography », tapez
       python verifier-passeport.py chaines/<passeport>.json
   L’outil répond « authentic » si rien n’a été changé, sinon il dit quelle écriture l’a été.

Une visite compte quand la personne et son conseiller l’ont signée. Une erreur ne s’efface pas : une
contre-écriture l’annule, et les deux restent visibles. Ce qui est dit pendant les visites n’est pas ici.
Ce dossier contient des noms : gardez-le en lieu sûr, et supprimez-le après le contrôle.
"""


def write(audit: AuditFile, passports: Iterable[int], archive: Any, *, step: Callable[[int], None]) -> None:
    """`passports` by their keys. `step` is told how many are written."""
    days = _days(audit.scope)
    rows: list[list[Cell]] = []
    visits: list[list[Cell]] = []
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as zipped:
        for done, pk in enumerate(passports, start=1):
            passport = with_all(Passport.objects.prefetch_related("version__kinds")).get(pk=pk)
            zipped.writestr(f"attestations/{passport.reference}.pdf", pdf.attestation_of_passport(passport))
            zipped.writestr(f"chaines/{passport.reference}.json", json.dumps(_chain_of(passport), ensure_ascii=False))
            rows.append(_row(passport))
            visits += [_visit(passport, visit) for visit in signed(passport) if _is_among(visit, days)]
            step(done)
        zipped.writestr(PASSPORTS, _csv("passeports", OF_PASSPORTS, rows))
        zipped.writestr(VISITS, _csv("visites", OF_VISITS, visits))
        zipped.writestr(CHECKER, Path(verifying.__file__).read_bytes())
        zipped.writestr(README, _readme(audit, len(rows), days).replace("\n", "\r\n"))


def _chain_of(passport: Passport) -> dict[str, Any]:
    """As its member exports it, without the texts that are between them and their counsellor."""
    export = exports.export_of(passport)
    for row in export["entries"]:
        row["texts"] = {name: kept for name, kept in row["texts"].items() if name in READ_BY_PRESCRIBERS}
    return export


def _row(passport: Passport) -> list[Cell]:
    seq, digest = chain.head(passport)
    hours = balance(passport).values()
    return [
        passport.reference,
        passport.sheet.order.number,
        passport.sheet.number,
        str(passport.member),
        passport.get_state_display(),
        *(f"{day:%d/%m/%Y}" if day else "" for day in (passport.starts_on, passport.ends_on)),
        sum(kind.quota for kind in hours),
        sum(kind.used for kind in hours),
        spelled(passport.code),
        mark_of(seq, digest),
        seq,
        digest,
    ]


def _visit(passport: Passport, visit: Presence) -> list[Cell]:
    cheque, undone = visit.cheque, visit.undone
    start = timezone.localtime(cheque.starts_at)
    signatures = (cheque.counsellor_signed_at, cheque.member_signed_at)
    entry = cheque.entry
    return [
        passport.reference,
        str(passport.member),
        cheque.number,
        f"{start:%d/%m/%Y}",
        f"{start:%H:%M}",
        cheque.hours,
        visit.kind.label,
        str(cheque.counsellor),
        cheque.get_state_display(),
        *(f"{timezone.localtime(at):%d/%m/%Y %H:%M}" if at else "" for at in signatures),
        "oui" if cheque.is_late else "non",
        "oui" if visit.is_contested else "non",
        f"{timezone.localtime(undone.recorded_at):%d/%m/%Y}" if undone else "",
        visit.reason,
        *((entry.seq, entry.digest) if entry else ("", "")),
    ]


def _days(scope: dict[str, str]) -> tuple[date, date] | None:
    return (date.fromisoformat(scope["from"]), date.fromisoformat(scope["to"])) if "from" in scope else None


def _is_among(visit: Presence, days: tuple[date, date] | None) -> bool:
    return days is None or days[0] <= day_of(visit.cheque.starts_at) <= days[1]


def _csv(code: str, headers: list[str], rows: list[list[Cell]]) -> bytes:
    content: bytes = download(Sheet(code, code, headers, rows), "csv").content
    return content


def _readme(audit: AuditFile, count: int, days: tuple[date, date] | None) -> str:
    between = f"du {short_date(days[0])} au {short_date(days[1])}" if days else ""
    about = f"Les passeports qui ont une visite {between}." if days else "Des passeports entiers."
    return SAID.format(
        about=about,
        organisation=audit.organisation,
        at=moment(timezone.now()),
        count=count,
        days=f", {between}" if between else "",
        check=absolute("/verifier/"),
    )
