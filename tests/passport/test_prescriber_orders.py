"""The prescriber's orders: typed, read again in words, sent once; then who has each sheet."""

from uuid import uuid4

import pytest

from accompaniment import packages
from accompaniment.models import PackageVersion
from passport.models import Order
from tests.accompaniment.paths import make_package
from tests.factories import make_home
from tests.passport.factories import make_sheet
from tests.passport.prescribers import ASKED, ORDERS, SIRET, named, read
from tests.people import make_affiliation, make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def body():
    make_home()  # what the frame shows is then kept
    return make_organisation(is_prescriber=True, name="La Passerelle", siret=SIRET)


@pytest.fixture
def reader(client, body):
    client.force_login(make_affiliation(organisation=body).user)
    return client


def test_an_order_is_read_again_in_words_then_sent_once(reader, body):
    sold = packages.new_version(make_package())
    PackageVersion.objects.filter(pk=sold.pk).update(price="1200.50")
    packages.go_live(sold)

    page = read_posted(reader, ASKED)
    assert "La Passerelle commande 12 forfaits" in page
    assert "14 406,00 € en tout" in page
    assert not Order.objects.exists()

    sent = ASKED | {"confirm": "1", "key": str(uuid4())}
    for _time in range(2):
        answer = reader.post(f"{ORDERS}nouvelle/", sent)
        assert answer.url == f"{ORDERS}{Order.objects.get().reference}/"
    assert "Elle attend l’association" in read(reader, answer.url)
    assert "12 forfaits" in read(reader, ORDERS)


def read_posted(client, data):
    answer = client.post(f"{ORDERS}nouvelle/", data)
    assert answer.status_code == 200
    return answer.content.decode().replace("\xa0", " ")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"quantity": ""}, "Dites combien"),
        *(({"quantity": said}, "Commandez de 1 à 200") for said in ("0", "-1", "201", "9223372036854775808")),
        *(({"quantity": said}, "Saisissez un nombre entier") for said in ("1.5", "1e309", "NaN", "²", "9" * 5000)),
        ({"siret": "123"}, "14 chiffres"),
        ({"siret": "73282932000075"}, "un de ses chiffres est faux"),
        ({"siret": ""}, "Donnez le SIRET"),
        ({"service_code": "<script>"}, "Seuls les lettres"),
        ({"commitment_number": "x" * 51}, "50"),
        ({"billing": "gratuit"}, "Choisissez dans la liste"),
    ],
)
def test_what_is_typed_wrong_is_said_beside_and_kept(reader, wrong, told):
    make_package()

    page = read_posted(reader, ASKED | wrong | {"confirm": "1", "key": str(uuid4())})

    assert told in page
    assert "error-summary" in page
    assert not Order.objects.exists()


def test_an_order_is_changed_before_it_is_sent(reader):
    make_package()

    page = read_posted(reader, ASKED | {"change": "1"})

    assert 'value="12"' in page
    assert "Relire ma commande" in page
    assert "Relisez votre commande" in read_posted(reader, ASKED | {"confirm": "1", "key": "none"})


def test_an_order_is_asked_for_a_body_of_ones_own(reader, body):
    make_package()
    foreign = make_organisation(is_prescriber=True)
    read_posted(reader, ASKED | {"organisation": foreign.reference})

    mine = make_organisation(is_prescriber=True)
    make_affiliation(organisation=mine, user=body.affiliations.get().user)
    assert "Choisissez dans la liste" in read_posted(reader, ASKED | {"organisation": foreign.reference})
    reader.post(f"{ORDERS}nouvelle/", ASKED | {"organisation": mine.reference, "confirm": "1", "key": str(uuid4())})

    assert Order.objects.get().organisation == mine


def test_nothing_is_ordered_where_nothing_is_sold(reader):
    assert "Aucun forfait n’est proposé" in read(reader, f"{ORDERS}nouvelle/")


def test_an_order_says_to_whom_each_sheet_is_given(reader, body):
    passport = named("Unal", body)
    free = make_sheet(organisation=body)

    page = read(reader, f"{ORDERS}{passport.sheet.order.reference}/")
    assert "Zoé Unal" in page
    assert "1 planche donnée sur 1, 1 passeport ouvert" in page
    assert "libre" in read(reader, f"{ORDERS}{free.order.reference}/")


@pytest.mark.parametrize("sheets", [1, 30])
def test_an_order_costs_the_same_whatever_its_sheets(reader, body, django_assert_max_num_queries, sheets):
    passport = named("Unal", body)
    order = passport.sheet.order
    order.sheets.bulk_create(type(passport.sheet)(order=order, number=number) for number in range(2, sheets + 2))
    reader.get(f"{ORDERS}{order.reference}/")

    with django_assert_max_num_queries(12):
        reader.get(f"{ORDERS}{order.reference}/")
