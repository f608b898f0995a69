import pytest
from django.core.files.base import ContentFile
from django.core.handlers.wsgi import WSGIHandler
from django.test.testcases import LiveServerThread

from pages.models import Film
from private_files import kinds
from private_files.kinds import PrivateFile
from tests import files
from tests.factories import make_contact, make_file, make_user, make_video

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LAST_SECOND = """
async video => {
  video.muted = true;
  video.preload = "auto";
  video.load();
  await new Promise((done, failed) => { video.onloadeddata = done; video.onerror = failed; });
  video.currentTime = video.duration - 1;
  await new Promise(done => { video.onseeked = done; });
  const { currentTime: at, duration, seekable, textTracks } = video;
  return { at, duration, seekable: seekable.end(0), tracks: textTracks.length };
}
"""


@pytest.fixture
def site_server(live_server):
    """The address of the site alone: the stock test server answers for media itself, without ranges."""
    server = LiveServerThread(
        "localhost",
        connections_override=live_server.thread.connections_override,
        static_handler=lambda _stock: WSGIHandler(),
    )
    server.daemon = True
    server.start()
    server.is_ready.wait()
    assert server.error is None
    yield f"http://{server.host}:{server.port}"
    server.terminate()


def test_a_film_is_read_from_any_of_its_seconds(page, site_server):
    film = Film.objects.create(
        title="Le Guidon",
        type="video",
        file=ContentFile(files.film("libvpx-vp9", "webm", seconds=20, size=(320, 180)), name="guidon.webm"),
        captions=ContentFile(files.CAPTIONS, name="guidon.vtt"),
        transcript="<p>Bonjour à toutes et à tous.</p>",
    )
    video = make_video(media=film)
    asked = []
    page.on("response", lambda response: asked.append(response.status) if response.url.endswith(".webm") else None)

    page.goto(f"{site_server}{video.url}")
    assert not asked, "nothing of the film is fetched before it is asked for"
    seen = page.locator("video").evaluate(LAST_SECOND)

    assert seen["duration"] == pytest.approx(20, abs=0.5)
    assert seen["seekable"] == pytest.approx(seen["duration"], abs=0.1)
    assert seen["at"] == pytest.approx(seen["duration"] - 1, abs=0.5)
    assert seen["tracks"] == 1
    assert set(asked) == {206}


def test_what_is_said_in_the_film_can_be_read(watched_page, live_server):
    video = make_video()

    watched_page.goto(f"{live_server.url}{video.url}")
    watched_page.get_by_text("Lire ce qui est dit dans le film").click()

    assert watched_page.get_by_text("Bonjour.", exact=True).is_visible()


shelf = {}
kinds.register("test-seen-film", lambda user, reference: shelf.get((user.pk, reference)))


def test_a_private_film_too_though_nothing_of_it_is_kept(page, site_server, client):
    owner = make_user()
    film = make_file(content=files.film("libvpx-vp9", "webm", seconds=20, size=(320, 180)), name="film.webm")
    shelf[owner.pk, "a"] = PrivateFile(film.file, "film.webm", "video/webm")
    client.force_login(owner)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site_server}
    page.context.add_cookies([cookie])
    answers = []
    page.on("response", lambda answer: answers.append(answer) if "/fichiers/" in answer.url else None)

    page.goto(f"{site_server}{make_contact().address}")
    page.evaluate("""() => {
        const video = document.createElement("video");
        video.src = "/fichiers/test-seen-film/a/";
        document.querySelector("main").append(video);
    }""")
    seen = page.locator("video").evaluate(LAST_SECOND)

    assert seen["at"] == pytest.approx(seen["duration"] - 1, abs=0.5)
    assert seen["seekable"] == pytest.approx(seen["duration"], abs=0.1)
    assert {answer.headers["cache-control"] for answer in answers} == {"private, no-store"}
    assert 206 in {answer.status for answer in answers}
