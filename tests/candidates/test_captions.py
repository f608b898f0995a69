"""Captions as people write them."""

import pytest
from django.core.exceptions import ValidationError

from candidates import captions


def made(text, seconds=60.0):
    return captions.as_webvtt(text, seconds=seconds)


def test_lines_with_their_moment_become_captions():
    text = "0:01 Bonjour,\r\nje m’appelle Awa.\n\n[0:03,5] - Je cherche <un> poste --> tout de suite\n"
    text += "1:02:03 : Merci & bravo"

    assert made(text, None) == (
        "WEBVTT\n\n"
        "00:00:01.000 --> 00:00:03.500\nBonjour,\nje m’appelle Awa.\n\n"
        "00:00:03.500 --> 00:00:11.500\nJe cherche &lt;un&gt; poste --&gt; tout de suite\n\n"
        "01:02:03.000 --> 01:02:08.000\nMerci &amp; bravo\n"
    )


def test_captions_that_are_webvtt_stay_as_they_are():
    written = "WEBVTT\n\n1\n00:00.000 --> 00:02.000\n<v Awa>Bonjour.</v>\n"

    assert made(f"\ufeff{written}") == written
    assert captions.words(written) == "Bonjour."
    assert captions.words(made("0:01 Bonjour &\n<moi>\n0:05 Merci", 60)) == "Bonjour & <moi>\nMerci"
    assert captions.words("WEBVTT\n\nNOTE rien\n\n") == ""
    assert made(" \n ") == ""
    assert captions.words("") == ""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Bonjour", "Ligne 1"),
        ("0:01 Bonjour\n0:02", "Ligne 2"),
        ("0:05 Un\n0:05 Deux", "ligne 2 ne vient pas après"),
        ("0:05 Un\n0:04 Deux", "ligne 2 ne vient pas après"),
        ("0:05 Un\n1:00 Deux", "ligne 2 vient après la fin"),
        ("0:05 Un\x07", "pas sa place"),
        ("WEBVTT\n\n00:03.000 --> 00:02.000\nx", "heures justes"),
        ("WEBVTT", "vides"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(text, told):
    with pytest.raises(ValidationError, match=told):
        made(text)
