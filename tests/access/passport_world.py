"""The passport of the member concerned, which the first prescriber ordered, in the world of `tests.access.world`."""

from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from accompaniment.models import LearningAgreement, PaperAgreement
from accounts.models import Organisation
from passport import decisions, ledger, statements
from passport.models import AuditFile, Dispute, Evaluation, Note, PaperCheque
from tests.access.marks import mark
from tests.passport.factories import make_passport, make_proposal, make_sheet, make_signed

DAY = timedelta(days=1)


def add_to(world: Any) -> None:
    """A visit that counts, one that waits for the member, one that was cancelled; a note, a dispute, what waits."""
    now = timezone.now()
    today = timezone.localdate(now)
    referent = world.people["C"].counsellor
    body = Organisation.objects.of(world.people["P"]).get()
    passport = make_passport(
        member=world.member, organisation=body, counsellor=referent, starts_on=today - 20 * DAY, now=now - 20 * DAY
    )
    # The present referent accompanies them since two days: they write now what was done before.
    texts = {"what": mark("visite"), "place": mark("adresse"), "counsellor": referent, "now": now}
    signed = make_signed(passport, day=today - 6 * DAY, **texts)
    cancelled = make_signed(passport, day=today - 5 * DAY, **texts)
    ledger.cancel(cancelled, reason=mark("annulation"), counsellor=referent)
    proposal = make_proposal(passport, day=today - 2 * DAY, **texts)
    note = Note.objects.create(passport=passport, cheque=signed, author=referent, assessment=mark("bilan"))
    dispute = Dispute.objects.create(cheque=signed, words=mark("contestation"))
    Evaluation.objects.create(passport=passport, cheque=signed, by="membre", score=4, words=mark("avis"))
    until = passport.ends_on + 9 * DAY
    decision = decisions.ask(
        passport, "extend", reason=mark("decision"), by=referent.user, until=until, motive="Arrêt maladie"
    )
    world.passport = passport
    world.paths |= {
        "passport": passport.reference,
        "code": passport.code,
        "cheque": signed.reference,
        "proposal": proposal.reference,
        "note": str(note.pk),
        "dispute": dispute.reference,
        "decision": decision.reference,
        "order": passport.sheet.order.reference,
    }
    add_papers(world, texts)


def add_papers(world: Any, texts: dict[str, Any]) -> None:
    """A free order; a blank leaf, and one with its copy that waits to be seen; what proves it all."""
    passport, now = world.passport, texts["now"]
    referent, body = texts["counsellor"], passport.sheet.order.organisation
    free = make_sheet(organisation=body)
    leaf = PaperCheque.objects.create(serial="K7QM-01", counsellor=referent)
    on_paper = make_proposal(passport, day=timezone.localdate(now) - 3 * DAY, **texts)
    copied = PaperCheque(serial="K7QM-02", counsellor=referent, cheque=on_paper)
    copied.scanned_by, copied.scanned_at = referent.user, now
    copied.scan.save("copie.pdf", ContentFile(b"%PDF-1.4"))
    agreed = PaperAgreement(
        agreement=LearningAgreement.objects.get(reference=world.paths["agreement"]), signed_on=timezone.localdate(now)
    )
    agreed.scanned_by, agreed.scanned_at = referent.user, now
    agreed.scan.save("copie.pdf", ContentFile(b"%PDF-1.4"))
    audit = AuditFile(organisation=body, scope={"passport": passport.reference}, ready_at=now, expires_at=now + DAY)
    audit.file.save("controle.zip", ContentFile(b"ce qui prouve"))
    statements.make_due(now)
    world.paths |= {
        "audit": audit.reference,
        "free order": free.order.reference,
        "sheet of order": str(free.pk),
        "leaf": leaf.serial,
        "on paper": on_paper.reference,
        "copied": copied.reference,
        "copied agreement": agreed.reference,
        "booklet": leaf.serial.partition("-")[0],
    }


def references(world: Any) -> dict[str, str]:
    """The `reference` of an address, by the beginning of the name of its view."""
    return {
        "my_cheque": world.paths["cheque"],
        "sign_cheque": world.paths["proposal"],
        "sign_agreement": world.paths["agreement"],
        "cheque_proposed": world.paths["proposal"],
        "cheque_withdraw": world.paths["proposal"],
        "cheque": world.paths["cheque"],
        "visit_write": world.paths["passport"],
        "decision_ask": world.paths["passport"],
        "paper_see": world.paths["copied"],
        "paper_agreement_see": world.paths["copied agreement"],
        "paper_agreement": world.paths["agreement"],
        "paper": world.paths["on paper"],
        "my_passport": world.paths["passport"],
        "passport": world.paths["passport"],
        "prescriber_passport": world.paths["passport"],
        "prescriber_order": world.paths["order"],
        "prescriber_decision": world.paths["decision"],
        "prescriber_audit": world.paths["audit"],
        "decision": world.paths["decision"],
        "dispute": world.paths["dispute"],
        "treasury_invoiced": world.paths["order"],
        "treasury_order_take_back": world.paths["order"],
        "treasury_order": world.paths["free order"],
        "order_": world.paths["order"],
        "attestation": world.paths["cheque"],
        "certificate": world.paths["cheque"],
    }


def given(world: Any) -> dict[str, Any]:
    """Other arguments of addresses."""
    return {
        "order": world.paths["order"],
        "number": 1,
        "month": "2026-09",
        "booklet": world.paths["booklet"],
        "serial": world.paths["leaf"],
    }


def fixed(world: Any) -> dict[str, str]:
    """What is asked for in the table that has no address of its own kind."""
    return {
        "file: audit": reverse("private_file", args=["controle", world.paths["audit"]]),
        "file: contrat-papier": reverse("private_file", args=["contrat-papier", world.paths["copied agreement"]]),
        "file: cheque-papier": reverse("private_file", args=["cheque-papier", world.paths["copied"]]),
    }
