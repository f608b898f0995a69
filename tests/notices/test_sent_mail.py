from datetime import UTC, datetime

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import override_settings
from django.urls import reverse

from notices.sent_mail import html_as_text, sent_mails


@pytest.fixture
def folder(tmp_path, settings):
    settings.MAIL_ROOT = tmp_path
    mailer = {
        "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "OPTIONS": {"file_path": str(tmp_path)},
    }
    with override_settings(MAILERS={"default": mailer}):
        yield tmp_path


def send(subject="Votre réservation", text="À bientôt", html="", **fields):
    mail = EmailMultiAlternatives(subject, text, "Actess <a@example.org>", ["camille@example.org"], **fields)
    if html:
        mail.attach_alternative(html, "text/html")
    mail.send()


def test_a_sent_mail_is_read_back_as_it_was_written(folder):
    send(html='<p>À <a href="https://example.org/r/1">bientôt</a></p>')

    [mail] = sent_mails(folder)

    assert mail.subject == "Votre réservation"
    assert mail.sender == "Actess <a@example.org>"
    assert mail.recipients == "camille@example.org"
    assert mail.text == "À bientôt"
    assert mail.html == "À bientôt (https://example.org/r/1)"
    assert abs((datetime.now(UTC) - mail.sent_at).total_seconds()) < 60


def test_the_newest_mail_comes_first(folder):
    send("Hier", headers={"Date": "Fri, 20 Nov 2026 10:00:00 +0100"})
    send("Aujourd’hui", headers={"Date": "Sat, 21 Nov 2026 10:00:00 +0100"})

    assert [mail.subject for mail in sent_mails(folder)] == ["Aujourd’hui", "Hier"]


def test_messages_of_one_file_are_told_apart(folder):
    send("Un")
    send("Deux")
    files = list(folder.iterdir())
    messages = b"".join(file.read_bytes() for file in files)
    for file in files:
        file.unlink()
    (folder / "1.log").write_bytes(messages)

    assert {mail.subject for mail in sent_mails(folder)} == {"Un", "Deux"}


def test_a_mail_without_a_date_or_a_subject_is_still_shown(folder):
    (folder / "1.log").write_bytes(b"To: camille@example.org\n\nBonjour\n")

    [mail] = sent_mails(folder)

    assert (mail.subject, mail.text) == ("", "Bonjour")


def test_styles_and_scripts_are_not_text():
    html = "<head><title>T</title><style>p{}</style></head><p>Bon<br>jour</p><script>alert(1)</script>"

    assert html_as_text(html) == "Bon\njour"


@pytest.mark.django_db
def test_the_page_shows_mails_with_links_to_follow(client, folder):
    send(text="Confirmez : https://example.org/r/1", subject="<b>Objet</b>")

    answer = client.get(reverse("sent_mails")).content.decode()

    assert '<a href="https://example.org/r/1"' in answer
    assert "&lt;b&gt;Objet&lt;/b&gt;" in answer


@pytest.mark.django_db
def test_an_empty_folder_is_said_to_be_empty(client, folder):
    assert "Aucun message" in client.get(reverse("sent_mails")).content.decode()


@pytest.mark.django_db
def test_the_page_does_not_exist_online(client, settings):
    settings.SHOW_MAIL = False

    assert client.get(reverse("sent_mails")).status_code == 404


def test_emphasis_and_links_without_an_address_are_plain_text():
    assert html_as_text("<p>Un <strong>mot</strong> et <a>rien</a></p>") == "Un mot et rien"
