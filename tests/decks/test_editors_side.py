"""The editors' screens: a deck is sent, listed, replaced and deleted; a hostile file is refused with a sentence."""

from datetime import date
from http import HTTPStatus
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from decks import forms
from decks.models import SlideDeck
from home import site_setup
from tests import files
from tests.decks.factories import make_deck, odp, pptx
from tests.factories import make_admin, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

ADD = "/gestion/diaporamas/new/"


@pytest.fixture
def editor(client):
    user = make_admin()
    client.force_login(user)
    return user


def sent(content, name="voter.pptx", **fields):
    upload = SimpleUploadedFile(name, content, content_type="application/octet-stream")
    typed = {"title": "Voter", "topic": "gouvernance", "edition_on": "2026-11-01"}
    return typed | {"summary": "", "author": "", "published_at": "", "file": upload} | fields


def stored():
    return {str(path) for path in Path(settings.PRIVATE_ROOT).rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [(pptx(["Voter"]), "Voter !.pptx", "pptx"), (odp(["Voter"]), "v.odp", "odp"), (files.pdf(), "v.PDF", "pdf")],
)
def test_a_deck_is_sent_and_kept_as_a_draft(client, editor, content, name, kind):
    answer = client.post(ADD, sent(content, name))

    assert answer.status_code == HTTPStatus.FOUND, answer.text
    deck = SlideDeck.objects.get()
    assert (deck.title, deck.kind, deck.size, deck.published_at) == ("Voter", kind, len(content), None)
    assert deck.edition_on == date(2026, 11, 1)
    with deck.file.open("rb") as kept:
        assert kept.read() == content


HOSTILE = {
    "nothing": (b"", "a.pptx"),
    "one byte": (b"P", "a.pptx"),
    "cut short": (pptx(["Voter"])[:-300], "a.pptx"),
    "a program": (b"MZ" + b"\0" * 200, "a.pptx"),
    "a page": (b"<html><script>alert(1)</script></html>", "a.pdf"),
    "an old PowerPoint": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.ppt"),
    "its old bytes under a new name": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.pptx"),
    "a letter": (files.docx(), "a.pptx"),
    "an empty archive": (files.archive({"lisez-moi.txt": "rien"}), "a.pptx"),
    "macros": (files.office("ppt/presentation.xml", **{"ppt/vbaProject.bin": "x"}), "a.pptx"),
    "a deck with macros": (pptx(["Voter"]), "a.pptm"),
    "a linked object": (
        files.office(
            "ppt/presentation.xml",
            **{"ppt/_rels/x.rels": '<Relationship Type="x/oleObject" TargetMode="External" Target="http://e"/>'},
        ),
        "a.pptx",
    ),
    "entities": (
        files.office("ppt/presentation.xml", **{"ppt/x.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}),
        "a.pptx",
    ),
    "a way up": (files.office("ppt/presentation.xml", **{"../x.xml": "<x/>"}), "a.pptx"),
    "no slide": (files.open_document("presentation"), "a.odp"),
    "a slide that is not XML": (files.open_document("presentation", **{"content.xml": "<a><b></a>"}), "a.odp"),
    "a presentation that points nowhere": (files.office("ppt/presentation.xml"), "a.pptx"),
    "a text": (files.open_document("text"), "a.odp"),
    "another kind": (odp(["Voter"]), "a.pptx"),
    "a PDF with a program": (files.pdf(catalog=files.JAVASCRIPT), "a.pdf"),
    "a PDF with a tail": (files.pdf() + b"<script>alert(1)</script>", "a.pdf"),
    "a picture": (files.picture(), "a.pdf"),
    "a drawing": (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "a.svg"),
    "no extension": (files.pdf(), "a"),
    "two extensions": (files.pdf(), "a.pdf.exe"),
    "a stream after its name": (files.pdf(), "a.pdf::$DATA"),
}


# One of each way in which a file lies; the others with the trials.
FEW = {"nothing", "cut short", "an old PowerPoint", "a letter", "macros", "entities", "a way up"}
FEW |= {"no slide", "a PDF with a program", "two extensions"}


@pytest.mark.parametrize(
    ("content", "name"),
    [pytest.param(*case, id=told, marks=() if told in FEW else pytest.mark.trial) for told, case in HOSTILE.items()],
)
def test_a_hostile_file_is_refused_and_leaves_nothing(client, editor, content, name):
    before = stored()

    answer = client.post(ADD, sent(content, name, summary="Ce que j’ai écrit."))

    assert answer.status_code == HTTPStatus.OK
    assert answer.context["form"].errors.keys() == {"file"}
    [sentence] = answer.context["form"].errors["file"]
    assert sentence.rstrip().endswith((".", "»")), sentence
    assert "Ce que j’ai écrit." in answer.text
    assert not SlideDeck.objects.exists()
    assert stored() == before


def test_a_deck_over_sixty_million_octets_is_refused_before_it_is_opened():
    upload = SimpleUploadedFile("a.pptx", b"")
    upload.size = forms.LARGEST + 1

    with pytest.raises(forms.RefusedError, match="trop lourd"):
        forms.check_deck(upload)


@pytest.mark.parametrize("name", ["../../x.pdf", "..\\x.pdf", "/etc/x.pdf", "\u202efdp.pdf", "é" * 200 + ".pdf"])
def test_a_name_is_made_harmless(client, editor, name):
    assert client.post(ADD, sent(files.pdf(), name)).status_code == HTTPStatus.FOUND

    kept = SlideDeck.objects.get().file_name
    assert kept.isascii()
    assert "/" not in kept
    assert kept.endswith(".pdf")


def test_another_file_takes_the_place_of_the_one_before(client, editor, django_capture_on_commit_callbacks):
    deck = make_deck(title="Voter", content=b"ancien")
    old = Path(deck.file.path)

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("decks_admin:edit", args=[deck.pk]), sent(files.pdf(pages=2), "v.pdf"))

    assert answer.status_code == HTTPStatus.FOUND
    deck.refresh_from_db()
    assert (deck.kind, deck.slide_count) == ("pdf", 2)
    assert not old.exists()
    assert client.get(deck.file_address)["Content-Type"] == "application/pdf"


def test_words_change_without_sending_the_file_again(client, editor):
    deck = make_deck(title="Avant", content=b"le fichier", downloads=3)
    typed = sent(b"", title="Après", published_at="2026-11-01 09:00")
    del typed["file"]

    answer = client.post(reverse("decks_admin:edit", args=[deck.pk]), typed)

    assert answer.status_code == HTTPStatus.FOUND, answer.context["form"].errors
    deck.refresh_from_db()
    assert (deck.title, deck.downloads, deck.kind) == ("Après", 3, "pptx")
    assert deck.published_at
    with deck.file.open("rb") as kept:
        assert kept.read() == b"le fichier"


def test_a_refused_replacement_changes_nothing(client, editor):
    deck = make_deck(title="Avant", content=b"le fichier")

    answer = client.post(reverse("decks_admin:edit", args=[deck.pk]), sent(b"MZ", "a.pptx"))

    assert answer.status_code == HTTPStatus.OK
    deck.refresh_from_db()
    assert deck.title == "Avant"
    assert Path(deck.file.path).read_bytes() == b"le fichier"


def test_the_form_links_to_the_file_by_the_private_view(client, editor):
    deck = make_deck(previews=1, published_at=None)

    page = client.get(reverse("decks_admin:edit", args=[deck.pk])).text

    assert deck.file_address in page
    assert "/prive/" not in page
    assert client.get(deck.file_address).status_code == HTTPStatus.OK


def test_the_list_is_searched_and_filtered(client, editor):
    make_deck(title="Voter", topic="gouvernance", slide_count=9, downloads=21)
    make_deck(title="Chercher", topic="recherche", published_at=None, text="assemblée")

    page = client.get("/gestion/diaporamas/").text
    assert page.index("Chercher") < page.index("Voter")  # drafts first
    for query, shown, hidden in [
        ("topic=gouvernance", "Voter", "Chercher"),
        ("state=brouillon", "Chercher", "Voter"),
        ("q=assemblée", "Chercher", "Voter"),
    ]:
        found = client.get(f"/gestion/diaporamas/results/?{query}").text
        assert shown in found
        assert hidden not in found


def test_a_deck_that_is_deleted_leaves_no_file(client, editor, django_capture_on_commit_callbacks):
    before = stored()
    deck = make_deck(previews=1)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("decks_admin:delete", args=[deck.pk]))

    assert not SlideDeck.objects.exists()
    assert stored() == before


def test_editors_keep_decks_and_others_do_not(client):
    site_setup.prepare()
    for groups, may in [(["Rédaction"], True), (["Modération"], True), ([], False)]:
        user = make_user(groups=groups, is_staff=True)
        assert user.has_perm("decks.change_slidedeck") is may
        assert user.has_perm("decks.add_slidedeck") is may
