"""A film whose worker is killed while it is made: made by another, once, and nothing is left of the first attempt."""

import json

import pytest

from tests.candidates import phone
from tests.trials.test_worker import TWO_MINUTES_LATER, errands, run, until, workers
from tests.trials.test_worker import online as online

pytestmark = pytest.mark.trial
SENT = """
import datetime, django, sys
django.setup()
from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from accounts.models import Member, Membership, User
from candidates import films
from candidates.models import Profile
user = User.objects.create_user("ada@example.org", None, first_name="Ada", last_name="Membre")
member = Member.objects.create(user=user, first_name="Ada", last_name="Membre", born_on=datetime.date(1990, 1, 1))
today = timezone.localdate()
Membership.objects.create(member=member, starts_on=today, ends_on=today + datetime.timedelta(days=9))
profile = Profile.objects.create(member=member)
path = sys.argv[1]
with open(path, "rb") as file:
    upload = UploadedFile(file, "film.mov", "video/quicktime", __import__("os").path.getsize(path))
    print(films.send(profile, upload=upload, by=user).reference)
"""
STATE = """
import django, json
django.setup()
from candidates.models import Video
video = Video.objects.get()
print(json.dumps([video.state, video.seconds, video.original.name, video.film.name, video.poster.name]))
"""


def test_a_film_whose_worker_is_killed_is_made_by_another_once(online, tmp_path, tell):
    source = tmp_path / "telephone.mov"
    source.write_bytes(phone.film(size=(1280, 720), seconds=60, rate=10, sound=False))
    reference = run(online, "-c", SENT, str(source)).strip()
    making = tmp_path / "uploads" / f"film-{reference}.mp4"

    with workers(online) as [worker]:
        until(making.exists, seconds=90)
        worker.kill()
        worker.wait(10)
    state, *_facts = json.loads(run(online, "-c", STATE))
    assert state == "en_attente"
    run(online, "-c", TWO_MINUTES_LATER)
    with workers(online, 2):
        until(lambda: json.loads(run(online, "-c", STATE))[0] != "en_attente", seconds=240)
        until(lambda: errands(online)[1] >= 1, seconds=60)

    state, seconds, original, film, poster = json.loads(run(online, "-c", STATE))
    assert (state, original) == ("prete", "")
    assert seconds == pytest.approx(60, abs=1)
    kept = {str(path.relative_to(tmp_path / "private")) for path in (tmp_path / "private").rglob("*") if path.is_file()}
    assert kept == {film, poster}
    assert list((tmp_path / "uploads").iterdir()) == []
    [row] = [row for row in errands(online)[0] if row["kind"] == "film"]
    assert (row["attempts"], row["deaths"]) == (2, 1)
    tell("film: its worker killed in the middle, made once by another, no file left behind")
