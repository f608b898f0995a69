"""How the search compares words."""

import pytest

from pages.search.words import MOST_TERMS, folded_lines, normalised, raw_words, terms


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("emploi", "emplois"),
        ("travail", "travaux"),
        ("candidature", "candidatures"),
        ("coeur", "cœur"),
        ("l'emploi", "l’emploi"),
        ("l’emploi", "emploi"),
        ("qu’insertion", "insertion"),
        ("metiers", "métiers"),
        ("métier", "METIERS"),
        ("local", "locaux"),
        ("bureau", "bureaux"),
        ("réseau", "reseaux"),
        ("jeu", "jeux"),
        ("ex-æquo", "ex aequo"),
        ("e\u0301ducation", "éducation"),
    ],
)
def test_these_are_one_word(one, other):
    assert normalised(one) == normalised(other)
    assert terms(one)[0][0] == terms(other)[0][0]


@pytest.mark.parametrize(("one", "other"), [("ESS", "espace"), ("bus", "bulle"), ("prix", "prime"), ("taux", "tal")])
def test_these_stay_apart(one, other):
    assert normalised(one) != normalised(other)


def test_a_short_word_keeps_its_last_letter():
    assert normalised("l’ESS en bus") == "ess en bus"


def test_only_an_elision_is_left_out():
    assert normalised("Aujourd’hui, d’autres Val-d’Oise") == "aujourd hui autre val oise"


def test_words_that_say_nothing_are_not_asked_for():
    assert terms("les métiers de l’ESS") == [("metier",), ("ess",)]


def test_a_question_of_such_words_only_is_still_asked():
    assert terms("où est la") == [("ou",), ("est",), ("la",)]


def test_a_stem_that_hides_other_words_leaves_them_found():
    assert terms("travail") == [("traval", "travail")]


def test_a_question_has_a_bounded_number_of_words():
    assert len(terms(" ".join(f"mot{number}" for number in range(500)))) == MOST_TERMS


@pytest.mark.parametrize("question", ["", " ", '"', "'", "((((", "*", "&!|", "\x00", "\ud800", "😀", "a" * 5000, ":*"])
def test_what_is_left_of_a_question_is_words(question):
    assert all(word.isalnum() and word.isascii() for term in terms(question) for word in term)


def test_many_texts_at_once_give_the_words_of_each():
    texts = ["L’Évrard", "  d'été_œuf __a", "", "un\ndeux", "06 39", "jean-paul@example.org", "fin l'", "'x", "Œuvre Ø"]

    assert folded_lines(texts) == [" ".join(raw_words(text)) for text in texts]
    assert folded_lines([]) == []
