import pytest
from defusedxml import ElementTree

from tests.factories import make_departement, make_news, make_news_index

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def entries(client, address):
    response = client.get(address)
    assert response.headers["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(response.content).findall(f"{ATOM}entry")


def titles(client, address):
    return [entry.find(f"{ATOM}title").text for entry in entries(client, address)]


def test_the_feed_has_what_is_published(client):
    make_news(title="Publiée")
    make_news(title="Brouillon", live=False)

    assert titles(client, "/actualites/flux/") == ["Publiée"]


def test_a_feed_of_a_tag_and_of_a_departement(client):
    paris = make_departement("75")
    make_news(title="À Paris", departements=[paris])
    make_news(title="Réemploi", tags=["réemploi"])

    assert titles(client, "/actualites/flux/reemploi/") == ["Réemploi"]
    assert titles(client, "/departements/75-paris/flux/") == ["À Paris"]


@pytest.mark.parametrize("address", ["/actualites/flux/inconnu/", "/departements/99-rien/flux/"])
def test_a_feed_of_nothing_does_not_exist(client, address):
    make_news_index()

    assert client.get(address).status_code == 404


def test_markup_and_odd_characters_keep_the_feed_well_formed(client):
    make_news(title="]]> <script>", summary="a & b \x1b[31m", slug="bizarre")

    [entry] = entries(client, "/actualites/flux/")

    assert entry.find(f"{ATOM}title").text == "]]> <script>"


def test_a_feed_does_not_cost_more_with_more_news(client, django_assert_max_num_queries):
    for _ in range(40):
        make_news(quick=True)
    client.get("/actualites/flux/")

    with django_assert_max_num_queries(5):
        assert len(entries(client, "/actualites/flux/")) == 30
