"""Coming in: by a password, by a code, after a forgotten password; and going out."""

from urllib.parse import quote

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.authentication.addresses import mark_verified
from accounts.models import User
from notices.models import Notice
from tests.accounts.doors import (
    ASK_CODE,
    LOGIN,
    NEW_PASSWORD,
    PASSWORD,
    RESET,
    TYPE_CODE,
    TYPE_RESET_CODE,
    ask_code,
    code_received,
    confirm,
    is_logged_in,
    make_account,
    type_password,
)
from tests.factories import make_home, make_user

pytestmark = pytest.mark.django_db

ELSEWHERE = [
    "https://evil.example/",
    "http://evil.example",
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\\/evil.example",
    "\\/\\/evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https:///evil.example",
    "http:\\\\evil.example",
    "//testserver@evil.example",
    "https://testserver@evil.example/",
    "https://testserver.evil.example/",
    "https://testserver%2eevil.example/",
    "//evil。example",
    "https://evil.example\\@testserver",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "ftp://testserver/",
    "blob:https://testserver/x",
    " //evil.example",
    "\t//evil.example",
    "/\t/evil.example",
    "\n//evil.example",
    "https://localhost/",
    "//[::1]/",
    "https://[evil",
]
# Refused as such: no honest browser sends them in an address.
CONTROLS = ["/espace/\r\nSet-Cookie: a=b", "\x00//evil.example", "/\x01/evil.example"]


def test_a_password_opens_the_account(client):
    make_account()

    answer = type_password(client)

    assert answer.url == "/espace/"
    assert is_logged_in(client)


@pytest.mark.parametrize("email", ["AWA@Example.ORG", "  awa@example.org ", "Awa@example.org"])
def test_an_address_is_known_whatever_its_spelling(client, email):
    make_account()

    type_password(client, email)

    assert is_logged_in(client)


def test_a_wrong_password_is_an_error_of_the_form(client):
    make_account()

    answer = type_password(client, password="only-for-errors")

    assert answer.status_code == 200
    assert "ne vont pas ensemble" in answer.text
    assert 'value="awa@example.org"' in answer.text


@pytest.mark.parametrize(
    "password",
    ["only-for-" + "x" * 55, "  only-for-spaces around  ", "only-for-😀-émotions-ici", "only-for-" + "y" * 991],
)
def test_a_long_password_is_kept_as_it_was_typed(client, password):
    make_account(password=password)

    type_password(client, password=password.strip() + "?")
    assert not is_logged_in(client)
    type_password(client, password=password)
    assert is_logged_in(client)


@pytest.mark.parametrize("length", [1001, 100_000])
def test_a_password_without_end_is_refused_before_it_is_hashed(client, length, settings):
    make_account()
    settings.PASSWORD_HASHERS = ["tests.accounts.hashers.HasherThatFails"]

    answer = type_password(client, password="x" * length)

    assert "trop long" in answer.text


@pytest.mark.parametrize(
    "email",
    ["a" * 300, "a" * 300 + "@example.org", "a@" + "b" * 300, "é@example.org", "a@b", "' OR 1=1", "😀@example.org", ""],
)
@pytest.mark.parametrize(("path", "field"), [(LOGIN, "login"), (ASK_CODE, "email"), (RESET, "email")])
def test_no_name_breaks_a_door(client, path, field, email):
    assert client.post(path, {field: email, "password": PASSWORD}).status_code in {200, 302}


@pytest.mark.parametrize("email", ["\x00", "awa\x00@example.org", "\ud800"])
def test_a_name_that_cannot_be_read_is_refused(client, email):
    text = email.encode("utf-8", "surrogatepass")
    for path, field in ((LOGIN, "login"), (ASK_CODE, "email"), (RESET, "email")):
        body = f"{field}={quote(text)}&password=x"
        answer = client.post(path, body, content_type="application/x-www-form-urlencoded")
        assert answer.status_code == 400
        many = client.post(path, {field: text.decode("latin-1"), "password": "x"})
        assert many.status_code in {200, 302}


def test_a_code_received_by_mail_opens_the_account(client):
    make_account()

    assert ask_code(client).url == TYPE_CODE
    assert client.get(TYPE_CODE).status_code == 200
    answer = client.post(TYPE_CODE, {"code": code_received().replace("-", " ")})

    assert answer.url == "/espace/"
    assert is_logged_in(client)


def test_a_code_serves_once_and_in_its_own_browser(client, django_capture_on_commit_callbacks):
    make_account()
    ask_code(client)
    code = code_received()
    client.post(TYPE_CODE, {"code": code})
    client.logout()

    other = type(client)()
    assert other.post(TYPE_CODE, {"code": code}).url == ASK_CODE
    assert client.post(TYPE_CODE, {"code": code}).url == ASK_CODE
    ask_code(client)
    client.post(TYPE_CODE, {"code": code})
    assert not is_logged_in(client)


def test_three_wrong_codes_end_the_try(client):
    make_account()
    ask_code(client)

    answers = [client.post(TYPE_CODE, {"code": "000-000-000"}).status_code for _ in range(3)]
    client.post(TYPE_CODE, {"code": code_received()})

    assert answers == [200, 200, 302]
    assert not is_logged_in(client)


def test_a_forgotten_password_is_replaced_with_a_code(client):
    user = make_account()
    new = "only-for-this-test, un autre"

    assert client.post(RESET, {"email": user.email}).url == TYPE_RESET_CODE
    assert client.get(TYPE_RESET_CODE).status_code == 200
    assert client.post(TYPE_RESET_CODE, {"code": code_received()}).url == NEW_PASSWORD
    assert client.get(NEW_PASSWORD).status_code == 200
    refused = client.post(NEW_PASSWORD, {"password1": "court", "password2": "court"})
    answer = client.post(NEW_PASSWORD, {"password1": new, "password2": new})

    assert "15" in refused.text
    assert client.get(answer.url).status_code == 200
    assert not is_logged_in(client)
    type_password(client, password=new)
    assert is_logged_in(client)


def test_mails_wait_for_the_mail_server_and_not_the_page(client):
    make_account()

    ask_code(client)

    assert mail.outbox == []
    [notice] = Notice.objects.all()
    assert notice.sent_at is None
    assert "code" in notice.subject


def test_an_account_made_by_an_editor_shows_its_address_first(client):
    make_user(email="awa@example.org", password=PASSWORD)

    answer = type_password(client)
    assert not is_logged_in(client)
    assert client.get(answer.url).status_code == 200
    client.post(answer.url, {"code": code_received()})

    assert is_logged_in(client)


def test_an_address_changes_once_its_owner_shows_the_code(client):
    user = make_account()
    client.force_login(user)
    change = reverse("account_email")

    assert client.get(change).status_code == 200
    client.post(change, {"email": "nouvelle@example.org", "action_add": "oui"})
    confirm(client)
    answer = client.post(change, {"email": "nouvelle@example.org", "action_add": "oui"})
    user.refresh_from_db()
    assert user.email == "awa@example.org"
    assert client.get(answer.url).status_code == 200
    client.post(answer.url, {"code": code_received("nouvelle@example.org")})

    user.refresh_from_db()
    assert user.email == "nouvelle@example.org"
    assert Notice.objects.filter(recipient="awa@example.org", subject__contains="a changé").exists()


def test_a_former_address_opens_nothing(client):
    user = make_account()
    User.objects.filter(pk=user.pk).update(email="nouvelle@example.org")

    type_password(client)
    ask_code(client)
    client.post(RESET, {"email": "awa@example.org"})

    assert not is_logged_in(client)
    assert not Notice.objects.exists()


def test_marking_an_address_forgets_the_others():
    user = make_account()
    user.email = "Nouvelle@example.org"
    user.save()

    mark_verified(user)

    assert list(user.emailaddress_set.values_list("email", "verified", "primary")) == [
        ("nouvelle@example.org", True, True)
    ]


def test_a_closed_account_stays_closed(client):
    make_account(is_active=False)

    type_password(client)
    ask_code(client)

    assert not is_logged_in(client)
    assert not Notice.objects.exists()


@pytest.mark.parametrize("path", ["/compte/signup/", "/compte/inscription/", "/accounts/signup/", "/signup/"])
def test_nobody_makes_their_own_account(client, path):
    make_home()

    assert client.get(path).status_code == 404
    assert client.post(path, {"email": "a@example.org", "password1": PASSWORD}).status_code == 404


@pytest.mark.parametrize("address", ELSEWHERE)
def test_what_comes_next_stays_on_the_site(client, address):
    user = make_account()

    answer = type_password(client, next=address)
    assert answer.url == "/espace/"
    assert client.get(LOGIN, {"next": address.strip() or "x"}).url in {"/espace/"}
    assert client.post(reverse("account_logout"), {"next": address}).url == "/"
    client.force_login(user)
    assert client.post("/gestion/logout/", {"next": address}).url == "/"


@pytest.mark.parametrize("address", CONTROLS)
def test_what_comes_next_holds_no_control_character(client, address):
    make_account()

    body = f"login=awa%40example.org&password={quote(PASSWORD)}&next={quote(address)}"
    answer = client.post(LOGIN, body, content_type="application/x-www-form-urlencoded")

    assert answer.status_code == 400 or (answer.url.startswith("/espace/") and answer.url.isprintable())


def test_what_comes_next_is_kept_from_page_to_page(client):
    make_account()

    asked = client.get("/espace/membre/")
    assert asked.url == f"{LOGIN}?next=/espace/membre/"
    page = client.get(asked.url).text
    assert '<input type="hidden" name="next" value="/espace/membre/">' in page
    assert f"{ASK_CODE}?next=%2Fespace%2Fmembre%2F" in page
    assert type_password(client, next="/espace/membre/").url == "/espace/membre/"


def test_pages_of_the_login_are_in_french_and_open(client):
    make_home()
    for name in ("account_login", "account_request_login_code", "account_reset_password", "account_inactive"):
        page = client.get(reverse(name))
        assert page.status_code == 200
        assert page.text.count("<h1") == 1
        assert "no-store" in page.headers["Cache-Control"]
    assert client.get(reverse("account_password_reset_completed")).status_code == 200
    login = client.get(LOGIN).text
    assert 'autocomplete="username"' in login
    assert 'autocomplete="current-password"' in login
    assert "placeholder" not in login.split("<main")[1].split("</main")[0]


def test_the_editors_side_has_no_login_of_its_own(client):
    assert client.get("/gestion/login/?next=/gestion/pages/").url == f"{LOGIN}?next=/gestion/pages/"
    assert client.post("/gestion/login/", {"username": "a", "password": "b"}).url == LOGIN
    assert client.get("/gestion/password_reset/").status_code in {302, 404}


def test_somebody_without_the_right_to_the_editors_side_is_told_so(client):
    client.force_login(make_account())

    assert client.get("/gestion/").status_code == 403
    assert client.get("/gestion/users/").status_code == 403
    assert client.post("/gestion/pages/add/").status_code == 403
    assert client.get("/gestion/login/", follow=True).status_code in {200, 404}


def test_logging_out_asks_first_and_is_a_post(client):
    client.force_login(make_account())
    out = reverse("account_logout")

    assert client.get(out).status_code == 200
    assert is_logged_in(client)
    assert client.post(out).url == "/"
    assert not is_logged_in(client)


def test_a_post_without_its_token_is_refused():
    careful = Client(enforce_csrf_checks=True)

    assert careful.post(LOGIN, {"login": "a@example.org", "password": PASSWORD}).status_code == 403


def test_only_the_script_of_passkeys_reads_data(client):
    make_home()
    json = {"Accept": "application/json"}

    assert client.get(reverse("mfa_login_webauthn"), headers=json).headers["Content-Type"] == "application/json"
    assert client.get(LOGIN, headers=json).headers["Content-Type"].startswith("text/html")
    assert client.post(LOGIN, b"{}", content_type="application/json").headers["Content-Type"].startswith("text/html")


@pytest.mark.ignore_template_errors  # Wagtail's own templates use variables that are not set
def test_an_editor_who_may_not_open_a_page_is_told_so(client):
    editor = make_user(is_staff=True)
    editor.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(editor)

    assert client.get("/gestion/").status_code == 200
    for path in ("/gestion/users/", "/gestion/groups/", "/gestion/reports/site-history/"):
        assert client.get(path).status_code == 403
