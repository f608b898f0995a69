import json
import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test import RequestFactory
from django.utils import timezone
from wagtail.models import Page

from association.models import Departement
from news.models import NewsPage
from pages import freshness
from pages.models import BasePage, Stamp
from tests.factories import make_departement, make_news

pytestmark = [pytest.mark.django_db, pytest.mark.each_database]

# Written by visitors or by the machine, or shown in the members' areas: on no public page.
NOT_SHOWN = {
    "association_sector",
    "events_arrangement",
    "events_booking",
    "events_guest",
    "events_keptseats",
    "events_opinion",
    "association_structurekind",
    "guides_guidedownloads",
    "home_contactmessage",
    "pages_movedpath",
    "pages_rendition",
    "pages_stamp",
}
OWN_APPS = ("association", "pages", "news", "guides", "videos", "events", "home")


def value():
    return Stamp.objects.get().value


def test_every_table_that_shows_is_watched():
    ours = {
        model._meta.db_table
        for app in OWN_APPS
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
        if model._meta.managed
    }

    assert ours - NOT_SHOWN == {table for table in freshness.WATCHED if not table.startswith("wagtail")}


def test_a_publication_changes_the_stamp():
    make_news()
    before = value()

    make_news()

    assert value() != before


def test_a_change_behind_the_models_back_counts_too():
    make_departement()
    before = value()

    with connection.cursor() as cursor:
        cursor.execute("UPDATE association_departement SET locative = 'ailleurs'")

    assert value() != before


def test_a_queryset_update_counts_too():
    page = make_news()
    before = value()

    NewsPage.objects.filter(pk=page.pk).update(summary="Autrement")

    assert value() != before


def test_a_deletion_counts_too():
    make_departement()
    before = value()

    Departement.objects.all().delete()

    assert value() != before


def test_an_object_is_built_once_between_publications():
    make_departement()
    built = []
    ask = RequestFactory().get

    for _ in range(3):
        freshness.keep(ask("/"), "once", lambda: (built.append(1), None))
    Departement.objects.update(locative="ailleurs")
    freshness.keep(ask("/"), "once", lambda: (built.append(1), None))

    assert len(built) == 2


def test_what_is_no_longer_true_by_itself_is_built_again():
    make_departement()
    built = []
    a_moment_ago = timezone.now() - timedelta(seconds=1)

    for _ in range(2):
        freshness.keep(RequestFactory().get("/"), "short", lambda: (built.append(1), a_moment_ago))

    assert len(built) == 2


def test_a_preview_is_never_kept(client):
    page = make_news(title="En ligne")
    client.get(page.address)
    draft = page.specific
    draft.title = "Brouillon secret"

    preview = draft.make_preview_request()

    assert "Brouillon secret" in preview.text
    assert "Brouillon secret" not in client.get(page.address).text


ANOTHER_PROCESS = """
import json, sys
import django
django.setup()
from django.test import Client
client = Client(SERVER_NAME="localhost")
for line in sys.stdin:
    print(json.dumps("Toute fraîche" in client.get(line.strip()).text), flush=True)
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("sqlite" in settings.DATABASES["default"]["ENGINE"], reason="the test's database is in memory")
def test_another_process_shows_a_publication_at_its_next_request():
    make_news()
    database = connection.settings_dict
    place = f"{database['USER']}:{database['PASSWORD']}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "actess.settings.test"}
    environment["DATABASE_URL"] = f"postgresql://{place}"
    command = [sys.executable, "-c", ANOTHER_PROCESS]
    other = subprocess.Popen(
        command, env=environment, cwd=settings.ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )

    def shows(address):
        other.stdin.write(f"{address}\n")
        other.stdin.flush()
        return json.loads(other.stdout.readline())

    before = [shows(address) for address in ("/", "/actualites/") for _ in range(2)]
    make_news(title="Toute fraîche", published_on=timezone.localdate())
    after = [shows(address) for address in ("/", "/actualites/")]
    other.communicate(timeout=10)

    assert before == [False] * 4
    assert after == [True, True]


def test_every_page_type_is_one_of_ours():
    types = [model for model in apps.get_models() if issubclass(model, Page) and model is not Page]

    assert all(issubclass(model, BasePage) for model in types)


def test_triggers_are_installed_again_without_harm():
    freshness.install_triggers(using="default")
    make_departement()
    before = value()

    Departement.objects.update(locative="ailleurs")

    assert value() != before


def test_nothing_is_watched_before_the_stamp_has_its_table():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE pages_stamp RENAME TO not_made_yet")

        freshness.install_triggers(using="default")

        cursor.execute("ALTER TABLE not_made_yet RENAME TO pages_stamp")
    make_departement()
    assert value()
