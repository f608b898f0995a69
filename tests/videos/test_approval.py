"""A moderator approves a video whose film may have changed since it was submitted.

The site is set up once for the module: each test works in a transaction of its own.
"""

import pytest
from django.urls import reverse

from home import site_setup
from tests.databases import undone
from tests.factories import make_user, make_video
from tests.videos.forms import form_data

pytestmark = [
    pytest.mark.ignore_template_errors,
    # Wagtail sends its notifications the way that Django is leaving.
    pytest.mark.filterwarnings("ignore:get_connection"),
]


@pytest.fixture(scope="module")
def set_up(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), undone():
        site_setup.setup_site()
        yield


@pytest.fixture
def submitted(client, set_up):
    """A video whose film was ready when it was submitted, with a moderator in front of it."""
    with undone():
        video = make_video(live=False)
        video.get_workflow().start(video, make_user(groups=["Rédaction"], is_staff=True))
        client.force_login(make_user(groups=["Modération"], is_staff=True))
        yield video


def approve(client, video, **headers):
    names = [video.pk, "approve", video.current_workflow_task_state.pk]
    return client.post(
        reverse("wagtailadmin_pages:workflow_action", args=names), {"next": "/gestion/", "comment": ""}, headers=headers
    )


def test_approving_from_the_dashboard_refuses_a_film_that_is_not_ready(client, submitted):
    submitted.media.captions = ""
    submitted.media.save()

    response = approve(client, submitted)
    told = client.get(response.url).content.decode()

    assert response.url == "/gestion/"
    assert f"{submitted.title}\N{NO-BREAK SPACE}: Cette page ne peut pas être publiée" in told
    assert "le film n’a pas de sous-titres." in told
    submitted.refresh_from_db()
    assert not submitted.live
    assert submitted.workflow_in_progress


def test_approving_with_a_comment_refuses_it_too(client, submitted):
    submitted.media.transcript = ""
    submitted.media.save()

    response = approve(client, submitted, **{"X-Requested-With": "XMLHttpRequest"})

    assert response.json() == {"step": "success", "redirect": "/gestion/"}
    assert "le film n’a pas de transcription." in client.get("/gestion/").content.decode()
    submitted.refresh_from_db()
    assert not submitted.live


def test_approving_in_the_form_refuses_it_too(client, submitted):
    submitted.media.captions = ""
    submitted.media.save()
    data = form_data(submitted.media, **{"action-workflow-action": "1", "workflow-action-name": "approve"})

    response = client.post(reverse("wagtailadmin_pages:edit", args=[submitted.pk]), data)

    assert "n’a pas de sous-titres" in response.content.decode()
    submitted.refresh_from_db()
    assert not submitted.live


def test_approving_from_the_dashboard_publishes_a_film_that_is_ready(client, submitted):
    approve(client, submitted)

    submitted.refresh_from_db()
    assert submitted.live


def test_a_film_that_is_not_ready_can_be_sent_back(client, submitted):
    submitted.media.captions = ""
    submitted.media.save()
    names = [submitted.pk, "reject", submitted.current_workflow_task_state.pk]

    client.post(reverse("wagtailadmin_pages:workflow_action", args=names), {"comment": "Il manque les sous-titres."})

    submitted.refresh_from_db()
    assert not submitted.workflow_in_progress
