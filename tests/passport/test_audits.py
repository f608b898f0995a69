"""Audit files: what they hold, who downloads them, how long; and what they do not say."""

import csv
import json
import zipfile
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from errands import work
from errands.models import Errand
from passport import audit_archive, audits, ledger, tasks, verifying
from passport.models import AuditFile, Dispute
from tests.passport.factories import FIRST, counsellor_of, make_passport, make_proposal, make_sheet, make_signed
from tests.people import make_affiliation, make_organisation

pytestmark = pytest.mark.django_db

AUDITS = "/espace/prescripteur/controle/"
DAY = timedelta(days=1)
PERIOD = {"from": "2026-09-07", "to": "2026-09-08"}


@pytest.fixture
def body():
    return make_organisation(is_prescriber=True, name="La Passerelle")


@pytest.fixture
def person(body):
    return make_affiliation(organisation=body).user


def zipped(audit):
    audit.refresh_from_db()
    with audit.file.open() as stored:
        return zipfile.ZipFile(BytesIO(stored.read()))


def rows_of(archive, name):
    return list(csv.DictReader(StringIO(archive.read(name).decode("utf-8-sig")), delimiter=";"))


def made(body, person, scope):
    audit = audits.ask(body, scope, by=person)
    audits.make(audit.reference)
    audit.refresh_from_db()
    return audit


def make_spent(body):
    """A visit that counts, one that is contested, one that was cancelled, one that waits."""
    passport = make_passport(organisation=body)
    make_signed(passport, day=FIRST + 6 * DAY, what="Parler du fils", place="Rue cachée")
    Dispute.objects.create(cheque=make_signed(passport, day=FIRST + 8 * DAY), words="Je n’étais pas là")
    undone = make_signed(passport, day=FIRST + 7 * DAY)
    ledger.cancel(undone, reason="=HYPERLINK(1)", counsellor=counsellor_of(passport))
    make_proposal(passport, day=FIRST + 9 * DAY)
    return passport


def test_an_audit_file_proves_each_passport(body, person):
    passport = make_spent(body)

    archive = zipped(made(body, person, {"passport": passport.reference}))

    assert archive.read(f"attestations/{passport.reference}.pdf").startswith(b"%PDF")
    export = json.loads(archive.read(f"chaines/{passport.reference}.json"))
    assert verifying.check_export(export) == []
    [row] = rows_of(archive, audit_archive.PASSPORTS)
    assert (row["Heures utilisées"], row["Heures du forfait"], row["Empreinte"]) == ("2", "35", export["head"]["hash"])
    assert row["Code de vérification"].replace("-", "") == passport.code
    assert b"check_export" in archive.read(audit_archive.CHECKER)
    assert "COMMENT VÉRIFIER" in archive.read(audit_archive.README).decode()


def test_its_table_holds_what_was_signed_and_no_formula(body, person):
    passport = make_spent(body)

    rows = rows_of(zipped(made(body, person, {"order": passport.sheet.order.reference})), audit_archive.VISITS)

    assert [row["Jour"] for row in rows] == ["07/09/2026", "08/09/2026", "09/09/2026"]
    assert [row["Contestée"] for row in rows] == ["non", "non", "oui"]
    assert rows[1]["Raison"] == "'=HYPERLINK(1)"


def test_it_says_nothing_of_what_was_said(body, person):
    passport = make_spent(body)
    archive = zipped(made(body, person, {"passport": passport.reference}))

    said = b"".join(archive.read(name) for name in archive.namelist() if not name.endswith(".pdf")).decode()

    assert not [words for words in ("Parler du fils", "Rue cachée", "Je n’étais pas là") if words in said]


def test_of_a_period_it_holds_its_visits_and_their_passports(body, person):
    passport, other = make_spent(body), make_passport(organisation=body)
    make_signed(other, day=FIRST + 20 * DAY)

    audit = made(body, person, PERIOD)

    archive = zipped(audit)
    assert audit.total == audit.done == 1
    assert [row["Jour"] for row in rows_of(archive, audit_archive.VISITS)] == ["07/09/2026", "08/09/2026"]
    assert [row["Passeport"] for row in rows_of(archive, audit_archive.PASSPORTS)] == [passport.reference]
    assert "du 7 septembre 2026 au 8 septembre 2026" in archive.read(audit_archive.README).decode().replace("\xa0", " ")


@pytest.mark.parametrize("scope", [{"from": "2025-01-01", "to": "2025-12-31"}, {"order": "0000000000000000"}])
def test_nothing_to_prove_is_said_at_once(body, person, scope):
    make_spent(body)

    with pytest.raises(ValidationError, match="Aucun passeport"):
        audits.ask(body, scope, by=person)


def test_too_many_at_once_are_refused(body, person, monkeypatch):
    make_spent(body)
    monkeypatch.setattr(audits, "MOST_PASSPORTS", 0)

    with pytest.raises(ValidationError, match="1 passeports"):
        audits.ask(body, PERIOD, by=person)


def test_what_is_being_made_is_the_answer_to_who_asks_again(body, person):
    make_spent(body)
    other = audits.ask(body, PERIOD | {"to": "2026-09-09"}, by=person)
    asked = audits.ask(body, PERIOD, by=person)

    assert audits.ask(body, PERIOD, by=person) == asked != other
    later = timezone.now() + audits.GIVEN_UP_AFTER
    assert audits.has_failed(asked, later)
    assert audits.ask(body, PERIOD, by=person, now=later) != asked


def test_it_is_made_once_and_tells_how_far_it_is(body, person):
    make_spent(body)
    audit = audits.ask(body, PERIOD, by=person)
    seen = []
    audits.make(audit.reference, alive=lambda: seen.append(AuditFile.objects.get().done))
    audits.make(audit.reference)
    first = AuditFile.objects.get()

    assert seen == [1]
    assert not audits.has_failed(first)
    work.run_due()
    assert AuditFile.objects.get().file == first.file


def test_two_processes_at_once_leave_one_file(body, person):
    make_spent(body)
    audit = audits.ask(body, PERIOD, by=person)

    audits.make(audit.reference, alive=lambda: AuditFile.objects.update(ready_at=timezone.now(), file="autre.zip"))

    assert AuditFile.objects.get().file == "autre.zip"


def test_who_waits_is_told_once_nobody_tries_again(body, person, monkeypatch):
    make_spent(body)
    audit = audits.ask(body, PERIOD, by=person)
    monkeypatch.setattr(audit_archive, "CHECKER", None)  # breaks the archive
    for attempts, failed in ((1, False), (work.MOST_ATTEMPTS, True)):
        with pytest.raises(AttributeError):
            tasks.make_audit_file(Errand(about=audit.reference, attempts=attempts))
        audit.refresh_from_db()
        assert audits.has_failed(audit) is failed


def test_only_people_of_that_body_download_it_for_a_week(client, body, person):
    make_spent(body)
    audit = made(body, person, PERIOD)
    stranger = make_affiliation(organisation=make_organisation(is_prescriber=True)).user
    later = timezone.now() + audits.STAYS + DAY

    assert audits.find(make_affiliation(organisation=body).user, audit.reference)
    assert audits.find(stranger, audit.reference) is None
    assert audits.find(person, audit.reference, later) is None
    client.force_login(person)
    answer = client.get(f"/fichiers/controle/{audit.reference}/")
    assert b"".join(answer.streaming_content).startswith(b"PK")
    client.force_login(stranger)
    assert client.get(f"/fichiers/controle/{audit.reference}/").status_code == 404
    stored = audit.file
    assert audits.delete_expired(timezone.now()) == 0
    assert audits.delete_expired(later) == 1
    assert not stored.storage.exists(stored.name)


def test_what_came_to_nothing_leaves_the_list(body, person):
    make_spent(body)
    audits.ask(body, PERIOD, by=person)

    assert audits.delete_expired(timezone.now() + audits.STAYS + DAY) == 1


# Screens


@pytest.fixture
def reader(client, person):
    client.force_login(person)
    return client


def read(client, path):
    return client.get(path).content.decode().replace("\xa0", " ")


def test_each_member_reads_who_took_a_file_about_them_away(client, body, person):
    passport, other = make_spent(body), make_passport()
    audit = made(body, person, PERIOD)
    client.force_login(person)

    for _time in range(2):
        b"".join(client.get(reverse("private_file", args=[audits.KIND, audit.reference])))

    assert [look.user for look in passport.looks.all()] == [person]
    assert not other.looks.exists()


@pytest.mark.parametrize("of", ["passport", "order", "period"])
def test_it_is_asked_for_watched_and_downloaded(reader, body, of, django_capture_on_commit_callbacks):
    passport = make_spent(body)
    asked = {
        "passport": {"passport": passport.reference},
        "order": {"order": passport.sheet.order.reference},
        "period": {"first": "2026-09-07", "last": "2026-09-08"},
    }

    answer = reader.post(AUDITS, asked[of])
    assert answer.status_code == 302
    assert "0 passeport prêt sur 1" in read(reader, answer.url)
    assert "en préparation" in read(reader, AUDITS)
    audits.make(AuditFile.objects.get().reference)

    assert "Télécharger le dossier" in read(reader, answer.url)
    assert "prêt jusqu’au" in read(reader, AUDITS)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({}, "Choisissez une commande, ou donnez les deux jours"),
        ({"first": "2026-09-07"}, "Choisissez une commande, ou donnez les deux jours"),
        ({"first": "2026-02-30", "last": "x"}, "Donnez une date"),
        ({"first": "2026-09-08", "last": "2026-09-07"}, "Le dernier jour vient après le premier"),
        ({"first": "2025-01-01", "last": "2025-01-02"}, "Aucun passeport"),
        ({"first": "0001-01-01", "last": "9999-12-31"}, "Donnez une date entre 2000 et 2100"),
        ({"order": "zzz"}, "Choisissez dans la liste"),
    ],
)
def test_what_is_typed_wrong_is_said(reader, typed, told):
    page = reader.post(AUDITS, typed)

    assert page.status_code == 200
    assert told in page.content.decode()
    assert not AuditFile.objects.exists()


def test_an_order_and_days_are_not_asked_together(reader, body):
    order = make_sheet(organisation=body).order

    page = reader.post(AUDITS, {"order": order.reference, "first": "2026-09-07", "last": "2026-09-08"})

    assert "pas les deux" in page.content.decode()


def test_a_file_that_failed_or_is_over_is_said(reader, body, person):
    make_spent(body)
    audit = made(body, person, PERIOD)
    path = reverse("prescriber_audit", args=[audit.reference])
    AuditFile.objects.update(expires_at=timezone.now() - DAY)
    assert "n’est plus disponible" in read(reader, path)
    AuditFile.objects.update(ready_at=None, failed_at=timezone.now())
    assert "n’a pas pu être fait" in read(reader, path)
    assert "pas fait" in read(reader, AUDITS)


def test_another_prescriber_sees_no_file(client, body, person):
    passport = make_spent(body)
    audit = made(body, person, PERIOD)
    client.force_login(make_affiliation(organisation=make_organisation(is_prescriber=True)).user)

    assert client.get(reverse("prescriber_audit", args=[audit.reference])).status_code == 404
    assert client.post(AUDITS, {"passport": passport.reference}).status_code == 404
    assert "Choisissez dans la liste" in client.post(AUDITS, {"order": passport.sheet.order.reference}).content.decode()
    assert audit.reference not in read(client, AUDITS)
