"""The site as it runs online: production settings, gunicorn behind nginx, with the files of `deploy/`."""

import gzip
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

import pytest
from django.conf import settings

from tests.trials.site_online import make_site, run

NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
pytestmark = [
    pytest.mark.trial,
    pytest.mark.skipif(not NGINX and os.environ.get("CI") != "true", reason="nginx is not installed"),
]
SEED = """
import django
django.setup()
from django.core.management import call_command
from home.demo import loader
call_command("collectstatic", interactive=False, verbosity=0)
loader.load(say=lambda line: None, warm=False)
from guides.models import GuidePage
from videos.models import VideoPage
guide = GuidePage.objects.live().first()
video = VideoPage.objects.live().first()
from datetime import timedelta
from django.conf import settings
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from accounts.models import Member, Membership, User
from decks.models import SlideDeck
today = timezone.localdate()
user = User.objects.create_user(email="awa-de-nginx@example.org")
member = Member.objects.create(user=user, first_name="Awa", last_name="Diallo")
Membership.objects.create(member=member, starts_on=today - timedelta(9), ends_on=today + timedelta(9))
stored = ContentFile(b"0123456789", name="d.pptx")
deck = SlideDeck(title="D", topic="structures", edition_on=today, published_at=timezone.now())
deck.file, deck.kind = stored, "pptx"
[deck] = SlideDeck.objects.bulk_create([deck])
client = Client()
client.force_login(user)
cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
print(guide.address, guide.document.file.path, video.media.file.url, video.media.file.path, deck.reference, cookie)
"""


def free_port():
    """Below the range from which the system takes ports by itself."""
    for port in range(20_000 + os.getpid() % 10_000, 32_000):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port
    raise AssertionError("no free port")


def configuration(folder, data, port, web):
    """nginx's configuration as `deploy/` gives it, for these paths and this port."""
    text = {}
    for name in ("site.conf", "proxy.conf"):
        source = (settings.ROOT / "deploy" / name).read_text()
        source = source.replace("/srv/actess/var/", f"{data}/").replace("/srv/actess/deploy/", f"{folder}/")
        # TLS ends before this server, which the site must be told as usual.
        text[name] = source.replace("X-Forwarded-Proto $scheme", "X-Forwarded-Proto https")
        (folder / name).write_text(text[name])
    main = folder / "nginx.conf"
    main.write_text(
        f"""
        daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; worker_processes 1;
        {"user root;" if os.geteuid() == 0 else ""}
        events {{ }}
        http {{
          include /etc/nginx/mime.types;
          access_log off;
          client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
          fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
          limit_conn_zone $binary_remote_addr zone=actess_visitors:1m;
          upstream actess {{ server unix:{web} fail_timeout=0; }}
          server {{ listen 127.0.0.1:{port}; server_name localhost; include {folder}/site.conf; }}
        }}
        """
    )
    return main


@contextmanager
def running(*command, **options):
    process = subprocess.Popen(command, **options)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(20)


class NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_args):
        return None


class Online:
    def __init__(self, port, facts):
        self.base = f"http://127.0.0.1:{port}"
        self.guide, self.guide_file, self.video, self.video_file, deck, self.cookie = facts
        self.deck = f"/fichiers/diaporama/{deck}/"

    def get(self, path, method="GET", data=None, **headers):
        """Status, headers, body; refused or not."""
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        request = Request(self.base + path, method=method, data=data, headers={"Host": "localhost"} | names)
        try:
            with build_opener(NoRedirect).open(request, timeout=20) as answer:
                return answer.status, answer.headers, answer.read()
        except HTTPError as refusal:
            with refusal:
                return refusal.code, refusal.headers, refusal.read()


@pytest.fixture(scope="module")
def online():
    assert NGINX, "nginx must be installed here"
    with tempfile.TemporaryDirectory(prefix="actess-online-") as name:
        folder = Path(name)
        data = folder / "data"
        data.mkdir()
        environment = make_site(data)
        facts = run(environment, "-c", SEED).split()
        port, web = free_port(), folder / "web.sock"
        gunicorn = [str(Path(sys.executable).parent / "gunicorn"), "actess.wsgi", "--bind", f"unix:{web}"]
        gunicorn += ["--worker-class", "gthread", "--workers", "2", "--threads", "4", "--no-control-socket"]
        main = configuration(folder, data, port, web)
        with (
            running(*gunicorn, env=environment, cwd=settings.ROOT),
            running(NGINX, "-c", str(main), "-p", str(folder)),
        ):
            site = Online(port, facts)
            wait_for(site)
            yield site


def wait_for(site):
    for _ in range(120):
        try:
            if site.get("/plan-du-site/")[0] == 200:
                return
        except OSError:
            pass
        time.sleep(0.5)
    raise AssertionError("the site did not start")


def test_pages_come_compressed_and_with_strict_headers(online):
    status, headers, body = online.get("/plan-du-site/", Accept_Encoding="gzip")

    assert status == 200
    assert b"Plan du site" in gzip.decompress(body)
    assert "unsafe-inline" not in headers["Content-Security-Policy"]
    assert int(headers["Strict-Transport-Security"].split("=")[1].split(";")[0]) >= 31_536_000
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_static_files_are_named_by_content_compressed_and_kept(online):
    _, _, page = online.get("/plan-du-site/")
    address = page.decode().split('rel="stylesheet" href="')[1].split('"')[0]

    status, headers, body = online.get(address, Accept_Encoding="gzip")

    assert status == 200
    assert "immutable" in headers["Cache-Control"]
    assert b"@layer" in gzip.decompress(body)


def test_a_guide_is_sent_by_nginx_after_the_site_says_yes(online):
    whole = Path(online.guide_file).read_bytes()

    status, headers, body = online.get(f"{online.guide}fichier/")
    part_status, part_headers, part = online.get(f"{online.guide}fichier/", Range="bytes=10-19")

    assert (status, body) == (200, whole)
    assert (part_status, part) == (206, whole[10:20])
    assert part_headers["Content-Range"] == f"bytes 10-19/{len(whole)}"
    assert headers["X-Content-Type-Options"] == "nosniff"
    # The readers of PDF built in browsers refuse a sandbox.
    assert headers.get_all("Content-Security-Policy") == ["default-src 'none'"]
    assert headers.get_all("Cache-Control") == ["public, no-cache"]
    assert "X-Accel-Redirect" not in headers


def test_a_private_file_is_sent_by_nginx_to_who_may_read_it(online):
    status, headers, body = online.get(online.deck, Cookie=online.cookie)
    part_status, part_headers, part = online.get(online.deck, Cookie=online.cookie, Range="bytes=-3")
    head_status, head_headers, nothing = online.get(online.deck, method="HEAD", Cookie=online.cookie)
    outside, _, _ = online.get(online.deck, Cookie=online.cookie, Range="bytes=99-")

    assert (status, body) == (200, b"0123456789")
    assert (part_status, part, part_headers["Content-Range"]) == (206, b"789", "bytes 7-9/10")
    assert (head_status, head_headers["Content-Length"], nothing) == (200, "10", b"")
    assert outside == 416
    assert headers.get_all("Cache-Control") == ["private, no-store"]
    assert headers.get_all("X-Content-Type-Options") == ["nosniff"]
    assert headers.get_all("Content-Security-Policy") == ["default-src 'none'; sandbox"]
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Content-Disposition"].startswith("attachment")
    assert "X-Accel-Redirect" not in headers


def test_a_stranger_learns_nothing_of_a_private_file(online):
    asked = [{}, {"Range": "bytes=0-0"}, {"Range": "bytes=99-"}, {"If_None_Match": "*"}, {"If_Range": '"x"'}]

    answers = [online.get(path, **headers) for headers in asked for path in (online.deck, "/fichiers/diaporama/x/")]

    assert {status for status, _, _ in answers} == {404}
    assert len({body for _, _, body in answers}) == 1
    assert not any("ETag" in headers or "Content-Range" in headers for _, headers, _ in answers)


def test_a_film_can_be_read_from_its_middle(online):
    status, headers, body = online.get(online.video, Range="bytes=100000-100099")

    assert (status, body) == (206, Path(online.video_file).read_bytes()[100_000:100_100])
    assert headers["Content-Type"] == "video/mp4"


@pytest.mark.parametrize(
    "path",
    [
        "/_private/documents/",
        "/_private/",
        "/uploads/",
        "/prive/",
        "/media/original_images/a.webp",
        "/media/documents/a.pdf",
        "/media/../private/documents/a.pdf",
        "/media/images/..%2f..%2factess.sqlite3",
        "/static/..%2factess.sqlite3",
    ],
)
def test_nothing_private_has_an_address(online, path):
    assert online.get(path)[0] in {400, 404}


def test_a_private_path_cannot_be_asked_for_in_a_header(online):
    status, _, body = online.get("/nulle-part/", X_Accel_Redirect="/_private/documents/", X_Original_URL="/gestion/")

    assert status == 404
    assert b"%PDF" not in body


def test_another_host_is_refused(online):
    assert online.get("/", Host="evil.example")[0] == 400


def test_a_form_too_large_is_refused_before_the_site_reads_it(online):
    assert online.get("/contact/", method="POST", data=b"x" * 2_000_000)[0] == 413
    assert online.get("/envois/x/", method="POST", data=b"x" * 6_000_000)[0] == 413
    piece = {"data": b"x" * 4_000_000, "Content_Type": "application/octet-stream"}
    assert online.get("/envois/x/", method="POST", **piece)[0] == 403  # it has no token
