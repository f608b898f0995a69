"""The watch itself: what it would not notice, no browser test would."""

import pytest
from django.urls import reverse

from tests.browser.conftest import watch

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def problems(page, live_server):
    with watch(page, live_server.url) as problems:
        page.goto(live_server.url + reverse("sent_mails"))
        assert problems == []
        yield problems


@pytest.mark.parametrize(
    ("deed", "noticed"),
    [
        ("console.error('aïe')", "console: aïe"),
        ("fetch('/absente.js')", "404"),
        ("fetch('https://example.org/').catch(() => 0)", "Content Security Policy"),
        ("document.body.insertAdjacentHTML('beforeend', '<p style=color:red>')", "Content Security Policy"),
        (
            "document.body.append(document.createElement('script').appendChild(new Text('1')).parentNode)",
            "Content Security",
        ),
    ],
    ids=["an error", "a missing file", "a forbidden address", "a style", "a script"],
)
def test_what_the_console_says_is_noticed(page, problems, deed, noticed):
    with page.expect_event("console"):
        page.evaluate(f"() => {{ {deed} }}")

    assert any(noticed in problem for problem in problems), problems


def test_a_script_that_fails_is_noticed(page, problems):
    with page.expect_event("pageerror"):
        page.evaluate("() => { setTimeout(() => { throw new Error('aïe') }) }")

    assert problems == ["script: aïe"]


def test_a_request_outside_the_site_is_noticed(page, problems):
    page.route("https://example.org/**", lambda route: route.fulfill(body="<title>ailleurs</title>"))

    page.goto("https://example.org/")

    assert problems == ["outside request: https://example.org/"]


def test_a_picture_without_text_is_a_finding(page, problems, axe):
    page.evaluate("""() => { document.querySelector("main").append(document.createElement("img")) }""")

    assert "image-alt" in [rule for rule, _number, _element in axe(page)]
