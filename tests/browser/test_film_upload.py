"""A candidate's film from a telephone: sent over a network that is cut, made, then watched from any of its seconds."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings as django_settings

from candidates.models import Video
from tests import files
from tests.browser.test_video_seek import LAST_SECOND
from tests.candidates import phone
from tests.candidates.factories import make_film, make_profile
from tests.people import make_member

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MINE = "/espace/ma-page/video/"
ONE_BELOW_THE_OTHER = """page => {
  const boxes = Array.from(page.children, part => part.getBoundingClientRect());
  return boxes.slice(1).every((box, place) => box.top >= boxes[place].bottom);
}"""


@pytest.fixture
def member(page, live_server, client):
    """Logged in, on a telephone's width."""
    made = make_member(born_on=date(1990, 5, 4))
    client.force_login(made.user)
    value = client.cookies[django_settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": django_settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])
    page.set_viewport_size({"width": 360, "height": 800})
    return made


def test_a_film_is_sent_over_a_network_that_is_cut(page, live_server, member, settings, tmp_path, axe):
    settings.UPLOADS_ROOT = tmp_path / "uploads"
    make_profile(member)
    source = tmp_path / "moi.mov"
    source.write_bytes(phone.film(size=(64, 36), sound=False) + files.box(b"free", bytes(5_000_000)))
    cuts = []

    def cut(route):
        """The first piece arrives; the second is lost, and so are the first questions after it."""
        if route.request.headers.get("upload-offset") == "0" or len(cuts) >= 3:
            route.continue_()
        else:
            cuts.append(route.request.method)
            route.abort()

    page.goto(f"{live_server.url}{MINE}")
    assert axe(page) == []
    page.route("**/envois/*/", cut)
    page.get_by_label("Votre vidéo").set_input_files(source)
    page.get_by_role("button", name="Envoyer cette vidéo").click()
    page.get_by_role("status").filter(has_text="coupée").wait_for()
    page.get_by_text("À valider par le conseiller").wait_for()

    assert len(cuts) == 3
    assert Video.objects.get().seconds == pytest.approx(2, abs=0.2)
    assert axe(page) == []


def test_a_film_is_watched_from_any_of_its_seconds(page, live_server, member):
    profile = make_profile(member)
    content = files.film("libvpx-vp9", "webm", seconds=20, size=(320, 180))
    video = make_film(profile, seconds=20)
    Path(video.film.path).write_bytes(content)

    page.goto(f"{live_server.url}{MINE}")
    page.set_viewport_size({"width": 1440, "height": 900})
    assert page.locator(".space-page").evaluate(ONE_BELOW_THE_OTHER)
    seen = page.locator("video").evaluate(LAST_SECOND)

    assert seen["seekable"] == pytest.approx(seen["duration"], abs=0.1)
    assert seen["at"] == pytest.approx(seen["duration"] - 1, abs=0.5)
