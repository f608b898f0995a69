"""Two prescribers see nothing of each other: every page and file about passports, with every reference of the other."""

import pytest
from django.urls import reverse

from passport.urls import urlpatterns
from private_files import kinds
from tests.access.marks import mark
from tests.test_project import PUBLIC_VIEWS

pytestmark = pytest.mark.django_db

KNOWN = ("passport", "cheque", "proposal", "dispute", "decision", "order", "free order", "audit", "code", "booklet")
PRIVATE = [pattern for pattern in urlpatterns if pattern.name not in PUBLIC_VIEWS]
SHUT = {403, 404, 405}


def addresses(pattern, known):
    """The view with each of these in the place of each of its texts."""
    texts = [name for name, kind in pattern.pattern.converters.items() if type(kind).__name__ != "IntConverter"]
    numbers = dict.fromkeys(set(pattern.pattern.converters) - set(texts), 1)
    return {reverse(pattern.name, kwargs=dict.fromkeys(texts, word) | numbers) for word in known}


@pytest.mark.parametrize("pattern", PRIVATE, ids=lambda pattern: pattern.name)
def test_no_page_of_one_is_read_by_the_other(world, pattern):
    other = world.browsers["P2"]
    theirs = [world.paths[name] for name in KNOWN] + [world.member.reference]

    for path in addresses(pattern, theirs):
        answers = [other.get(path), other.post(path, {})]
        if {answer.status_code for answer in answers} == {403}:
            return  # not for prescribers at all
        shut = [answer.status_code in SHUT for answer in answers]
        content = b"".join(answer.content for answer in answers).decode(errors="replace")

        assert all(shut) or not pattern.pattern.converters, path
        assert not [word for word in (*theirs, mark("nom"), mark("decision")) if word in content.replace(path, "")], (
            path
        )


@pytest.mark.parametrize("kind", sorted(kinds.registered()))
def test_no_file_of_one_is_read_by_the_other(world, kind):
    for name in KNOWN:
        assert world.browsers["P2"].get(reverse("private_file", args=[kind, world.paths[name]])).status_code == 404


def test_what_one_searches_or_filters_finds_nothing_of_the_other(world):
    other, order = world.browsers["P2"], world.paths["order"]

    assert other.get(reverse("prescriber_passports"), {"commande": order}).status_code == 404
    found = other.get(reverse("prescriber_passports"), {"q": mark("nom")}).content.decode()
    assert "Aucun passeport ne correspond" in found
    assert order not in other.get(reverse("prescriber_audits"), {"commande": order}).content.decode()
    assert other.post(reverse("prescriber_audits"), {"passport": world.paths["passport"]}).status_code == 404
    assert "Choisissez dans la liste" in other.post(reverse("prescriber_audits"), {"order": order}).content.decode()
