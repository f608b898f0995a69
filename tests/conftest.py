"""What every test starts from: a migrated database and empty caches."""

import gc
import os
import shutil
from contextlib import nullcontext
from unittest import mock

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.core.management.commands import flush
from django.db import connection

from tests.databases import fresh_database
from tests.logins import CompleteLogin
from tests.template_names import FailInOurTemplates
from tests.turns import between_requests

# Playwright's synchronous interface runs inside an event loop.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

database_key = pytest.StashKey()
# What goes from page to page, or opens many files: too long to be done twice before each commit.
WALKS = (
    "tests.access",
    "tests.accompaniment.test_admin",
    "tests.accompaniment.test_agenda",
    "tests.accompaniment.test_diagnostic_pages",
    "tests.accounts.test_admin_screens",
    "tests.accounts.test_nobody_is_told",
    "tests.accounts.test_permissions",
    "tests.api",
    "tests.browser",
    "tests.candidates.test_film_screens",
    "tests.candidates.test_member_screens",
    "tests.candidates.test_transcoding",
    "tests.decks.test_editors_side",
    "tests.decks.test_hostile",
    "tests.decks.test_screens",
    "tests.events.test_booking_pages",
    "tests.events.test_editing",
    "tests.events.test_prescriber_pages",
    "tests.events.test_staff",
    "tests.guides.test_guide_pages",
    "tests.home.test_contact",
    "tests.home.test_dashboard",
    "tests.home.test_demo",
    "tests.home.test_editors",
    "tests.home.test_front_page",
    "tests.home.test_links",
    "tests.home.test_machines",
    "tests.home.test_setup",
    "tests.pages.test_library",
    "tests.pages.test_uploads",
    "tests.passport.test_agreement_pages",
    "tests.passport.test_check",
    "tests.passport.test_counsellor_pages",
    "tests.passport.test_documents",
    "tests.passport.test_member_cheques",
    "tests.passport.test_member_page",
    "tests.passport.test_order_papers",
    "tests.passport.test_orders_admin",
    "tests.passport.test_paper_agreement_pages",
    "tests.passport.test_prescriber_inputs",
    "tests.passport.test_prescriber_pages",
    "tests.passport.test_printed",
    "tests.passport.test_signing_pages",
    "tests.passport.test_treasury_accounts",
    "tests.passport.test_treasury_orders",
    "tests.private_files.test_private_file",
    "tests.private_files.test_ranges",
    "tests.spaces.test_homes",
    "tests.spaces.test_members",
    "tests.test_bad_inputs",
    "tests.test_project",
    "tests.videos.test_calendar",
    "tests.videos.test_publication",
    "tests.videos.test_video_pages",
)
# What others have proved already, seen once more from page to page: coverage would double the time of it.
NOT_MEASURED = ("tests.access", "tests.browser", "tests.home.test_demo")
EMPTIES_THE_DATABASE = {"live_server", "transactional_db", "django_db_reset_sequences"}


@pytest.fixture(scope="session")
def django_db_setup(request, django_test_environment, django_db_blocker):
    with django_db_blocker.unblock(), fresh_database() as database:
        request.config.stash[database_key] = database
        with django_db_blocker.block():
            yield
        del request.config.stash[database_key]


@pytest.fixture(autouse=True, scope="session")
def template_names(_fail_for_invalid_template_variable):
    options = settings.TEMPLATES[0]["OPTIONS"]
    options["string_if_invalid"] = FailInOurTemplates(options["string_if_invalid"])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item):
    """What a test wrote for good leaves with its database, of which a copy takes the place.

    The flush that Django does then would delete row by row, and make every permission anew.
    """
    writes_for_good = database_key in item.config.stash and empties_the_database(item)
    try:
        with mock.patch.object(flush.Command, "handle", return_value=None) if writes_for_good else nullcontext():
            return (yield)
    finally:
        if writes_for_good and database_key in item.config.stash:  # the last test took the database with it
            with between_requests():
                item.config.stash[database_key].restore()
            ContentType.objects.clear_cache()


def empties_the_database(item):
    marker = item.get_closest_marker("django_db")
    return bool(EMPTIES_THE_DATABASE & set(item.fixturenames) or (marker and marker.kwargs.get("transaction")))


def pytest_configure(config):
    config.addinivalue_line("markers", "database: asks for the database; each test that does has it by itself")
    config.addinivalue_line("markers", "each_database: about what each database does in its own way: measured on both")
    config.addinivalue_line(
        "markers", "walk: goes from page to page; on PostgreSQL, a trial. Of the modules in `WALKS`"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """What asks for no database is the same on all of them, and is not run again on PostgreSQL.

    Coverage is measured once: of what runs on both, on PostgreSQL.
    """
    for item in items:
        module = item.module.__name__
        asks = bool(item.get_closest_marker("django_db") or "django_db_setup" in item.fixturenames)
        runs_on_both = asks and not module.startswith(WALKS) and not item.get_closest_marker("each_database")
        if asks:
            item.add_marker("database")
        if module.startswith(WALKS):
            item.add_marker("walk")
        if module.startswith(NOT_MEASURED) or (runs_on_both and connection.vendor == "sqlite"):
            item.add_marker("no_cover")


def pytest_collection_finish():
    """All that is imported stays to the end: the collector need not look through it again and again, nor so often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 50)


@pytest.fixture
def client():
    """A browser; `force_login` gives the account the second factor that a real login would have asked for."""
    return CompleteLogin()


@pytest.fixture(autouse=True)
def empty_caches():
    caches["local"].clear()


def pytest_unconfigure(config):
    """The test settings made a folder for the run, unless they were given one."""
    if settings.DATA.name.startswith("actess-test-") and not hasattr(config, "workerinput"):
        shutil.rmtree(settings.DATA, ignore_errors=True)


@pytest.fixture
def tell(record_property):
    """Says a line at the end of the run, from whichever process: how many of what a trial tried."""
    return lambda line: record_property("told", line)


def pytest_terminal_summary(terminalreporter):
    for reports in ("passed", "failed"):
        for report in terminalreporter.getreports(reports):
            for name, line in report.user_properties:
                if name == "told":
                    terminalreporter.write_line(line)
