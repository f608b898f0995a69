"""Links to other sites' articles are checked, without opening the server's own network."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from home.links import check_links, is_public
from tests.factories import make_news

pytestmark = pytest.mark.django_db


class Articles(BaseHTTPRequestHandler):
    """Answers by the status that the path names; `/vers/…` leads there."""

    def do_GET(self):
        self.do_HEAD()

    def do_HEAD(self):
        if self.path.startswith("/vers/"):
            self.send_response(302)
            self.send_header("Location", self.path.removeprefix("/vers"))
        elif self.path == "/sans-head":
            self.send_response(405 if self.command == "HEAD" else 200)
        else:
            self.send_response(int(self.path.strip("/").split("/")[0]))
        self.end_headers()

    def log_message(self, *args):
        """Nothing on the terminal."""


@pytest.fixture
def articles():
    server = HTTPServer(("127.0.0.1", 0), Articles)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def make_link(url):
    return make_news(kind="link", source_name="Le Journal", source_url=url)


def is_local(address):
    return address == "127.0.0.1"


@pytest.mark.parametrize(
    ("path", "works"),
    [
        ("/200", True),
        ("/403", True),
        ("/404", False),
        ("/410", False),
        ("/500", False),
        ("/sans-head", True),
        ("/vers/200", True),
        ("/vers/vers/404", False),
        ("/vers" * 9 + "/200", False),
    ],
)
def test_a_link_works_when_its_article_answers(articles, path, works):
    page = make_link(articles + path)

    [verdict] = check_links(allowed=is_local)

    page.refresh_from_db()
    assert verdict.works is works
    assert page.link_works is works
    assert page.link_checked_on is not None


def test_a_link_that_nobody_serves_is_broken():
    page = make_link("http://127.0.0.1:9/article")

    [verdict] = check_links(allowed=is_local)

    page.refresh_from_db()
    assert not verdict.works
    assert not page.link_works


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "http://localhost:8000/", "http://[::1]/", "http://10.0.0.1/"])
def test_the_server_s_own_network_is_never_asked(url):
    make_link(url)

    [verdict] = check_links()

    assert not verdict.works
    assert "public" in verdict.why


def test_a_redirect_to_the_own_network_is_refused(articles):
    make_link(articles + "/vers/200")
    asked = []

    def only_once(address):
        asked.append(address)
        return len(asked) == 1

    [verdict] = check_links(allowed=only_once)

    assert not verdict.works


def test_a_link_that_answers_again_is_no_longer_broken(articles):
    page = make_link(articles + "/200")
    page.link_works = False
    page.save()

    list(check_links(allowed=is_local))

    page.refresh_from_db()
    assert page.link_works


def test_articles_and_drafts_are_not_asked():
    make_news()
    make_news(kind="link", source_name="Le Journal", source_url="http://127.0.0.1:9/", live=False)

    assert list(check_links()) == []


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "::1",
        "fe80::1",
        "fc00::1",
        "100.64.0.1",
        "224.0.0.1",
        "::ffff:127.0.0.1",
    ],
)
def test_private_addresses_are_not_public(address):
    assert not is_public(address)


def test_a_public_address_is_public():
    assert is_public("93.184.216.34")
