from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from guides import downloads
from tests.factories import make_admin, make_guide

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


def downloaded(guide, *, days_ago=0, times=1):
    for _ in range(times):
        downloads.count_one(guide, on=timezone.localdate() - timedelta(days=days_ago))


def test_the_editor_of_a_guide_says_how_often_it_was_downloaded(client):
    guide = make_guide()
    downloaded(guide, days_ago=60, times=2)
    downloaded(guide)
    client.force_login(make_admin())

    page = client.get(reverse("wagtailadmin_pages:edit", args=[guide.pk])).content.decode()

    assert "3\N{NO-BREAK SPACE}téléchargements en tout, dont 1 ces 30 derniers jours" in page


def test_a_report_has_the_most_downloaded_first(client):
    rare, common = make_guide(title="Guide rare"), make_guide(title="Guide courant")
    downloaded(rare, times=1)
    downloaded(common, times=3)
    client.force_login(make_admin())

    page = client.get(reverse("guide_downloads")).content.decode()
    sheet = b"".join(client.get(reverse("guide_downloads"), {"export": "csv"}).streaming_content).decode()

    assert page.index("Guide courant") < page.index("Guide rare")
    assert "Guide courant" in sheet
    assert client.get(reverse("guide_downloads_results")).status_code == 200
