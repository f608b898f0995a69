"""A real Chromium, French, that reports whatever a page does wrong."""

import os
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
REPORT_CSP = """
document.addEventListener("securitypolicyviolation", event =>
  console.error("CSP", event.effectiveDirective, event.blockedURI));
"""


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


@pytest.fixture
def watched_page(page, live_server):
    """A page of the site: a script or console error, a refused resource or an outside request fails the test."""
    ours = urlsplit(live_server.url).netloc
    problems = []

    def look_at(request):
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws", "wss"} and address.netloc != ours:
            problems.append(f"outside request: {request.url}")

    page.add_init_script(REPORT_CSP)
    page.on("request", look_at)
    page.on("pageerror", lambda error: problems.append(f"script: {error}"))
    page.on(
        "console",
        lambda message: problems.append(f"console: {message.text}") if message.type in {"error", "warning"} else None,
    )

    yield page

    assert problems == []


@pytest.fixture
def axe():
    """`axe(page)` is the accessibility findings of what the page shows now: rule, number of elements, the first one."""

    def findings(page):
        answer = Axe().run(page, options={"runOnly": RULES}).response
        return [(found["id"], len(found["nodes"]), found["nodes"][0]["html"]) for found in answer["violations"]]

    return findings
