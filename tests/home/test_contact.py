from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import IntegrityError, connection
from django.utils import timezone

from association.models import Identity
from home import contact
from home.models import ContactMessage
from tests.factories import make_contact

pytestmark = pytest.mark.django_db
MESSAGE = {
    "kind": "message",
    "name": "Awa Diallo",
    "email": "awa@example.org",
    "subject": "Une question",
    "text": "Bonjour, comment venir ?",
}


@pytest.fixture(autouse=True)
def _nobody_wrote_before():
    cache.clear()


@pytest.fixture
def page():
    Identity.objects.create(email="contact@example.org")
    return make_contact()


def test_a_message_is_kept_and_announced_without_its_text(client, page, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(page.address, MESSAGE)

    assert response.url == f"{page.address}?merci=1"
    assert ContactMessage.objects.get().text == "Bonjour, comment venir ?"
    [announcement] = mail.outbox
    assert announcement.to == ["contact@example.org"]
    for private in ("Awa", "awa@example.org", "comment venir"):
        assert private not in announcement.body + announcement.subject


def test_thanks_are_said_after(client, page):
    assert page.thanks in client.get(f"{page.address}?merci=1").text


def test_somebody_can_ask_to_be_called_back(client, page):
    client.post(
        page.address, {"kind": "callback", "name": "Awa", "telephone": "06 39 98 00 00", "best_time": "le matin"}
    )

    assert ContactMessage.objects.get().telephone == "06 39 98 00 00"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "Dites-nous votre nom."),
        ({"text": ""}, "Écrivez votre message."),
        ({"email": "", "telephone": ""}, "Donnez une adresse e-mail ou un téléphone"),
        ({"email": "pas une adresse"}, "Saisissez une adresse"),
        ({"kind": "callback"}, "Donnez le numéro auquel vous rappeler."),
        ({"kind": "autre"}, "choix"),
        ({"text": "x" * 4001}, "4000"),
    ],
)
def test_a_refusal_says_what_to_do_and_keeps_what_was_typed(client, page, changes, sentence):
    response = client.post(page.address, MESSAGE | changes)

    assert response.status_code == 200
    assert sentence in response.text
    assert "Une question" in response.text
    assert not ContactMessage.objects.exists()


def test_a_robot_that_fills_the_trap_is_thanked_and_forgotten(client, page):
    response = client.post(page.address, MESSAGE | {"site_web": "https://example.org"})

    assert response.url == f"{page.address}?merci=1"
    assert not ContactMessage.objects.exists()


def test_a_flood_is_slowed_down_without_losing_what_was_typed(client, page):
    answers = [client.post(page.address, MESSAGE) for _ in range(contact.HOURLY_LIMIT + 1)]

    assert answers[-1].status_code == 429
    assert "comment venir" in answers[-1].text
    assert ContactMessage.objects.count() == contact.HOURLY_LIMIT


def test_a_header_cannot_be_slipped_into_the_announcement(client, page, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        client.post(
            page.address, MESSAGE | {"subject": "a\r\nBcc: x@example.org", "email": "a@example.org\r\nBcc: b@c.d"}
        )

    assert all(message.to == ["contact@example.org"] and not message.bcc for message in mail.outbox)


def test_markup_is_shown_as_text(client, page):
    response = client.post(page.address, MESSAGE | {"name": "<script>alert(1)</script>", "text": ""})

    assert "<script>alert" not in response.text


def test_messages_older_than_a_year_are_erased():
    old = ContactMessage.objects.create(name="Ancien", email="a@example.org")
    recent = ContactMessage.objects.create(name="Récent", email="b@example.org")
    ContactMessage.objects.filter(pk=old.pk).update(sent_at=timezone.now() - timedelta(days=366))

    assert contact.forget_old() == 1
    assert contact.forget_old() == 0
    assert list(ContactMessage.objects.all()) == [recent]


def test_the_database_refuses_a_message_that_nobody_could_answer():
    message = ContactMessage.objects.create(name="Awa", email="a@example.org")
    with pytest.raises(IntegrityError, match="home_message_can_be_answered"), connection.cursor() as cursor:
        cursor.execute("UPDATE home_contactmessage SET email = '' WHERE id = %s", [message.pk])


def test_nobody_is_told_while_the_association_has_no_address():
    message = ContactMessage.objects.create(name="Awa", email="a@example.org")

    contact.announce.call(message.pk)

    assert mail.outbox == []
