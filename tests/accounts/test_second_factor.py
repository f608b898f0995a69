"""A second factor: asked of who sees other people's data, offered to everybody, and asked once it exists."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from accounts.authentication import secrets
from accounts.authentication.second_factor import must_choose_one
from accounts.checks import second_factor_is_required
from accounts.roles import ADMINISTRATORS, EDITORS, TREASURERS, VOLUNTEERS
from notices.models import Notice
from tests.accounts.doors import (
    NEW_PASSWORD,
    RESET,
    SECOND_FACTOR,
    TYPE_RESET_CODE,
    code_received,
    confirm,
    is_logged_in,
    make_account,
    type_password,
)
from tests.factories import make_admin, make_home, make_user
from tests.logins import APPLICATION as APPLICATION_SECRET
from tests.logins import code_of, protect
from tests.people import make_affiliation, make_counsellor, make_in_group, make_member, make_organisation

pytestmark = pytest.mark.django_db

CHOOSE = reverse("second_factor")
APPLICATION = reverse("mfa_activate_totp")
RECOVERY = reverse("mfa_view_recovery_codes")
TRUST = reverse("mfa_trust")

MUST = {
    "counsellor": lambda: make_counsellor().user,
    "prescriber": lambda: make_affiliation(organisation=make_organisation(is_prescriber=True)).user,
    "company": lambda: make_affiliation(organisation=make_organisation()).user,
    "treasurer": lambda: make_in_group(TREASURERS),
    "editor": lambda: make_in_group(EDITORS),
    "administrator": lambda: make_in_group(ADMINISTRATORS),
    "superuser": make_admin,
}
MAY = {
    "member": lambda: make_member().user,
    "volunteer": lambda: make_in_group(VOLUNTEERS),
    "nobody in particular": make_user,
}


@pytest.mark.parametrize("role", MUST)
def test_who_sees_other_people_s_data_chooses_one_first(role):
    make_home()
    browser = Client()
    browser.force_login(MUST[role]())

    for path in ("/espace/", "/gestion/", "/", "/api/v2/pages/", "/fichiers/deck/abc/"):
        assert browser.get(path).url == CHOOSE, path
    assert browser.post("/gestion/pages/add/").url == CHOOSE
    assert browser.get(CHOOSE).status_code == 200
    assert browser.get(reverse("mfa_index")).status_code == 200
    assert browser.get("/contact/").status_code == 404  # help, where there is such a page
    assert browser.post(reverse("account_logout")).url == "/"


@pytest.mark.parametrize("role", MAY)
def test_nobody_else_is_stopped(role):
    make_home()
    browser = Client()
    browser.force_login(MAY[role]())

    assert browser.get("/").status_code == 200
    assert browser.get(CHOOSE).url == reverse("mfa_index")


def test_a_role_given_today_asks_for_it_today():
    make_home()
    browser = Client()
    user = make_member().user
    browser.force_login(user)
    assert browser.get("/").status_code == 200

    make_counsellor(user=user)

    assert browser.get("/").url == CHOOSE


def test_it_is_offered_to_all_where_it_is_not_required(settings):
    settings.SECOND_FACTOR_REQUIRED = False
    browser = Client()
    browser.force_login(make_admin())

    assert not must_choose_one(make_admin())
    assert browser.get(CHOOSE).url == reverse("mfa_index")


def test_a_site_online_must_require_it(settings):
    assert second_factor_is_required() == []

    settings.SECOND_FACTOR_REQUIRED = False

    assert "accounts.E001" in {message.id for message in run_checks(include_deployment_checks=True)}


@pytest.mark.parametrize(("role", "queries"), [("stranger", 0), ("protected", 1), ("member", 1)])
def test_asking_costs_little(role, queries, django_assert_num_queries):
    user = {"stranger": lambda: None, "protected": lambda: protect(make_admin()), "member": lambda: make_member().user}
    somebody = user[role]()

    with django_assert_num_queries(queries):
        assert not must_choose_one(somebody)


def enrol(client, user):
    """Through the pages: an application, then its recovery codes."""
    client.get(APPLICATION)
    confirm(client)
    page = client.get(APPLICATION)
    secret = page.context["form"].secret
    answer = client.post(APPLICATION, {"code": code_of(secret)})
    return page, secret, answer


def test_an_application_is_added_and_then_asked_for(django_capture_on_commit_callbacks):
    make_home()
    client = Client()
    user = make_counsellor(user=make_account()).user
    type_password(client)
    assert client.get("/").url == CHOOSE

    with django_capture_on_commit_callbacks(execute=True):
        page, secret, answer = enrol(client, user)

    assert "data:image/svg+xml" in page.text
    assert secret in page.text
    assert answer.url == RECOVERY
    codes = client.get(RECOVERY)
    assert len(codes.context["unused_codes"]) == 10
    assert all(code in codes.text for code in codes.context["unused_codes"])
    assert client.get(reverse("mfa_download_recovery_codes")).text.count("\n") > 10
    assert client.get("/").status_code == 200
    assert Notice.objects.filter(recipient=user.email, kind="mfa/totp_activated").exists()

    client.post(reverse("account_logout"))
    answer = type_password(client)
    assert answer.url == SECOND_FACTOR
    assert not is_logged_in(client)
    assert client.get(SECOND_FACTOR).status_code == 200
    # The code of the next period: this one was used to enrol.
    assert client.post(SECOND_FACTOR, {"code": code_of(secret, later=1)}).url == TRUST
    assert not is_logged_in(client)
    assert client.get(TRUST).status_code == 200
    client.post(TRUST, {"action": "skip"})
    assert is_logged_in(client)


@pytest.mark.parametrize("half_a_minute_later", [False, True])
def test_a_code_is_right_once_in_all_of_its_time(client, half_a_minute_later):
    user = protect(make_account())
    code = code_of(later=1)

    type_password(client)
    client.post(SECOND_FACTOR, {"code": code})
    if half_a_minute_later:  # what the library remembers for half a minute
        assert cache.delete(f"allauth.mfa.totp.used?user={user.pk}&code={code}")
    other = Client()
    type_password(other)
    refused = other.post(SECOND_FACTOR, {"code": f"{code[:3]} {code[3:]}"})

    assert refused.status_code == 200
    assert "pas le bon" in refused.text


@pytest.mark.parametrize(("later", "right"), [(0, True), (1, True), (-4, False), (4, False)])
def test_a_clock_may_be_half_a_minute_off(client, later, right):
    protect(make_account())
    type_password(client)

    answer = client.post(SECOND_FACTOR, {"code": code_of(later=later)})

    assert (answer.status_code == 302) is right


def test_a_recovery_code_opens_once(client):
    user = make_account()
    client.force_login(user)
    confirm(client)
    client.post(reverse("mfa_generate_recovery_codes"))
    code = client.get(RECOVERY).context["unused_codes"][0]
    client.logout()

    for right in (True, False):
        browser = Client()
        type_password(browser)
        assert (browser.post(SECOND_FACTOR, {"code": code}).status_code == 302) is right


def test_a_trusted_browser_is_not_asked_for_30_days(client):
    user = protect(make_account())
    type_password(client)
    client.post(SECOND_FACTOR, {"code": code_of()})
    answer = client.post(TRUST, {"action": "trust"})

    assert is_logged_in(client)
    cookie = answer.cookies["mfa_trusted"]
    assert cookie["max-age"] == 30 * 24 * 3600
    assert cookie["httponly"]
    client.post(reverse("account_logout"))
    assert type_password(client).url == "/espace/"

    client.post(reverse("account_logout"))
    user.set_password("only-for-this-test, changé")
    user.save()
    assert type_password(client, password="only-for-this-test, changé").url == SECOND_FACTOR


def test_recovery_codes_show_only_to_who_confirmed(client):
    user = make_account()
    client.force_login(user)
    confirm(client)
    client.post(reverse("mfa_generate_recovery_codes"))
    codes = client.get(RECOVERY).context["unused_codes"]

    other = Client()
    other.force_login(user)
    page = other.get(RECOVERY)

    assert page.status_code == 302 or not any(code in page.text for code in codes)
    assert other.get(reverse("mfa_download_recovery_codes")).status_code in {302, 403}


def test_a_factor_changes_only_after_confirming(client):
    client.force_login(make_account())

    for name in ("mfa_deactivate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"):
        answer = client.post(reverse(name))
        assert answer.status_code == 302
        assert "/confirmer/" in answer.url
    assert client.get(reverse("mfa_reauthenticate")).status_code == 200


def test_an_application_is_taken_away_by_its_owner(client):
    user = make_account()
    client.force_login(user)
    confirm(client)
    page = client.get(reverse("mfa_deactivate_totp"))

    client.post(reverse("mfa_deactivate_totp"))

    assert page.status_code == 200
    assert not Authenticator.objects.filter(user=user).exists()


def test_another_one_s_keys_do_not_exist(client):
    theirs = Authenticator.objects.create(
        user=make_user(), type=Authenticator.Type.WEBAUTHN, data={"name": "Clé", "credential": {}}
    )
    client.force_login(make_account())
    confirm(client)

    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        assert client.get(reverse(name, args=[theirs.pk])).status_code == 404
        assert client.post(reverse(name, args=[theirs.pk]), {"name": "Mienne"}).status_code == 404


def test_a_secret_is_unreadable_without_the_site_s_key(settings):
    user = protect(make_account())
    stored = Authenticator.objects.get(user=user).data["secret"]

    assert APPLICATION_SECRET not in stored
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "only-for-the-next-year"
    assert secrets.decrypt(stored) == APPLICATION_SECRET
    settings.SECRET_KEY_FALLBACKS = []
    assert secrets.decrypt(stored) != secrets.decrypt(stored)


def test_a_key_that_is_gone_opens_nothing(client, settings):
    protect(make_account())
    type_password(client)
    Authenticator.objects.update(data={"secret": "not-a-secret"})

    for code in (code_of(), code_of("")):
        assert client.post(SECOND_FACTOR, {"code": code}).status_code == 200
    assert not is_logged_in(client)


NO_KEYS = [
    *("", "null", "[]", "{}", "1", '"a"', "{", "[" * 5000, '{"id": 1}', '{"id": null, "response": {}}'),
    '{"id":"YQ","rawId":"YQ","type":"public-key","response":{},"clientExtensionResults":{}}',
    '{"id":"YQ","rawId":"YQ","type":"public-key","response":{"clientDataJSON":"YQ","attestationObject":"YQ"}}',
    '{"id":"YQ","rawId":"YQ","type":"public-key","response":{"clientDataJSON":"e30","authenticatorData":"YQ",'
    '"signature":"YQ","userHandle":"YQ"},"clientExtensionResults":{}}',
    '{"id":"é","rawId":5,"type":[],"response":"\\u0000"}',
]


@pytest.mark.parametrize("credential", NO_KEYS)
def test_what_is_no_key_opens_nothing(client, credential):
    make_home()
    user = protect(make_account())
    enter = reverse("mfa_login_webauthn")
    client.get(enter, headers={"Accept": "application/json"})
    assert client.post(enter, {"credential": credential}).status_code in {200, 302}

    type_password(client)
    client.get(SECOND_FACTOR)
    assert client.post(SECOND_FACTOR, {"credential": credential}).status_code in {200, 302}
    assert not is_logged_in(client)

    client.force_login(user)
    confirm(client)
    client.get(reverse("mfa_add_webauthn"))
    assert client.post(reverse("mfa_add_webauthn"), {"credential": credential, "name": "x"}).status_code == 200
    assert not Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN).exists()


def test_a_lost_telephone_is_forgotten_by_who_runs_the_site(client, capsys):
    user = protect(make_account())

    call_command("forget_second_factor", "AWA@example.org")

    assert not Authenticator.objects.filter(user=user).exists()
    assert Notice.objects.filter(recipient=user.email, kind="mfa/forgotten").exists()
    assert "awa@example.org" in capsys.readouterr().out
    with pytest.raises(CommandError, match="No account"):
        call_command("forget_second_factor", "bob@example.org")


SET_PASSWORD = reverse("account_set_password")
FIRST_ONE = {"password1": "only-for-this-test, premier", "password2": "only-for-this-test, premier"}


def test_a_first_password_is_chosen_after_showing_again_who_one_is(client):
    """An open session alone would make a new way in that outlasts it."""
    user = protect(make_account())
    user.set_unusable_password()
    user.save()
    client.force_login(user)

    answer = client.post(SET_PASSWORD, FIRST_ONE)

    user.refresh_from_db()
    assert (answer.status_code, user.has_usable_password()) == (302, False)
    assert client.get(answer.url).url.startswith(reverse("mfa_reauthenticate"))
    assert FIRST_ONE["password1"] not in str(dict(client.session))

    client.post(reverse("mfa_reauthenticate"), {"code": code_of()})
    client.post(SET_PASSWORD, FIRST_ONE)
    user.refresh_from_db()
    assert user.has_usable_password()


def test_a_first_password_comes_by_mail_where_nothing_else_tells_who_one_is():
    user, client = make_account(), Client()
    user.set_unusable_password()
    user.save()
    client.force_login(user)

    for answer in (client.get(SET_PASSWORD), client.post(SET_PASSWORD, FIRST_ONE)):
        assert answer.url == RESET
    assert "recevez un code par e-mail" in client.get(RESET).text
    client.post(RESET, {"email": user.email})
    client.post(TYPE_RESET_CODE, {"code": code_received()})
    client.post(NEW_PASSWORD, FIRST_ONE)

    user.refresh_from_db()
    assert user.has_usable_password()


def test_who_has_a_password_changes_it(client):
    client.force_login(make_account())

    assert client.get(SET_PASSWORD).url == reverse("account_change_password")
