"""What is kept together, on paper: accessible, complete, and nothing that was written is read as markup."""

from datetime import UTC, datetime
from io import BytesIO

import pypdfium2
import pytest

from accompaniment import agreements, pdf
from accompaniment.models import Roadmap, RoadmapLine
from tests.accompaniment.paths import make_agreement, make_diagnostic, make_roadmap
from tests.people import make_member

pytestmark = pytest.mark.django_db
HOSTILE = '#read("/etc/passwd") *gras* $y$ <script>alert(1)</script> #image("file:///etc/passwd") @x `raw`'


def text_of(content):
    assert b"pdfuaid:part" in content
    assert b"pdfaid:part" in content
    document = pypdfium2.PdfDocument(BytesIO(content))
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return " ".join(text.split())


def test_a_diagnostic_prints_each_question_and_its_answer():
    member = make_member(first_name="Łucja", last_name="Şahin")
    answers = {"secteurs": "Logement\nNumérique", "projet": "Cuisiner.\nEt servir."}

    text = text_of(pdf.of_diagnostic(make_diagnostic(member, answers=answers)))

    for said in ("Łucja Şahin", "Logement et Numérique", "Cuisiner. Et servir.", "La motivation", "en cours"):
        assert said in text
    assert text.count("Rien n’est écrit.") == 6


def test_a_roadmap_prints_its_hours_by_kind_and_its_lines():
    text = text_of(pdf.of_roadmap(make_roadmap()))

    for said in ("Cuisiner", "Rendez-vous individuels 2 h 6 h", "En tout 4 h 35 h", "Ateliers candidatures 1"):
        assert said in text


def test_an_agreement_prints_what_was_proposed_with_its_roadmap():
    draft = make_agreement()
    proposed = agreements.propose(draft, now=datetime(2027, 2, 23, 9, tzinfo=UTC))
    Roadmap.objects.update(aim="Autre chose")

    text = text_of(pdf.of_agreement(proposed))

    for said in (
        "Proposé le : mardi 23 février 2027",
        "À signer à partir du : mardi 2 mars 2027",
        "Venir aux rendez-vous.",
        "Annexe",
        "Cuisiner",
        "3 mois",
        "le jour de la première visite signée",
    ):
        assert said in text
    assert "Autre chose" not in text


def test_a_draft_prints_as_it_is_now():
    roadmap = make_roadmap(lines={"rv": []})

    text = text_of(pdf.of_agreement(make_agreement(roadmap)))

    assert "pas encore proposé" in text
    assert "Rien n’est écrit." in text


def test_hostile_words_print_as_they_were_typed():
    member = make_member(last_name=HOSTILE[:60])
    diagnostic = make_diagnostic(member, answers={"projet": HOSTILE})
    roadmap = make_roadmap(diagnostic=diagnostic)
    Roadmap.objects.update(aim=HOSTILE)
    RoadmapLine.objects.update(what=HOSTILE, when=HOSTILE[:80])
    agreement = make_agreement(Roadmap.objects.get(pk=roadmap.pk))
    agreement.commitments = HOSTILE

    squeezed = "".join(HOSTILE.split())
    for content in (pdf.of_diagnostic(diagnostic), pdf.of_agreement(agreement)):
        assert squeezed in "".join(text_of(content).split())


def test_an_agreement_prints_each_signature_with_its_day_and_means():
    agreement = make_agreement(state="propose", now=datetime(2027, 2, 23, 9, tzinfo=UTC))
    later = datetime(2027, 3, 3, 13, tzinfo=UTC)
    agreements.sign_as_member(agreement, means="session:password", now=later)
    agreement.refresh_from_db()
    half = text_of(pdf.of_agreement(agreement))
    assert "signé le mercredi 3 mars 2027 à 14 h, dans son espace, avec son mot de passe" in half
    assert "pas encore signé" in half

    agreements.sign_as_counsellor(agreement, counsellor=agreement.counsellor, means="session:code", now=later)
    agreement.refresh_from_db()
    text = text_of(pdf.of_agreement(agreement))

    assert "avec un code de sécurité" in text
    assert agreement.digest[:8] in text
    assert "pas encore signé" not in text
