"""A real Chromium, French, that reports whatever a page does wrong."""

import os
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
    return browser_type_launch_args | {
        "executable_path": os.environ.get("CHROMIUM") or "/usr/bin/chromium",
        "args": ["--no-sandbox", "--disable-gpu", *quiet],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return browser_context_args | {"locale": "fr-FR", "timezone_id": "Europe/Paris"}


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

    page.on("request", look_at)
    page.on("console", listen_to)
    page.on("pageerror", lambda error: problems.append(f"script: {error}"))
    return problems


@pytest.fixture
def watched_page(page, live_server):
    """A page of the site; the test fails if what it opens does anything wrong."""
    problems = watch(page, live_server.url)

    yield page

    assert problems == []


@pytest.fixture
def axe():
    """`axe(page)` is the accessibility findings of what the page shows now: rule, number of elements, the first one."""

    def findings(page):
        answer = Axe().run(page, options={"runOnly": RULES}).response
        return [(found["id"], len(found["nodes"]), found["nodes"][0]["html"]) for found in answer["violations"]]

    return findings
