"""The demo's drawings and films, as committed, and the captions that the studio writes."""

import re
import tomllib
from html import unescape
from itertools import pairwise

import av
import pytest
from PIL import Image

from home.demo.studio.captions import webvtt
from home.demo.studio.drawings import DRAWINGS
from home.demo.studio.sources import DEMO, PICTURES, VIDEOS, videos
from home.demo.studio.speech import Sentence, paragraphs

FILMS = videos()
DESCRIBED = tomllib.loads((DEMO / "content" / "drawings.toml").read_text())["drawing"]
CUE = re.compile(r"\d+\n(\S+) --> (\S+)\n(.+?)(?:\n\n|\n\Z)", re.DOTALL)

each_film = pytest.mark.parametrize("video", FILMS, ids=lambda video: video["slug"])


def cues(text):
    return [(seconds(start), seconds(end), said) for start, end, said in CUE.findall(text)]


def seconds(clock):
    hours, minutes, rest = clock.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(rest)


def words(text):
    return text.replace("\n", " ").split(" ")


def test_each_drawing_is_described_and_drawn():
    assert [drawing["name"] for drawing in DESCRIBED] == list(DRAWINGS)
    for name in DRAWINGS:
        with Image.open(PICTURES / f"{name}.webp") as image:
            assert image.size == (1600, 900)


def test_a_drawing_holds_shapes_and_no_words():
    kinds = {kind for draw in DRAWINGS.values() for kind in re.findall(r"<(\w+)", draw())}

    assert kinds == {"svg", "g", "rect", "circle", "ellipse", "polygon", "polyline", "path"}


@each_film
def test_a_film_has_a_picture_a_voice_and_the_length_it_says(video):
    with av.open(str(VIDEOS / f"{video['slug']}.mp4")) as film:
        kinds = sorted(stream.codec_context.name for stream in film.streams)
        length = film.duration / av.time_base

    assert kinds == ["aac", "h264"]
    assert round(length) == video["seconds"]
    assert 75 <= length <= 115


@each_film
def test_the_captions_say_the_transcript_in_time(video):
    shown = cues((VIDEOS / f"{video['slug']}.vtt").read_text())
    sentences = [sentence for paragraph in paragraphs(video["transcript"]) for sentence in paragraph]

    assert words(" ".join(said for _, _, said in shown)) == words(" ".join(sentences))
    assert all(start < end for start, end, _ in shown)
    assert all(end <= after for (_, end, _), (after, _, _) in pairwise(shown))
    assert shown[-1][1] <= video["seconds"]


@each_film
def test_a_caption_has_two_short_lines_at_most(video):
    for _, _, said in cues((VIDEOS / f"{video['slug']}.vtt").read_text()):
        lines = said.split("\n")
        assert len(lines) <= 2
        assert max(map(len, lines)) <= 42


@each_film
def test_each_paragraph_has_its_scene_in_a_known_drawing(video):
    assert len(paragraphs(video["transcript"])) == len(video["scenes"])
    assert {scene[0] for scene in video["scenes"]} | {video["drawing"]} <= DRAWINGS.keys()


def test_a_long_sentence_is_shared_out_by_its_length():
    text = unescape("Un mot, " * 20).strip()

    shown = cues(webvtt([Sentence(text, start=2, end=12, paragraph=0)]))

    assert len(shown) == 2
    assert (shown[0][0], shown[-1][1]) == (2, 12)
    assert shown[0][1] == pytest.approx(7, abs=0.6)
