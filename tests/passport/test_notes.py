"""The note of a visit."""

import pytest
from django.core.exceptions import ValidationError

from passport import notes
from passport.models import Note
from tests.passport.factories import counsellor_of, make_passport, make_signed
from tests.people import make_counsellor, make_referent

pytestmark = pytest.mark.django_db


@pytest.fixture
def cheque():
    return make_signed(make_passport())


def keep(cheque, counsellor=None, **texts):
    return notes.keep(cheque, counsellor=counsellor or counsellor_of(cheque.passport), **texts)


def test_a_note_has_three_parts_and_is_changed_by_its_author(cheque):
    keep(cheque, assessment=" Confiance ")
    keep(cheque, assessment="Confiance", next_steps="Appeler")

    note = Note.objects.get()
    assert (note.assessment, note.strategy, note.next_steps) == ("Confiance", "", "Appeler")


def test_a_note_without_words_is_none(cheque):
    assert keep(cheque, assessment=" ") is None
    keep(cheque, strategy="Réseau")
    assert keep(cheque) is None
    assert not Note.objects.exists()


def test_only_who_accompanies_the_member_writes_and_nobody_over_another(cheque):
    keep(cheque, assessment="Confiance")
    other = make_counsellor()

    with pytest.raises(ValidationError, match="n’accompagnez pas"):
        keep(cheque, other, assessment="x")
    make_referent(cheque.passport.member, other, role="remplacant")
    with pytest.raises(ValidationError, match="d’une autre personne"):
        keep(cheque, other, assessment="x")
    assert Note.objects.get().assessment == "Confiance"
