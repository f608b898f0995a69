"""The diagnostic, the roadmap and the agreement on paper. The roadmap is annexed to the agreement."""

from datetime import date
from pathlib import Path
from textwrap import wrap
from typing import Any

from django.utils import timezone

from accompaniment import agreements, means, paper_agreements
from accompaniment.models import Diagnostic, LearningAgreement, Question, Roadmap
from pages.printing import printed
from pages.templatetags.french import count_of, long_date, moment, sentence_list, short_date

SOURCE = Path(__file__).with_name("paper.typ")
NOTHING = "Rien n’est écrit."
Block = dict[str, Any]


def of_diagnostic(diagnostic: Diagnostic) -> bytes:
    answers = {answer.question_id: answer.text for answer in diagnostic.answers.all()}
    blocks = [
        _facts(
            ("Personne accompagnée", str(diagnostic.member)),
            ("Conseiller", str(diagnostic.counsellor)),
            ("Commencé le", long_date(timezone.localdate(diagnostic.started_at))),
            ("Terminé le", _day(diagnostic.finished_at) or "en cours"),
        )
    ]
    for question in diagnostic.grid.questions.all():
        text = answers.get(question.pk, "")
        if question.kind == Question.Kind.SECTOR:
            text = sentence_list(text.splitlines())
        blocks += [_heading(question.label), _text(text or NOTHING)]
    footer = "Diagnostic. Seules la personne et celles et ceux qui l’accompagnent le lisent."
    return _paper("Diagnostic", str(diagnostic.member), footer, [("Diagnostic", blocks)])


def of_roadmap(roadmap: Roadmap) -> bytes:
    said = agreements.content_of(LearningAgreement(roadmap=roadmap, member=roadmap.member))
    blocks = [
        _facts(
            ("Personne accompagnée", str(roadmap.member)),
            ("Conseiller", str(roadmap.counsellor)),
            ("Forfait", _package(said)),
            ("Écrite le", long_date(timezone.localdate(roadmap.made_at))),
        ),
        *_plan(said),
    ]
    return _paper("Feuille de route", str(roadmap.member), "Feuille de route.", [("Feuille de route", blocks)])


def of_agreement(agreement: LearningAgreement) -> bytes:
    """As it was proposed; a draft as it is now."""
    said = agreement.content or agreements.content_of(agreement)
    start = date.fromisoformat(said["starts_on"]) if said["starts_on"] else None
    window = count_of(said["package"]["window_months"], "mois,mois")
    facts = [
        ("Personne accompagnée", said["member"]),
        ("Conseiller", said["counsellor"]),
        ("Forfait", _package(said)),
        ("Début", long_date(start) if start else "le jour de la première visite signée"),
        ("Durée", window),
        ("Proposé le", _day(agreement.proposed_at) or "pas encore"),
        ("À signer à partir du", long_date(agreement.reflect_until) or "pas encore proposé"),
    ]
    main = [
        _facts(*facts),
        _heading("Les engagements"),
        _text(said["commitments"]),
        _heading("Signatures"),
        *_signatures(agreement, said),
    ]
    footer = f"Contrat pédagogique {agreement.reference}."
    parts = [("Contrat pédagogique", main), ("Annexe : la feuille de route", _plan(said))]
    return _paper("Contrat pédagogique", said["member"], footer, parts)


def _signatures(agreement: LearningAgreement, said: dict[str, Any]) -> list[Block]:
    """Who signed, when and how; boxes to sign by hand as long as nobody did, or the member."""
    names = {"member": said["member"], "counsellor": said["counsellor"]}
    if agreement.counsellor_signed_at:
        names["counsellor"] = str(agreement.counsellor)
    signed = {side: at for side in names if (at := getattr(agreement, f"{side}_signed_at"))}
    if not signed:
        return [{"kind": "signatures", "names": [f"{name}, date et signature" for name in names.values()]}]
    rows = [(names[side], _signed(agreement, side) if side in signed else "pas encore signé") for side in names]
    if agreement.member_means == means.PAPER_SEEN:
        rows.append(("Le contrat sur papier", paper_agreements.in_words(agreement.paper)))
    if agreement.digest:
        rows.append(("Empreinte de ce qui est signé (SHA-256)", " ".join(wrap(agreement.digest, 8))))
    by_hand = "member" not in signed and agreement.state == LearningAgreement.State.PROPOSED
    box: Block = {"kind": "signatures", "names": [f"{names['member']}, date et signature"]}
    return [_facts(*rows), *([box] if by_hand else [])]


def _signed(agreement: LearningAgreement, side: str) -> str:
    """A signature by hand has its own day: the moment is then that of who has seen it."""
    by = getattr(agreement, f"{side}_means")
    what = "signature comptée" if by == means.PAPER_SEEN else "signé"
    return f"{what} le {moment(getattr(agreement, f'{side}_signed_at'))}, {means.in_words(by)}"


def _paper(title: str, name: str, footer: str, parts: list[tuple[str, list[Block]]]) -> bytes:
    page = {
        "title": f"{title}, {name}",
        "author": name,
        "footer": f"{footer} Imprimé le {short_date(timezone.localdate())}.",
        "parts": [{"title": part, "blocks": blocks} for part, blocks in parts],
    }
    return printed(SOURCE, page)


def _plan(said: dict[str, Any]) -> list[Block]:
    """The aim, the hours of each kind, and what is planned."""
    kinds = {kind["code"]: kind for kind in said["kinds"]}
    planned = dict.fromkeys(kinds, 0)
    for line in said["lines"]:
        planned[line["kind"]] += line["hours"]
    hours = [[kind["label"], _hours(planned[code]), _hours(kind["hours"])] for code, kind in kinds.items()]
    hours.append(["En tout", _hours(sum(planned.values())), _hours(said["package"]["hours"])])
    lines = [
        [line["what"], kinds[line["kind"]]["label"], _hours(line["hours"]), line["when"]] for line in said["lines"]
    ]
    return [
        _heading("L’objectif"),
        _text(said["aim"] or NOTHING),
        _heading("Les heures"),
        {"kind": "table", "widths": [3, 1, 1], "headers": ["Activité", "Prévues", "Forfait"], "rows": hours},
        _heading("Ce qui est prévu"),
        {
            "kind": "table",
            "widths": [5, 4, 2, 3],
            "headers": ["Quoi", "Activité", "Heures", "Quand"],
            "rows": lines or [[NOTHING, "", "", ""]],
        },
    ]


def _facts(*rows: tuple[str, str]) -> Block:
    return {"kind": "facts", "rows": [list(row) for row in rows]}


def _heading(text: str) -> Block:
    return {"kind": "heading", "text": text}


def _text(text: str) -> Block:
    return {"kind": "text", "text": text}


def _package(said: dict[str, Any]) -> str:
    package = said["package"]
    return f"{package['name']}, version {package['version']} : {_hours(package['hours'])}"


def _hours(hours: int) -> str:
    return f"{hours}\N{NO-BREAK SPACE}h"


def _day(moment: Any) -> str:
    return long_date(timezone.localdate(moment)) if moment else ""
