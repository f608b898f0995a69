"""What the encoder makes of what telephones film, and what it does not let out of its process."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

from candidates import encoder, transcoding
from pages.library.refusal import RefusedError
from tests.candidates import phone
from tests.hostile_files import HOSTILE_FILMS


class Stored:
    """What the door reads of a stored file."""

    def __init__(self, path, has_path=True):
        self._path, self._has_path = path, has_path

    @property
    def path(self):
        if not self._has_path:
            raise NotImplementedError
        return str(self._path)

    def open(self, mode):
        return self._path.open(mode)


@pytest.fixture
def make(settings, tmp_path):
    """`make(content)` is what was made of it, read: the file, its facts."""
    settings.UPLOADS_ROOT = tmp_path / "uploads"

    def made(content, *, has_path=True, is_wanted=lambda: True):
        source = tmp_path / "source"
        source.write_bytes(content)
        with transcoding.made_of(Stored(source, has_path), mark="m", is_wanted=is_wanted) as done:
            return done and (done, Path(done.film.temporary_file_path()).read_bytes())

    yield made
    assert list((tmp_path / "uploads").iterdir()) == []


@pytest.mark.parametrize(
    ("codec", "container"), [("libx264", "mov"), ("libx265", "mp4"), ("libvpx", "webm"), ("libvpx-vp9", "webm")]
)
def test_what_telephones_film_becomes_what_browsers_play(make, codec, container):
    made, content = make(phone.film(codec, container))

    with phone.opened(content) as film:
        picture, [sound] = film.streams.video[0], film.streams.audio
        assert (picture.codec.canonical_name, picture.pix_fmt, sound.codec.canonical_name) == ("h264", "yuv420p", "aac")
        assert float(film.duration / 1e6) == pytest.approx(2, abs=0.2)
    assert (made.width, made.height) == (640, 360)
    assert content.index(b"moov") < content.index(b"mdat"), "it plays before it is whole"


def test_nothing_tells_where_and_by_whom_it_was_filmed(make):
    source = phone.film()
    assert phone.PLACE.encode() in source

    made, content = make(source)

    for told in (phone.PLACE, "48.85", "Nour", "location"):
        assert told.encode() not in content
        assert told.encode() not in made.poster
    with phone.opened(content) as film:
        assert not {"location", "title", "creation_time"} & set(film.metadata)


@pytest.mark.parametrize(
    ("matrix", "size", "red_at"),
    [(phone.QUARTER, (360, 640), (180, 40)), (phone.HALF, (640, 360), (600, 180)), (None, (640, 360), (40, 180))],
)
def test_a_film_is_made_upright(make, matrix, size, red_at):
    made, content = make(phone.film(turned=matrix, sound=False))

    assert (made.width, made.height) == size
    with phone.opened(content) as film:
        frame = next(film.decode(video=0))
        assert not frame.rotation
        red, _green, blue = frame.to_image().getpixel(red_at)
    assert red > 150 > blue


@pytest.mark.parametrize(
    ("size", "becomes"),
    [((1920, 1080), (1280, 720)), ((1080, 1920), (720, 1280)), ((322, 242), (322, 242)), ((2000, 400), (1280, 256))],
)
def test_a_film_is_made_no_larger_than_screens_need(make, size, becomes):
    made, _content = make(phone.film(size=size, seconds=1, rate=5, sound=False))

    assert (made.width, made.height) == becomes


def test_fast_films_have_thirty_frames_a_second(make):
    _made, content = make(phone.film(size=(64, 36), rate=60, sound=False))

    with phone.opened(content) as film:
        assert film.streams.video[0].average_rate == 30


def test_a_storage_without_paths_has_its_file_copied(make):
    made, _content = make(phone.film(size=(64, 36), sound=False), has_path=False)

    assert made.width == 64


def test_what_nobody_wants_any_more_is_not_made(make):
    assert make(phone.film(size=(64, 36)), is_wanted=lambda: False) is None


# What is cut where a film ends cleanly is found when it is sent.
@pytest.mark.parametrize("name", sorted(HOSTILE_FILMS.keys() - {"webm cut"}))
def test_hostile_films_are_refused(make, name):
    with pytest.raises(RefusedError):
        make(HOSTILE_FILMS[name]())


def test_a_film_that_lasts_longer_than_it_says_is_refused(make):
    with pytest.raises(RefusedError, match="trois minutes"):
        make(phone.film(size=(16, 16), seconds=185, rate=2, sound=False))


@pytest.mark.parametrize("status", [1, -signal.SIGKILL, -signal.SIGXCPU])
def test_an_encoder_that_fails_refuses_the_film(status):
    assert transcoding._read(b"", status) == {"refused": transcoding.NOT_MADE}
    assert transcoding._read(b"{", 0) == {"refused": transcoding.NOT_MADE}


def test_an_encoder_that_stops_with_the_machine_will_be_started_again():
    with pytest.raises(transcoding.InterruptedWorkError):
        transcoding._read(b"", -signal.SIGTERM)


def test_the_encoder_has_limits_and_no_settings(tmp_path):
    said = "import resource as r; from candidates import encoder as e; e.limit_resources();"
    said += "print([r.getrlimit(k)[0] for k in (r.RLIMIT_AS, r.RLIMIT_CPU, r.RLIMIT_FSIZE, r.RLIMIT_CORE)])"
    said += "; import sys; print('django' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-P", "-c", said], env={}, cwd=settings.ROOT, capture_output=True, text=True, check=True
    )
    limits = [encoder.MEMORY, encoder.PROCESSOR_SECONDS, encoder.LARGEST_FILM, 0]
    assert done.stdout.split("\n")[:2] == [str(limits), "False"]


@pytest.mark.trial
def test_the_encoder_ends_with_who_started_it(tmp_path):
    source = tmp_path / "source"
    source.write_bytes(phone.film(size=(1920, 1080), seconds=60, rate=10, sound=False))
    start = "import subprocess, sys; p = subprocess.Popen(sys.argv[1:]); print(p.pid, flush=True); p.wait()"
    command = [sys.executable, "-P", "-m", "candidates.encoder", str(source), str(tmp_path / "film.mp4")]
    parent = subprocess.Popen([sys.executable, "-c", start, *command], stdout=subprocess.PIPE, text=True)
    child = int(parent.stdout.readline())
    time.sleep(3)
    parent.kill()
    parent.communicate(timeout=10)

    for _ in range(100):
        if not Path(f"/proc/{child}").exists() or "Z" in Path(f"/proc/{child}/stat").read_text().split()[2]:
            break
        time.sleep(0.2)
    else:
        os.kill(child, signal.SIGKILL)
        pytest.fail("The encoder went on.")
