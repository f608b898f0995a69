"""What holds for the whole project: addresses, templates, settings, migrations, the files of the tree."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from http import HTTPStatus

import pytest
from django.conf import settings
from django.core.management import call_command
from django.template.loader import get_template
from django.urls import URLPattern, URLResolver, get_resolver

from tests.keys import key_file

# Every view asks who is there, except these, which anyone may read.
PUBLIC_VIEWS = {
    "account_complete_password_reset",
    "account_confirm_login_code",
    "account_confirm_password_reset_code",
    "account_email_verification_sent",
    "account_inactive",
    "account_login",
    "account_logout",
    "account_password_reset_completed",
    "account_request",
    "account_request_login_code",
    "account_reset_password",
    "agenda_feed",
    "api:departements:detail",
    "api:departements:listing",
    "api:pages:detail",
    "api:pages:find",
    "api:pages:listing",
    "api:sessions:detail",
    "api:sessions:listing",
    "book_session",
    "book_session_done",
    "booking",
    "booking_accept",
    "booking_calendar",
    "booking_cancel",
    "booking_change",
    "booking_code",
    "booking_confirm",
    "booking_decline",
    "booking_move",
    "booking_rejoin",
    "booking_reminders",
    "booking_opinion",
    "appointment",
    "appointment_again",
    "appointment_calendar",
    "appointment_cancel",
    "appointment_move",
    "appointment_reminders",
    "check",
    "check_document",
    "checker",
    "departement",
    "diagnostic_slots",
    "erased",
    "editors_login",
    "editors_logout",
    "favicon",
    "info_session",
    "info_sessions",
    "invitation",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "mfa_trust",
    "news_feed",
    "news_feed_by_departement",
    "news_feed_by_tag",
    "nothing_here",
    "past_sessions",
    "private_file",
    "public_media",
    "robots",
    "schedule_calendar",
    "search",
    "security",
    "sent_mails",
    "session_calendar",
    "site_map",
    "sign_by_link",
    "sitemap",
    "sitemap_file",
    "styleguide",
    "wagtail_serve",
    "wagtaildocs_serve",
}
LONGEST_TEMPLATE = 80
TEMPLATES = sorted(
    str(path.relative_to(settings.ROOT / "templates")) for path in settings.ROOT.glob("templates/**/*.html")
)
INLINE_CODE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\son\w+=|\sstyle=|javascript:", re.I)
# Data that a script reads is not code: no browser runs it.
DATA = re.compile(r'<script[^>]*type="application/(?:ld\+)?json"')

each_template = pytest.mark.parametrize("name", TEMPLATES)


def our_views(resolver: URLResolver, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Each view outside the editors' interface, with its whole name."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}", pattern
        elif not str(pattern.urlconf_name).startswith("<module 'wagtail.admin"):
            yield from our_views(pattern, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace)


VIEWS = list(our_views(get_resolver()))


@pytest.mark.parametrize(("name", "view"), VIEWS, ids=[f"{name} {view.pattern}" for name, view in VIEWS])
def test_a_view_asks_who_is_there_unless_it_is_listed_as_public(name, view):
    # What `LoginRequiredMiddleware` reads.
    assert getattr(view.callback, "login_required", True) is (name not in PUBLIC_VIEWS)


def test_every_view_has_a_name():
    assert [str(view.pattern) for _, view in VIEWS if not view.name] == []


def test_every_public_view_exists():
    assert {name for name, _ in VIEWS} >= PUBLIC_VIEWS


@pytest.mark.django_db
def test_the_editors_pages_send_a_stranger_to_the_login(client):
    response = client.get("/gestion/")

    assert response.status_code == HTTPStatus.FOUND
    assert response.url.startswith("/compte/connexion/")
    assert client.get(response.url).status_code == HTTPStatus.OK


@each_template
def test_a_template_compiles_and_carries_no_inline_code(name):
    source = get_template(name).template.source

    assert INLINE_CODE.findall(DATA.sub("", source)) == []


@each_template
def test_a_template_can_be_read_in_one_go(name):
    assert len((settings.ROOT / "templates" / name).read_text().splitlines()) <= LONGEST_TEMPLATE


@pytest.mark.django_db
def test_models_and_migrations_agree():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "actess.settings.production",
    "SECRET_KEY": "not-a-secret-but-long-and-varied-enough-0123456789",
    "ALLOWED_HOSTS": "actess.example",
    "BASE_URL": "https://actess.example",
    "PASSPORT_KEY_FILE": key_file(),
}


def check_production(environment, data):
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level=WARNING"]
    inherited = {"PATH": os.environ["PATH"], "ACTESS_DATA": str(data), "PYTHONWARNINGS": "error"}
    return subprocess.run(
        command, cwd=settings.ROOT, env=inherited | environment, check=False, capture_output=True, text=True
    )


def test_production_settings_pass_the_deployment_checks(tmp_path):
    checked = check_production(PRODUCTION, tmp_path)

    assert checked.returncode == 0, checked.stderr


@pytest.mark.parametrize("name", sorted(PRODUCTION.keys() - {"DJANGO_SETTINGS_MODULE"}))
def test_a_missing_variable_stops_the_start_up_by_its_name(name, tmp_path):
    checked = check_production({key: value for key, value in PRODUCTION.items() if key != name}, tmp_path)

    assert checked.returncode != 0
    assert name in checked.stderr.splitlines()[-1]


def tracked_files() -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=settings.ROOT, check=True, capture_output=True, text=True)
    return [name for name in listed.stdout.split("\0") if name]


def test_the_tree_names_no_machine_and_no_registry():
    """Where packages come from is each machine's own setting; the lock file alone records it."""
    unwelcome = re.compile(
        rb"py[p]i\.(?:org|python)|pythonhoste[d]|npmj[s]|deb\.debia[n]|/wo[r]k/|\bshare[d]/|/ro[o]t/"
    )

    found = [
        f"{name}: {match[0].decode()}"
        for name in tracked_files()
        if name != "uv.lock" and (settings.ROOT / name).is_file()
        for match in unwelcome.finditer((settings.ROOT / name).read_bytes())
    ]

    assert found == []


def test_what_prepares_the_machine_starts_on_an_old_python():
    ast.parse((settings.ROOT / "dev.py").read_text(), feature_version=(3, 8))
