"""LibreOffice, held: it draws the first slides where the machine has it, and nothing outlives its time."""

import socket
import sys
import time

import pytest

from decks import covers, office, reading
from decks.models import Preview, Topic
from tests.decks.factories import make_deck, odp, pptx

pytestmark = pytest.mark.django_db

has_office = pytest.mark.skipif(office.limits() is None, reason="no LibreOffice that can be held")


@has_office
@pytest.mark.parametrize(("make", "kind"), [(pptx, "pptx"), (odp, "odp")])
def test_the_first_four_slides_are_drawn(make, kind):
    deck = make_deck(content=make(["Un", "Deux", "Trois", "Quatre", "Cinq"]), kind=kind)

    reading.read(deck.file.name)

    previews = list(deck.previews.in_order())
    assert [preview.number for preview in previews] == [1, 2, 3, 4]
    assert [preview.text for preview in previews] == ["Un", "Deux", "Trois", "Quatre"]
    assert {preview.width for preview in previews} == {960}


@has_office
def test_what_libreoffice_does_not_open_gives_no_pdf():
    deck = make_deck(content=b"rien")

    with office.as_pdf(deck.file, "pptx") as made:
        assert made is None


def test_nothing_outlives_its_time(tmp_path):
    mark = tmp_path / "still-here"
    started = time.monotonic()

    office.run(["/bin/sh", "-c", f"(sleep 2; touch {mark}) & sleep 60"], tmp_path, seconds=0.5)

    assert time.monotonic() - started < 2
    time.sleep(2)
    assert not mark.exists()


@has_office
def test_it_has_no_network_and_little_memory(tmp_path):
    held = [part for part in office.limits() if not part.endswith("soffice")]
    seen = tmp_path / "seen"
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        call = f"import socket; socket.create_connection(('127.0.0.1', {port}), 2)"
        command = f'{sys.executable} -c "{call}" && echo reached > {seen} || ulimit -v > {seen}'

        office.run([*held, "/bin/sh", "-c", command], tmp_path)

    assert seen.read_text().split() == [str(office.MEMORY // 1024)]


@pytest.mark.parametrize("title", ["Voter", "Un titre " * 12, "É" * 120])
def test_a_cover_is_drawn_whatever_the_title(title):
    assert covers.draw(title, Topic.GOVERNANCE.label)[:4] == b"RIFF"


def test_a_cover_has_no_words_of_its_own_for_who_does_not_see_it():
    assert Preview(number=Preview.COVER, text="").alt == ""
