"""What a member takes away is whole, and is found false where somebody changed it."""

import gzip
import json
from datetime import timedelta

import pytest

from passport import exports, keys, ledger, verifying
from passport.models import EntryText
from tests.passport.factories import FIRST, make_passport, make_signed

pytestmark = pytest.mark.django_db

KINDS = {"rv": 6, "candidature": 12, "metiers": 6, "rencontre": 7, "entreprise": 4}


def test_an_export_is_authentic_with_and_without_its_texts():
    passport = make_passport()
    make_signed(passport, what="Écrire sa lettre", place="Au local")
    before = exports.export_of(passport)
    EntryText.objects.filter(entry__passport=passport).delete()
    after = exports.export_of(passport)

    assert verifying.check_export(before) == verifying.check_export(after) == []
    assert before["entries"][1]["texts"]["what"][1] == "Écrire sa lettre"
    assert after["entries"][1]["texts"] == {}


@pytest.mark.parametrize("change", [{"hours": 2}, {"kind": "metiers"}, {"cheque": "C1/01/01/2026/1"}])
def test_an_export_that_was_changed_is_not(change):
    passport = make_passport()
    make_signed(passport)
    export = exports.export_of(passport)
    export["entries"][1]["entry"] |= change

    assert {found.fault for found in verifying.check_export(export)} == {verifying.Fault.ALTERED}


def test_an_export_of_thirty_five_visits_is_light(django_assert_max_num_queries):
    passport = make_passport()
    days = iter(range(1, 99))
    for kind, hours in KINDS.items():
        for _hour in range(hours):
            make_signed(passport, day=FIRST + timedelta(days=next(days)), kind=kind, place="Au local")

    keys.sign(b"the first key has its row")
    with django_assert_max_num_queries(5):
        export = exports.export_of(passport)

    content = json.dumps(export, ensure_ascii=False, separators=(",", ":")).encode()
    assert verifying.check_export(export) == []
    assert len(export["entries"]) == 36
    assert len(content) < 40_000
    assert len(gzip.compress(content)) < 20_000


def test_a_cancelled_visit_is_in_it_with_its_reason():
    passport = make_passport()
    cheque = make_signed(passport)
    ledger.cancel(cheque, reason="Saisi deux fois", counsellor=cheque.counsellor)

    export = exports.export_of(passport)

    assert export["entries"][2]["texts"]["reason"][1] == "Saisi deux fois"
    assert export["statement"] is None
