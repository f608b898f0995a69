"""What the worker did and what was sent, as those who look after the site read it."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from errands.models import Errand
from notices.models import Notice
from tests.factories import make_admin, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
LISTS = ["travaux:index", "messages-envoyes:index"]


@pytest.fixture
def rows():
    now = timezone.now()
    Errand.objects.create(kind="film", about="a", given_up_at=now, error="ProcessDied")
    Errand.objects.create(kind="film", about="b", done_at=now)
    Errand.objects.create(kind="film", about="c")
    Notice.objects.create(kind="trial", recipient="ada@example.org", subject="Envoyé", sent_at=now)
    Notice.objects.create(kind="trial", recipient="bob@example.org", subject="Attendu", text="https://secret.example/")


@pytest.mark.parametrize(
    ("name", "state", "seen", "hidden"),
    [
        ("travaux:index", "abandon", "film a", "film c"),
        ("travaux:index", "attente", "film c", "film b"),
        ("travaux:index", "fait", "film b", "film a"),
        ("messages-envoyes:index", "attente", "Attendu", "Envoyé</"),
        ("messages-envoyes:index", "envoi", "ada@example.org", "bob@example.org"),
    ],
)
def test_the_lists_are_read_by_state(client, rows, name, state, seen, hidden):
    client.force_login(make_admin())

    page = client.get(reverse(name), {"state": state}).content.decode()

    assert seen in page
    assert hidden not in page


def test_the_log_does_not_say_what_a_message_said(client, rows):
    client.force_login(make_admin())
    notice = Notice.objects.get(recipient="bob@example.org")

    pages = [reverse("messages-envoyes:index"), reverse("messages-envoyes:inspect", args=[notice.pk])]

    for page in pages:
        response = client.get(page)
        assert response.status_code == 200
        assert "secret.example" not in response.content.decode()


@pytest.mark.parametrize("name", LISTS)
def test_who_may_not_see_them_does_not(client, rows, name):
    editor = make_user(groups=["Rédaction"])
    editor.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(editor)

    assert client.get(reverse(name)).status_code in {302, 403}


@pytest.mark.parametrize("space", ["travaux", "messages-envoyes"])
def test_nobody_writes_in_them(client, rows, space):
    client.force_login(make_admin())
    pk = (Errand if space == "travaux" else Notice).objects.last().pk

    for action, args in (("add", []), ("edit", [pk]), ("delete", [pk])):
        assert client.post(reverse(f"{space}:{action}", args=args)).status_code in {302, 403}
    assert (Errand.objects.count(), Notice.objects.count()) == (3, 2)
