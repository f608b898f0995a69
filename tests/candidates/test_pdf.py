"""The page as a PDF: standard, accessible, and nothing that was written is read as markup."""

from io import BytesIO

import pypdfium2
import pytest

from candidates import pdf
from candidates.models import Version
from tests.candidates.factories import give_portrait, make_approved, make_experience, make_sector
from tests.people import make_member

pytestmark = pytest.mark.django_db


def read(version):
    """The bytes, and the text of all pages."""
    content = pdf.printed(Version.objects.with_all_they_say().get(pk=version.pk))
    document = pypdfium2.PdfDocument(BytesIO(content))
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return content, text


def test_it_says_all_that_the_page_says_and_keeps_both_standards():
    version = make_approved(
        make_member(first_name="Łucja", last_name="Şahin"),
        skills=["semer"],
        languages=[{"name": "wo", "level": "courant"}],
        links=[{"title": "Mon site", "url": "https://a.example.org/"}],
    )
    make_experience(
        version, employer="Chez nous", starts="2019", ends="2021", sector=make_sector(), text="Planter.\nArroser."
    )
    give_portrait(version)

    content, text = read(version)

    assert b"pdfaid:part" in content
    assert b"pdfuaid:part" in content
    for said in (
        "Łucja Şahin",
        "cuisine collective",
        "semer",
        "wolof (courant)",
        "Planter.",
        "2019 – 2021",
        "Mon site",
    ):
        assert said in text


@pytest.mark.parametrize(
    "words",
    [
        '#import "@preview/cetz:0.1.0": *',
        '#read("/etc/passwd") *gras* _x_ $y$ = Titre',
        "<script>alert(1)</script> \\u{1F600} `raw`",
        '#image("file:///etc/passwd")',
    ],
)
def test_markup_prints_as_it_was_typed(words):
    version = make_approved(make_member(last_name=words[:40]), headline=words[:120], summary=words, skills=[words])

    content, text = read(version)

    assert b"pdfuaid:part" in content
    assert words in text.replace("\r\n", " ").replace("\n", " ")


@pytest.mark.parametrize("name", ["مريم", "Ελένη", "Олена", "שרה", "प्रिया"])
def test_letters_of_other_scripts_are_shown(name):
    content, _text = read(make_approved(make_member(last_name=name)))

    assert b"pdfuaid:part" in content


@pytest.mark.parametrize("name", ["😀", "你好", "\u202eetaris\u202c", "a" * 150, "ታሪክ"])
def test_no_name_keeps_a_page_from_printing(name):
    version = make_approved(make_member(last_name=name), summary=("mot " * 499).strip(), headline="x" * 120)

    content, text = read(version)

    assert content.startswith(b"%PDF")
    assert "\u202e" not in text


def test_a_portrait_whose_file_is_lost_is_left_out():
    version = give_portrait(make_approved())
    version.portrait.storage.delete(version.portrait.name)

    assert read(version)[0].startswith(b"%PDF")
