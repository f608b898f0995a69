"""A real Chromium, French, that reports whatever a page does wrong."""

import os
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from pytest_django.live_server_helper import LiveServer

from tests.browser.small_site import Site, make_small_site, show_failures
from tests.conftest import database_key

# Style sheets are not fetched again: the only rule that reads them by itself is experimental, and not asked.
PRELOADED = {"assets": ["media"]}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ASK_AXE = """async (options) => {
    const { violations } = await axe.run(options);
    return violations.map(({ id, nodes }) => [id, nodes.length, nodes[0].html]);
}"""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
    return browser_type_launch_args | {
        "executable_path": os.environ.get("CHROMIUM") or "/usr/bin/chromium",
        "args": ["--no-sandbox", "--disable-gpu", *quiet],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    """Where nothing moves: a page that is still sliding in is neither measured nor photographed."""
    return browser_context_args | {"locale": "fr-FR", "timezone_id": "Europe/Paris", "reduced_motion": "reduce"}


# Pictures that wait to be scrolled to are asked for at once; what stands after them in the page has then run too.
SETTLED = """async () => {
    const pictures = [...document.images].filter((image) => image.checkVisibility());
    for (const image of pictures) image.loading = "eager";
    const ended = (image, end) => new Promise((done) => image.addEventListener(end, done));
    const drawn = (image) => image.complete || Promise.race([ended(image, "load"), ended(image, "error")]);
    await Promise.all(pictures.map(drawn));
    await document.fonts.ready;
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
}"""


def settle(page):
    """Wait until everything that the page shows has come, wherever in it."""
    page.evaluate(SETTLED)


@contextmanager
def watch(page, address):
    """The list that fills with what pages do wrong: errors, refused resources, requests outside `address`."""
    ours = urlsplit(address).netloc
    problems = []

    def look_at(request):
        asked = urlsplit(request.url)
        if asked.scheme in {"http", "https", "ws", "wss"} and asked.netloc != ours:
            problems.append(f"outside request: {request.url}")

    def listen_to(message):
        if message.type in {"error", "warning"}:
            problems.append(f"console: {message.text}")

    listeners = {
        "request": look_at,
        "console": listen_to,
        "pageerror": lambda error: problems.append(f"script: {error}"),
    }
    for event, listener in listeners.items():
        page.on(event, listener)
    yield problems
    for event, listener in listeners.items():
        page.remove_listener(event, listener)


@pytest.fixture
def watched_page(page, live_server):
    """A page of the site; the test fails if what it opens does anything wrong."""
    with watch(page, live_server.url) as problems:
        yield page

        assert problems == []


@pytest.fixture
def axe():
    """`axe(page)` is the accessibility findings of what the page shows now: rule, number of elements, the first one.

    `rules` keeps the only ones to look for.
    """

    def findings(page, rules=None):
        kept = {"type": "rule", "values": rules} if rules else RULES
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE_SCRIPT)
        options = {"runOnly": kept, "resultTypes": ["violations"], "preload": PRELOADED}
        found = page.evaluate(ASK_AXE, options)
        return [tuple(finding) for finding in found]

    return findings


@pytest.fixture(scope="session")
def made(request, django_db_setup, django_db_blocker):
    """The paths of the small site, which is made once for the whole run and brought back for each module."""
    database = request.config.stash[database_key]
    with django_db_blocker.unblock():
        made = make_small_site()
        database.keep()
        empty(database)
    return made


def empty(database):
    database.restore()
    ContentType.objects.clear_cache()


@pytest.fixture(scope="module")
def site(request, made, django_db_blocker):
    """The small site, served for a whole module: its tests read, and what they write stays until its end."""
    database = request.config.stash[database_key]
    with django_db_blocker.unblock():
        database.bring_back()
        # The last requests of a browser may outlive the server, which ends the sharing.
        connection.inc_thread_sharing()
        server = LiveServer("localhost")
        yield Site(server.url, made)
        server.stop()
        empty(database)


@pytest.fixture(scope="session")
def tab(browser, browser_context_args):
    """One for the whole run: a browser takes longer to open one than to show a page in it."""
    context = browser.new_context(**browser_context_args)
    show_failures(context)
    yield context.new_page()
    context.close()


@pytest.fixture
def visit(site, page):
    """`visit("article")` opens a page of the small site, where nothing moves, and sees that it is the right answer."""
    page.mouse.move(0, 0)
    page.emulate_media(reduced_motion="reduce", color_scheme="light", forced_colors="none")

    def open_page(name, width=1280):
        page.set_viewport_size({"width": width, "height": 900})
        answer = page.goto(site[name])
        assert answer.status == site.status(name)
        return page

    return open_page
