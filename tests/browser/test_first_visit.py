"""What a page asks of a line the first time: little."""

import gzip

import pytest

from tests.browser.conftest import settle

pytestmark = pytest.mark.browser

KB = 1000
HEAVY = ["home", "news list", "article", "video", "session"]


@pytest.mark.parametrize("name", HEAVY)
def test_a_first_visit_is_light(site, visit, page, name):
    answers = []
    page.on("response", lambda answer: answers.append(answer))

    visit(name)
    settle(page)

    weights = dict.fromkeys(("document", "stylesheet", "script", "font"), 0)
    for answer in answers:
        kind = answer.request.resource_type
        if kind in weights:
            weights[kind] += len(answer.body() if kind == "font" else gzip.compress(answer.body()))
    assert all(weights.values())
    assert weights.pop("font") <= 80 * KB
    assert sum(weights.values()) <= 60 * KB
