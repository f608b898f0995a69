"""Each block of a body, as a visitor gets it."""

import pytest

from tests.factories import make_figure, make_file, make_film, make_page, make_picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown(client):
    def show(*blocks):
        return client.get(make_page(body=list(blocks)).url).content.decode()

    return show


def test_text_keeps_its_titles_and_links(shown):
    page = shown(("text", '<h2>Un titre</h2><p><a href="https://example.org/">Un lien</a></p>'))

    assert "<h2>Un titre</h2>" in page
    assert '<a href="https://example.org/">Un lien</a>' in page


def test_a_picture_has_its_words_its_legend_and_its_credit(shown):
    picture = make_picture(credit="Atelier du port")
    picture.contextual_alt_text, picture.decorative = "Une grue", False

    page = shown(("picture", {"image": picture, "caption": "Le port en hiver"}))

    assert 'alt="Une grue"' in page
    assert "Le port en hiver" in page
    assert "Atelier du port" in page


def test_a_decorative_picture_is_silent(shown):
    picture = make_picture()
    picture.contextual_alt_text, picture.decorative = "", True

    assert 'alt=""' in shown(("picture", {"image": picture, "caption": ""}))


def test_a_quote_says_whose_it_is(shown):
    page = shown(("quote", {"text": "On apprend en faisant.", "author": "Nour, menuisière"}))

    assert "On apprend en faisant." in page
    assert "Nour, menuisière" in page


def test_a_figure_has_its_source_and_its_year(shown):
    page = shown(("figure", {"figure": make_figure(value="40 %", source="Insee", year=2010)}))

    assert "40 %" in page
    assert "Insee" in page
    assert "2010" in page


def test_a_file_says_its_type_and_weight(shown):
    page = shown(("file", {"document": make_file(file_size=840_000, page_count=3), "title": "La charte"}))

    assert "La charte" in page
    assert "840\N{NO-BREAK SPACE}Ko" in page
    assert "3\N{NO-BREAK SPACE}pages" in page


def test_a_film_has_captions_and_transcript(shown):
    film = make_film(transcript="<p>Nous réparons des vélos.</p>")

    page = shown(("film", {"media": film, "caption": "L’atelier"}))

    assert '<track kind="captions"' in page
    assert "Nous réparons des vélos." in page
    assert "L’atelier" in page


def test_a_note_is_a_box_with_a_title(shown):
    page = shown(("note", {"title": "À savoir", "text": "<p>C’est gratuit.</p>"}))

    assert "À savoir" in page
    assert "C’est gratuit." in page


def test_footnotes_are_numbered(shown):
    page = shown(("footnotes", {"items": ["Insee, 2010.", "<script>alert(1)</script>"]}))

    assert '<li id="note-1">Insee, 2010.</li>' in page
    assert "<script>alert(1)" not in page


def test_what_a_block_pointed_to_may_be_gone(client):
    picture, document, film, figure = make_picture(), make_file(), make_film(), make_figure()
    blocks = [
        ("picture", {"image": picture, "caption": ""}),
        ("file", {"document": document, "title": ""}),
        ("film", {"media": film, "caption": ""}),
        ("figure", {"figure": figure}),
        ("text", "<p>Le reste.</p>"),
    ]
    page = make_page(body=blocks)
    for each in (picture, document, film, figure):
        each.delete()

    assert "Le reste." in client.get(page.url).content.decode()
