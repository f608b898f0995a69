"""A large file sent from a browser whose network comes and goes."""

from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from private_files import uploads
from private_files.models import Upload
from tests.factories import make_contact, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WHOLE = bytes(range(256)) * 20_000  # three pieces
taken = []


def anyone(_user):
    return True


def take(_user, upload):
    with uploads.received(upload) as file:
        taken.append(file.read())
    return "/contact/?merci=1"


uploads.accepts("test-browser", largest=10**8, may=anyone, finish=take)
uploads.accepts("test-small", largest=1000, may=anyone, finish=take)


@pytest.fixture
def form(page, live_server, client, settings, tmp_path):
    """A form of the kind that members' areas have, on a page that has a token."""
    settings.UPLOADS_ROOT = tmp_path / "uploads"
    taken.clear()
    contact = make_contact()
    client.force_login(make_user())
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([cookie])
    page.goto(f"{live_server.url}{contact.address}")
    dress(page)
    return page


def dress(page):
    page.evaluate(
        """async progress => {
            const form = document.querySelector("main form");
            form.dataset.actessUpload = "test-browser";
            const token = form.querySelector("[name=csrfmiddlewaretoken]").outerHTML;
            const fields = `<label>Film <input type="file"></label><button class="button">Envoyer</button>`;
            form.innerHTML = token + fields + progress;
            const script = document.createElement("script");
            script.src = "/static/js/upload.js";
            const ready = new Promise(done => { script.onload = done; });
            document.head.append(script);
            await ready;
        }""",
        render_to_string("private_files/upload_progress.html"),
    )


def choose(page, content=WHOLE):
    """A file of the disk: it keeps its date from one choice to the next."""
    film = Path(settings.DATA) / "film-a-envoyer.mp4"
    if not film.exists() or film.read_bytes() != content:
        film.write_bytes(content)
    page.get_by_label("Film").set_input_files(film)


def test_a_film_goes_on_after_a_cut(form):
    cuts = []

    def cut(route):
        """The second piece is lost, and so are the first questions after it."""
        if route.request.method == "POST" and route.request.headers.get("upload-offset") == "0":
            route.continue_()
        elif len(cuts) < 3:
            cuts.append(route.request.method)
            route.abort()
        else:
            route.continue_()

    form.route("**/envois/*/", cut)
    choose(form)
    form.get_by_role("button", name="Envoyer").click()
    form.get_by_role("status").filter(has_text="coupée").wait_for()
    form.wait_for_url("**/contact/?merci=1")

    assert taken == [WHOLE]
    assert len(cuts) == 3


def test_the_same_file_goes_on_where_it_was_on_another_visit(form):
    offsets = []

    def first_piece_only(route):
        offsets.append(route.request.headers.get("upload-offset"))
        if len(offsets) == 1:
            route.continue_()
        else:
            route.abort()

    form.route("**/envois/*/", first_piece_only)
    choose(form)
    form.get_by_role("button", name="Envoyer").click()
    form.get_by_role("status").filter(has_text="coupée").wait_for()
    form.unroute("**/envois/*/")
    form.on("dialog", lambda dialog: dialog.accept())
    form.reload()
    dress(form)
    form.on("request", lambda request: offsets.append(request.headers.get("upload-offset")))
    choose(form)
    form.get_by_role("button", name="Envoyer").click()
    form.wait_for_url("**/contact/?merci=1")

    assert taken == [WHOLE]
    assert offsets.count("0") == 1, "what had arrived is not sent again"
    assert Upload.objects.count() == 1


def test_a_refusal_is_read_and_the_form_can_be_used_again(form, axe):
    form.evaluate("document.querySelector('form[data-actess-upload]').dataset.actessUpload = 'test-small'")
    choose(form)
    form.get_by_role("button", name="Envoyer").press("Enter")

    form.get_by_text("trop lourd").wait_for()
    assert form.evaluate("document.activeElement.hasAttribute('data-actess-upload-error')")
    assert axe(form) == []
    choose(form, b"small")
    form.get_by_role("button", name="Envoyer").press("Enter")
    form.wait_for_url("**/contact/?merci=1")
    assert taken == [b"small"]


def test_who_sends_can_stop(form):
    form.route("**/envois/*/", lambda route: route.abort())
    choose(form)
    form.get_by_role("button", name="Envoyer").click()
    with form.expect_response("**/abandon/"):
        form.get_by_role("button", name="Abandonner l’envoi").click()

    form.get_by_role("status").filter(has_text="abandonné").wait_for()
    assert Upload.objects.get().dropped_at
    assert taken == []


def test_who_stops_before_the_first_answer_leaves_nothing_behind(form):
    held = []
    form.route("**/envois/", lambda route: held.append(route))
    choose(form)
    with form.expect_request("**/envois/"):
        form.get_by_role("button", name="Envoyer").click()
    form.get_by_role("button", name="Abandonner l’envoi").click()

    with form.expect_response("**/abandon/"):
        held[0].continue_()

    form.get_by_role("status").filter(has_text="abandonné").wait_for()
    assert Upload.objects.get().dropped_at
