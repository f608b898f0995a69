"""The sheet on paper: what it says, and what it never says."""

from io import BytesIO

import pypdfium2
import pytest
from django.utils import timezone

from association.models import Identity
from events.models import Arrangement, Booking
from tests.events.factories import make_booking
from tests.factories import make_departement, make_session
from tests.people import make_counsellor, make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    client.force_login(make_counsellor().user)
    return client


def read(office, session):
    """The bytes, and the text of each page."""
    answer = office.get(f"/espace/conseil/reunions/{session.reference}/imprimer/")
    assert answer["Content-Type"] == "application/pdf"
    document = pypdfium2.PdfDocument(BytesIO(answer.content))
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return answer.content, pages


def test_it_says_which_meeting_and_who_is_expected(office):
    Identity.objects.create(name="Actess Essai")
    host = make_counsellor()
    session = make_session(title="Découvrir", host=host)
    make_booking(session, first_name="Zoé", last_name="Étienne", departement=make_departement("91"))
    make_booking(session, first_name="Ali", last_name="Faure")
    make_booking(session, member=make_member(first_name="Awa", last_name="Bah"), first_name="", last_name="")

    content, [page] = read(office, session)

    assert b"pdfuaid:part" in content
    for said in ("Actess Essai", "Découvrir", "Maison des associations", f"{timezone.localtime(session.starts_at):%Y}"):
        assert said in page
    assert str(host) in page
    assert page.index("Awa Bah") < page.index("Zoé Étienne") < page.index("Ali Faure")
    assert "Essonne" in page
    assert "Signature" in page


def test_it_says_nothing_that_its_readers_need_not_know(office):
    session = make_session()
    booking = make_booking(session, telephone="06 39 98 00 01", email="nour@example.org")
    Arrangement.objects.create(booking=booking, needs=["lsf", "plain-pied"])

    _content, pages = read(office, session)

    text = "".join(pages)
    assert [word for word in ("06 39", "nour@", "signes", "marche", booking.reference) if word in text] == []


def test_who_has_no_place_is_not_on_it(office):
    session = make_session()
    for name, state in [("Attente", Booking.State.WAITING), ("Partie", Booking.State.CANCELLED)]:
        make_booking(session, last_name=name, state=state)

    _content, [page] = read(office, session)

    assert [name for name in ("Attente", "Partie") if name in page] == []


def test_lines_are_left_for_those_who_come_without_having_booked(office):
    session = make_session()
    make_booking(session)

    _content, [page] = read(office, session)

    assert [number for number in range(1, 8) if f"\n{number}" in page] == [1, 2, 3, 4, 5, 6, 7]


def test_a_long_list_goes_on_with_its_headings(office):
    session = make_session(seats=40)
    for number in range(40):
        make_booking(session, last_name=f"Nom {number}")

    _content, pages = read(office, session)

    assert len(pages) > 1
    assert all("Signature" in page for page in pages)


@pytest.mark.parametrize("name", ['#read("/etc/passwd") *gras*', "مريم", "😀", "\u202eetaris", "a" * 150])
def test_every_name_prints_as_it_was_typed(office, name):
    session = make_session(title=name[:120])
    make_booking(session, last_name=name)

    content, pages = read(office, session)

    assert content.startswith(b"%PDF")
    if name.startswith("#"):
        assert name in pages[0].replace("\r\n", " ").replace("\n", " ")
