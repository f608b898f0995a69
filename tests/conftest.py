"""What every test starts from: a migrated database and empty caches."""

import os
import shutil

import pytest
from coverage import Coverage
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches

from tests.databases import fresh_database
from tests.logins import CompleteLogin
from tests.template_names import FailInOurTemplates

# Playwright's synchronous interface runs inside an event loop.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

database_key = pytest.StashKey()
# These run every rule and prove little of any: to measure them takes as long again, and says nothing.
UNMEASURED = (
    "tests.access",
    "tests.api",
    "tests.browser",
    "tests.test_bad_inputs",
    "tests.test_project",
    "tests.home.test_demo",
    "tests.pages.test_uploads",
)
# What walks the whole site, or opens many files: too long to be done twice before each commit.
WALKS = (*UNMEASURED, "tests.accounts.test_admin_screens", "tests.accounts.test_permissions", "tests.home.test_editors")
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
    """A test that wrote for good ended with a flush, which also takes Wagtail's root page, site and groups."""
    try:
        return (yield)
    finally:
        if database_key in item.config.stash and empties_the_database(item):
            item.config.stash[database_key].restore()
            ContentType.objects.clear_cache()


def empties_the_database(item):
    marker = item.get_closest_marker("django_db")
    return bool(EMPTIES_THE_DATABASE & set(item.fixturenames) or (marker and marker.kwargs.get("transaction")))


def pytest_configure(config):
    config.addinivalue_line("markers", "database: asks for the database; each test that does has it by itself")
    config.addinivalue_line("markers", "walk: walks the whole site; on PostgreSQL, a trial. Of the modules in `WALKS`")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """What asks for no database is the same on all of them, and is not run again on PostgreSQL."""
    for item in items:
        if item.get_closest_marker("django_db") or "django_db_setup" in item.fixturenames:
            item.add_marker("database")
        if item.module.__name__.startswith(WALKS):
            item.add_marker("walk")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    """The coverage of rules is that of the tests that are about them."""
    measure = Coverage.current()
    if measure is None or not item.module.__name__.startswith(UNMEASURED):
        return (yield)
    measure.stop()
    try:
        return (yield)
    finally:
        measure.start()


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
