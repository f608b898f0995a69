"""What a message says: its buttons, and nothing that its template did not write."""

import re

import pytest

from notices.writing import written_mail, written_sms

pytestmark = pytest.mark.django_db
OURS = "http://localhost:8000/reunions/"


@pytest.fixture
def template(settings, tmp_path):
    """`template(text)` writes it as the mail and the short message « one »."""
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]}]

    def write(text):
        for folder in ("mails", "sms"):
            (tmp_path / "notices" / folder).mkdir(parents=True, exist_ok=True)
            (tmp_path / "notices" / folder / "one.txt").write_text(text)

    return write


def buttons(html):
    return re.findall(r'<a href="([^"]*)">.*?<b>(.*?)</b>', html)


@pytest.mark.parametrize(
    ("paragraph", "found"),
    [
        (OURS, [(OURS, "Ouvrir la page")]),
        (f"Voir les réunions\u00a0:\n{OURS}", [(OURS, "Voir les réunions")]),
        (f"Voir les réunions\n{OURS}", []),
        (f"Un\u00a0:\nDeux\u00a0:\n{OURS}", []),
        (f"Voir {OURS} là", []),
        ("Voir\u00a0:\nhttps://evil.example/", []),
        ("http://localhost:8000.evil.example/", []),
        (f"Voir\u00a0:\n{OURS}\nou pas", []),
    ],
)
def test_an_address_of_ours_makes_a_button_that_says_what_it_does(template, paragraph, found):
    template(f"Objet\n\nBonjour,\n\n{paragraph}\n\nAu revoir.\n")

    _subject, text, html = written_mail("one", {})

    assert buttons(html) == found
    assert paragraph in text


def test_parts_that_say_nothing_leave_no_hole(template):
    template("Objet\n\nBonjour,\n\n{% if nobody %}x{% endif %}\n\n{% if nobody %}y{% endif %}\n\nAu revoir.\n")

    _subject, text, html = written_mail("one", {"nobody": False})

    assert text.startswith("Bonjour,\n\nAu revoir.\n")
    assert html.count("<p>") == 2


def test_a_short_message_is_one_line_with_a_name_in_the_log(template):
    template("Rappel\n\nVotre place est\nconfirmée {{ name }}.\n")

    assert written_sms("one", {"name": "Ada\r\n\u202e"}) == ("Rappel", "Votre place est confirmée Ada .")


def test_indented_lines_stand_out_and_others_do_not(template):
    template("Objet\n\nBonjour,\n\n  Le titre\n  Mardi à 14 h\n\n  Un\nDeux\n")

    _subject, text, html = written_mail("one", {})

    assert "\n\n  Le titre\n  Mardi à 14 h\n\n" in text
    assert html.count('<td bgcolor="#dcefe6">') == 1
    assert "<b>Le titre</b><br>Mardi à 14 h<" in html
    assert "Un<br>Deux" in html


def test_a_long_word_is_broken_and_the_address_of_another_site_is_not(template):
    elsewhere = f"https://rencontre.example.org/{'s' * 40}"
    template(f"Objet\n\nBonjour,\n\n  {{{{ name }}}}\n\nLe lien {elsewhere} et {{{{ name }}}}.\n")

    _subject, text, html = written_mail("one", {"name": "<i>" + "é" * 60})

    assert elsewhere in html
    assert "é" * 13 not in html
    assert html.count("é" * 12 + "<wbr>") == 8
    assert "<i>" not in html
    assert "<i>" + "é" * 60 in text
