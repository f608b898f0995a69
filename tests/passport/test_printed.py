"""The papers of a passport: what they say, for whom, in both standards, with nothing read as markup."""

from datetime import timedelta

import pypdfium2
import pytest

from accounts.models import Member, Organisation, User
from association.models import Identity
from passport import chain, decisions, ledger, pdf
from passport.checking import mark_of, spelled
from passport.models import Cheque, EntryText, PaperCheque, Passport
from passport.pdf.record import with_all
from tests.passport.factories import FIRST, at, counsellor_of, make_passport, make_proposal, make_sheet, make_signed
from tests.people import make_member, make_organisation

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)
MARGIN = 17 * 72 / 25.4
HOSTILE = [
    '#import "@preview/cetz:0.1.0": *',
    '#read("/etc/passwd") *gras* _x_ $y$ = T',
    "<script>alert(1)</script> \\u{1F600} `raw`",
    '=cmd|"/c calc"!A0 @a #super[x] ~b',
]


def text_of(content):
    """The number of pages, and their text on one line."""
    document = pypdfium2.PdfDocument(content)
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return len(pages), " ".join("\n".join(pages).split())


def is_accessible(content):
    return b"pdfuaid:part" in content and b"pdfaid:part" in content


def read(passport):
    return with_all(Passport.objects).get(pk=passport.pk)


def prescriber(name):
    return make_organisation(name=name, is_prescriber=True)


def make_full(**fields):
    """Two visits, one cancelled, one that waits, and a prolongation."""
    passport = make_passport(**fields)
    writer = counsellor_of(passport)
    signed = make_signed(passport, day=FIRST + WEEK, what="Parler du dos", place="12 rue des Lilas")
    cancelled = make_signed(passport, day=FIRST + 2 * WEEK, kind="candidature", hours=2)
    ledger.cancel(cancelled, reason="Comptée deux fois", counsellor=writer, now=at(FIRST + 2 * WEEK, 18))
    make_proposal(passport, day=FIRST + 3 * WEEK, kind="metiers", hours=3)
    until = passport.ends_on + WEEK
    asked = decisions.ask(
        passport, "extend", reason="Une opération", by=writer.user, until=until, motive="Arrêt maladie"
    )
    decisions.accept(asked, by=writer.user, proof="Courriel du 7")
    return read(passport), signed, cancelled


def test_the_attestation_of_a_passport_says_every_presence_and_what_was_decided():
    passport, signed, cancelled = make_full()

    content = pdf.attestation_of_passport(passport)

    _pages, text = text_of(content)
    assert is_accessible(content)
    for said in (
        *(str(passport.member), "1 heure d’accompagnement, sur les 35", signed.number, cancelled.number),
        *("8 septembre 2026, de 10 h à 11 h", "Annulée le 15 septembre 2026 : Comptée deux fois"),
        *("Prolongation", "Arrêt maladie : Une opération", str(passport.sheet), "3 h"),
    ):
        assert said in text


def test_every_paper_bears_its_code_and_the_head_of_the_chain():
    passport, signed, _cancelled = make_full()
    seq, digest = chain.head(passport)
    papers = [pdf.of_passport(passport), pdf.attestation_of_passport(passport), pdf.of_sheet(passport.sheet)]

    for paper in (*papers, pdf.attestation_of_visit(signed), pdf.certificate_of_visit(signed)):
        _pages, text = text_of(paper)
        assert spelled(passport.code) in text
        assert mark_of(seq, digest) in text
        assert digest in text.replace(" ", "")


def test_the_passport_says_its_stamps_its_visits_and_what_is_left():
    passport, signed, cancelled = make_full()

    content = pdf.of_passport(passport)

    _pages, text = text_of(content)
    assert is_accessible(content)
    for said in (
        *("34 h", "restantes sur 35", "1 h utilisée : 8 septembre. 5 h libres.", "3 h à signer : 22 septembre (3 h)."),
        *(str(passport.member), signed.number, cancelled.number, "Comptée deux fois", "Prolongation"),
    ):
        assert said in text
    assert "Parler du dos" not in text


def test_a_passport_that_has_not_begun_prints_too():
    passport = read(make_passport(starts_on=None))

    content = pdf.of_passport(passport)

    assert is_accessible(content)
    assert "commence avec la première visite signée" in text_of(content)[1]
    assert "Aucune visite n’est encore signée." in text_of(pdf.attestation_of_passport(passport))[1]


def test_a_sheet_has_a_stamp_for_each_hour_and_names_nobody():
    passport, *_cheques = make_full()

    content = pdf.of_sheet(passport.sheet)

    pages, text = text_of(content)
    assert pages == 1
    assert is_accessible(content)
    assert text.count(f"{passport.sheet} · ") == 35
    assert "Ateliers candidatures : n° 7 à 18." in text
    assert str(passport.member) not in text


def test_a_sheet_without_a_passport_says_so():
    content = pdf.of_sheet(make_sheet())

    assert is_accessible(content)
    assert "n’est encore celle d’aucun passeport" in text_of(content)[1]


def test_an_erased_text_leaves_its_line():
    passport, *_cheques = make_full()
    EntryText.objects.all().delete()

    _pages, text = text_of(pdf.attestation_of_passport(passport))

    assert "Annulée le 15 septembre 2026" in text
    assert "Comptée deux fois" not in text


def test_the_papers_of_a_demonstration_say_that_they_have_no_value():
    Identity.objects.create(is_demo=True)
    passport, *_cheques = make_full()

    leaf = PaperCheque.objects.create(serial="K7QM-01", counsellor=counsellor_of(passport))

    for paper in (pdf.of_passport(passport), pdf.of_sheet(passport.sheet), pdf.blanks([leaf])):
        assert "ce document n’a pas de valeur" in text_of(paper)[1]


def test_an_attestation_of_a_visit_is_one_page_without_what_was_said():
    passport, signed, _cancelled = make_full()

    content = pdf.attestation_of_visit(signed)

    pages, text = text_of(content)
    assert pages == 1
    assert is_accessible(content)
    assert signed.number in text
    assert str(passport.sheet.order.organisation) in text
    assert "Parler du dos" not in text
    assert "rue des Lilas" not in text


def test_an_attestation_of_a_cancelled_visit_says_that_it_counts_no_more():
    _passport, _signed, cancelled = make_full()
    cancelled.refresh_from_db()

    _pages, text = text_of(pdf.attestation_of_visit(cancelled))

    assert "Cette visite ne compte plus. Annulée le 15 septembre 2026 : Comptée deux fois." in text


def test_a_certificate_of_attendance_names_no_payer():
    passport, signed, _cancelled = make_full()

    content = pdf.certificate_of_visit(signed)

    pages, text = text_of(content)
    assert pages == 1
    assert is_accessible(content)
    assert "mardi 8 septembre 2026, de 10 h à 11 h" in text
    assert str(passport.sheet.order.organisation) not in text
    assert str(passport.sheet.order) not in text


def test_blank_cheques_are_three_on_a_page_with_their_serial_and_every_kind():
    passport = make_passport()
    writer = counsellor_of(passport)
    papers = [PaperCheque.objects.create(serial=f"K7QM-{number:02}", counsellor=writer) for number in range(1, 5)]

    content = pdf.blanks(papers)

    pages, text = text_of(content)
    assert pages == 2
    assert is_accessible(content)
    for said in ("K7QM-01", "K7QM-04", f"C{writer.number}", *(kind.label for kind in passport.version.kinds.all())):
        assert said in text
    assert text.count("Signature de la personne accompagnée") == len(papers)


@pytest.mark.parametrize("words", HOSTILE)
def test_markup_prints_as_it_was_typed(words):
    passport = read(make_passport(member=make_member(last_name=words), organisation=prescriber(words)))

    for content in (pdf.attestation_of_passport(passport), pdf.of_passport(passport), pdf.of_sheet(passport.sheet)):
        assert is_accessible(content)
        assert words in text_of(content)[1]


@pytest.mark.parametrize(
    "name", ["مريم", "Ελένη", "Олена", "שרה", "प्रिया", "Łucja Şahin", "😀", "你好", "\u202eetaris\u202c"]
)
def test_no_name_keeps_a_paper_from_printing(name):
    passport = make_passport(member=make_member(last_name=name))

    content = pdf.attestation_of_passport(read(passport))

    assert content.startswith(b"%PDF")
    assert "\u202e" not in text_of(content)[1]


def test_the_longest_names_cover_nothing_and_an_attestation_stays_on_its_page():
    passport, signed, _cancelled = make_full()
    Member.objects.update(first_name="A" * 150, last_name="W" * 150)
    Organisation.objects.update(name="M" * 160)
    User.objects.update(first_name="É" * 150, last_name="-Jeanne" * 21)
    cheque = Cheque.objects.select_related("counsellor__user").get(pk=signed.pk)

    for paper in (pdf.attestation_of_visit(cheque), pdf.certificate_of_visit(cheque)):
        assert text_of(paper)[0] == 1
        assert is_inside(paper)
    assert is_inside(pdf.attestation_of_passport(read(passport)))
    assert is_inside(pdf.of_passport(read(passport)))


def is_inside(content):
    """Whether every letter is between the margins of its page."""
    document = pypdfium2.PdfDocument(content)
    texts = [(page.get_width(), page.get_textpage()) for page in document]
    rights = [(text.get_charbox(at)[2], width) for width, text in texts for at in range(text.count_chars())]
    document.close()
    return all(right <= width - MARGIN for right, width in rights)
