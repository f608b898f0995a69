"""What proves presences: of one visit, for the prescriber or for the member, and of the whole passport."""

from accompaniment.means import in_words
from pages.templatetags.french import count_of, moment, short_date
from passport.balances import Hours
from passport.models import Cheque, Passport, day_of
from passport.pdf.papers import Block, banner, facts, heading, identity_of, paper, table, text
from passport.pdf.record import NBSP, Record, between, day_and_hours, hours_of

NO_VISIT = "Aucune visite n’est encore signée."


def attestation_of_passport(passport: Passport) -> bytes:
    """Every presence, for the file of who pays. Read the passport `record.with_all`."""
    record, name = Record(passport), identity_of().name
    lead = (
        f"{name} atteste que {record.name} a suivi {count_of(record.used, 'heure')} d’accompagnement, "
        f"sur les {record.quota} de son forfait. Chaque visite comptée porte deux signatures{NBSP}: "
        "celle de la personne et celle de son conseiller."
    )
    blocks = [
        facts(
            ("Personne accompagnée", record.name),
            ("Prescripteur", str(record.organisation)),
            ("Commande", str(passport.sheet)),
            ("Forfait", record.package()),
            ("Durée", record.window()),
            ("État", passport.get_state_display()),
        ),
        heading("Les heures, par activité"),
        hours_table(record),
        heading("Les présences"),
        visits_table(record),
        *decided(record),
    ]
    return paper(passport, title="Attestation d’accompagnement", lead=lead, blocks=blocks, subject=passport.reference)


def attestation_of_visit(cheque: Cheque) -> bytes:
    """One page, for the prescriber: a visit that both signed, or that was cancelled since."""
    record, name = Record(cheque.passport), identity_of().name
    lead = (
        f"{name} atteste la présence de {record.name} à une visite de {hours_of(cheque.hours)}, "
        "signée par cette personne et par son conseiller."
    )
    blocks = [
        *undone(record, cheque),
        facts(
            ("Personne accompagnée", record.name),
            ("Prescripteur", str(record.organisation)),
            ("Commande", str(cheque.passport.sheet)),
            *visit_facts(record, cheque),
        ),
        heading("Les deux signatures"),
        signatures(cheque),
        heading("Où en est le passeport"),
        text(f"{count_of(record.used, 'heure utilisée,heures utilisées')} sur {record.quota}, {record.window()}."),
    ]
    return paper(cheque.passport, title="Attestation", lead=lead, blocks=blocks, subject=cheque.number)


def certificate_of_visit(cheque: Cheque) -> bytes:
    """One page, for whoever the member shows it to: when they were here, and nothing of who pays."""
    record, name = Record(cheque.passport), identity_of().name
    lead = (
        f"{name} atteste que {record.name} a participé à une activité d’accompagnement vers l’emploi, "
        f"{day_and_hours(cheque)}."
    )
    blocks = [
        facts(("Personne", record.name), *visit_facts(record, cheque), ("Lieu", cheque.place)),
        heading("Les deux signatures"),
        signatures(cheque),
    ]
    return paper(cheque.passport, title="Attestation de présence", lead=lead, blocks=blocks, subject=cheque.number)


def visit_facts(record: Record, cheque: Cheque) -> list[tuple[str, str]]:
    return [
        ("Jour et heures", day_and_hours(cheque)),
        ("Activité", record.labels.get(cheque.kind, cheque.kind)),
        ("Durée", hours_of(cheque.hours)),
        ("Chèque-emploi", cheque.number),
        ("Conseiller", str(cheque.counsellor)),
        ("Écriture du passeport", f"n°{NBSP}{cheque.entry.seq}" if cheque.entry else ""),
    ]


def signatures(cheque: Cheque) -> Block:
    return facts(
        ("Conseiller", f"le {moment(cheque.counsellor_signed_at)}, {in_words(cheque.counsellor_means)}"),
        ("Personne accompagnée", f"le {moment(cheque.member_signed_at)}, {in_words(cheque.member_means)}"),
        ("Remarque", "signée plus tard que le jour de la visite" if cheque.is_late else ""),
    )


def undone(record: Record, cheque: Cheque) -> list[Block]:
    is_cancelled = cheque.state == Cheque.State.CANCELLED
    return [banner(f"Cette visite ne compte plus. {record.standing(cheque)}.")] if is_cancelled else []


def hours_table(record: Record) -> Block:
    rows = [
        [each.kind.label, *map(hours_of, (each.quota, each.used, each.proposed + each.reserved, each.free))]
        for each in record.hours
    ]
    sums = [sum(figures) for figures in zip(*(_figures(each) for each in record.hours), strict=True)]
    rows.append(["En tout", *map(hours_of, sums)])
    return table(["Activité", "Forfait", "Utilisées", "Prévues ou à signer", "Libres"], [5, 2, 2, 3, 2], rows)


def _figures(hours: Hours) -> tuple[int, int, int, int]:
    return (hours.quota, hours.used, hours.proposed + hours.reserved, hours.free)


def visits_table(record: Record) -> Block:
    if not record.visits:
        return text(NO_VISIT)
    rows = [
        [
            f"{short_date(day_of(cheque.starts_at))}, {between(cheque)}",
            record.labels.get(cheque.kind, cheque.kind),
            hours_of(cheque.hours),
            cheque.number,
            str(cheque.counsellor),
            record.standing(cheque),
        ]
        for cheque in record.visits
    ]
    return table(["Jour", "Activité", "Heures", "Chèque", "Conseiller", "Signatures"], [5, 4, 2, 5, 4, 5], rows)


def decided(record: Record) -> list[Block]:
    """What was decided besides visits, and why; nothing where nothing was."""
    if not record.events:
        return []
    rows = [[short_date(each.day), each.label, short_date(each.until), each.reason] for each in record.events]
    return [heading("Les décisions"), table(["Le", "Décision", "Jusqu’au", "Raison"], [3, 4, 3, 6], rows)]
