from concurrent.futures import ThreadPoolExecutor
from datetime import date
from http import HTTPStatus

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction

from guides import downloads
from guides.models import GuideDownloads
from tests.factories import make_admin, make_file, make_guide

pytestmark = pytest.mark.django_db


def fetch(client, guide, **headers):
    response = client.get(f"{guide.url}fichier/", headers=headers)
    if response.streaming:
        response.body = b"".join(response.streaming_content)
    return response


def test_the_file_has_the_guides_name_and_opens_in_the_browser(client):
    guide = make_guide(title="Vos droits")

    response = fetch(client, guide)

    assert response.status_code == HTTPStatus.OK
    assert response.body.startswith(b"%PDF-")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="vos-droits.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_file_that_browsers_do_not_show_is_taken_away(client):
    guide = make_guide(title="Modèle", document=make_file(content=b"mots", name="modele.txt"))

    assert fetch(client, guide)["Content-Disposition"] == 'attachment; filename="modele.txt"'


def test_a_new_edition_keeps_the_link(client):
    guide = make_guide()
    address = f"{guide.url}fichier/"

    guide.document = make_file(content=b"%PDF-1.4 deux", name="autre.pdf")
    guide.save_revision().publish()

    assert b"".join(client.get(address).streaming_content) == b"%PDF-1.4 deux"


def test_the_file_of_a_draft_does_not_exist(client):
    assert fetch(client, make_guide(live=False)).status_code == HTTPStatus.NOT_FOUND


def test_the_file_of_a_restricted_collection_does_not_exist(client):
    collection = Collection.get_first_root_node().add_child(name="Conseillers")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="groups").groups.add(
        Group.objects.create(name="Conseil")
    )
    guide = make_guide(document=make_file(collection=collection))

    assert fetch(client, guide).status_code == HTTPStatus.NOT_FOUND
    client.force_login(make_admin())
    assert fetch(client, guide).status_code == HTTPStatus.OK


def test_downloads_are_counted_by_day(client):
    guide, other = make_guide(), make_guide()

    fetch(client, guide)
    fetch(client, guide)
    fetch(client, other)

    assert downloads.total(guide) == 2
    assert GuideDownloads.objects.get(guide=guide).day == timezone.localdate()
    assert downloads.totals([guide, other]) == {guide.pk: 2, other.pk: 1}


def test_downloads_add_up_from_a_day_on():
    guide = make_guide()
    for day in (date(2026, 10, 1), date(2026, 11, 1), date(2026, 11, 1)):
        downloads.count_one(guide, on=day)

    assert downloads.total(guide) == 3
    assert downloads.total(guide, since=date(2026, 10, 15)) == 2


def test_the_first_part_of_a_file_is_a_download_and_the_next_are_not(client):
    guide = make_guide()

    assert fetch(client, guide, range="bytes=0-9").status_code == HTTPStatus.PARTIAL_CONTENT
    fetch(client, guide, range="bytes=10-19")
    fetch(client, guide, range="bytes=-5")

    assert downloads.total(guide) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"User-Agent": "Mozilla/5.0 (compatible; Examplebot/2.1)"},
        {"User-Agent": "facebookexternalhit/1.1"},
        {"Sec-Purpose": "prefetch;prerender"},
        {"If-None-Match": "*"},
    ],
)
def test_robots_and_prefetches_and_known_files_are_not_counted(client, headers):
    guide = make_guide()

    fetch(client, guide, **headers)

    assert downloads.total(guide) == 0


def test_head_is_not_counted(client):
    guide = make_guide()

    response = client.head(f"{guide.url}fichier/")

    assert response.status_code == HTTPStatus.OK
    assert int(response["Content-Length"]) > 0
    assert downloads.total(guide) == 0


def test_a_file_sent_by_the_web_server_is_counted(client, settings):
    settings.SENDFILE_URL = "/_private/"
    guide = make_guide()

    response = fetch(client, guide)

    assert response["X-Accel-Redirect"].startswith("/_private/documents/")
    assert downloads.total(guide) == 1


def test_nothing_about_who_asks_is_kept():
    columns = {column.column for column in GuideDownloads._meta.get_fields() if hasattr(column, "column")}

    assert columns == {"id", "guide_id", "day", "count"}


def test_a_file_is_sent_even_when_it_cannot_be_counted(client):
    guide = make_guide()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE guides_guidedownloads RENAME TO elsewhere")

    response = fetch(client, guide)

    assert response.status_code == HTTPStatus.OK


def test_somebody_else_s_may_be_the_first_of_the_day_meanwhile():
    guide = make_guide()
    day = date(2026, 11, 1)

    def is_quicker(execute, sql, *rest):
        done = execute(sql, *rest)
        if sql.startswith("UPDATE") and not downloads.total(guide):
            GuideDownloads.objects.create(guide=guide, day=day, count=1)
        return done

    with connection.execute_wrapper(is_quicker):
        downloads.count_one(guide, on=day)

    assert downloads.total(guide) == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="the embedded database has one writer at a time")
def test_the_first_downloads_of_a_day_are_all_counted_at_once():
    guide = make_guide()

    def download(_number):
        try:
            downloads.count_one(guide, on=date(2026, 11, 1))
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as people:
        list(people.map(download, range(40)))

    assert downloads.total(guide) == 40
