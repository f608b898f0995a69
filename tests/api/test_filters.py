"""Which pages a list of the reading tier holds, and in which order.

They are made once for the module: each test works in a transaction of its own.
"""

from datetime import date

import pytest

from tests.databases import undone
from tests.factories import make_departement, make_guide, make_news, make_page, make_video


def read(client, path):
    response = client.get(f"/api/v2/{path}")
    assert response.status_code == 200, response.content
    return response.json()


@pytest.fixture(scope="module")
def filled(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), undone():
        fill()
        yield


@pytest.fixture(autouse=True)
def mixed(filled):
    with undone():
        yield


def fill():
    paris, essonne = make_departement("75"), make_departement("91")
    make_news(title="Ici", departements=[paris], tags=["Vélo"], published_on=date(2026, 5, 1))
    make_news(title="Là", departements=[essonne], published_on=date(2026, 6, 1))
    make_guide(title="Le guide", departements=[paris], tags=["Vélo"], edition_on=date(2026, 7, 1))
    make_video(title="Le film", departement=paris)
    make_page(title="Nous")


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("type=news.NewsPage", {"Ici", "Là"}),
        ("type=news.newspage,guides.GuidePage", {"Ici", "Là", "Le guide"}),
        ("departement=75", {"Ici", "Le guide", "Le film"}),
        ("departement=75&type=news.NewsPage", {"Ici"}),
        ("departement=13", set()),
        ("tag=velo", {"Ici", "Le guide"}),
        ("tag=inconnu", set()),
        ("published_after=2026-05-15&type=news.NewsPage,guides.GuidePage", {"Là", "Le guide"}),
        ("published_before=2026-05-15&type=news.NewsPage,guides.GuidePage", {"Ici"}),
        ("slug=nous", {"Nous"}),
        ("search=guide&type=guides.GuidePage", {"Le guide"}),
        ("search=guide&departement=91", set()),
        ('search="', set()),
        ("search=%20", set()),
        ("child_of=root&type=home.AssociationPage", {"Nous"}),
        ("descendant_of=root&departement=91", {"Là"}),
    ],
)
def test_pages_are_filtered(client, query, titles):
    answer = read(client, f"pages/?{query}")

    assert {item["title"] for item in answer["items"]} == titles
    assert answer["meta"]["total_count"] == len(titles)


def test_pages_are_ordered_and_cut(client):
    titles = [item["title"] for item in read(client, "pages/?type=news.NewsPage&order=-title")["items"]]
    [second] = read(client, "pages/?type=news.NewsPage&order=title&offset=1&limit=1")["items"]

    assert titles == ["Là", "Ici"]
    assert second["title"] == "Là"
