"""Administrators read the orders; nobody writes one there."""

import pytest
from django.urls import NoReverseMatch, reverse

from home import site_setup
from tests.passport.test_orders import ask
from tests.people import log_in, make_administrator, make_counsellor, make_organisation, make_treasurer

pytestmark = pytest.mark.django_db
ORDERS = "passport_orders"


def test_an_administrator_reads_orders_and_writes_none(client):
    site_setup.prepare()
    order = ask(organisation=make_organisation(is_prescriber=True, name="=Ville de Creteil"))
    log_in(client, make_administrator(is_staff=True))

    for path in (reverse(f"{ORDERS}:index"), reverse(f"{ORDERS}:inspect", args=[order.pk])):
        assert order.number in client.get(path).text
    exported = client.get(reverse(f"{ORDERS}:index"), {"export": "csv"})
    assert "'=Ville de Creteil" in b"".join(exported).decode()
    for name, args in (("add", []), ("edit", [order.pk]), ("delete", [order.pk])):
        try:
            path = reverse(f"{ORDERS}:{name}", args=args)
        except NoReverseMatch:
            continue
        assert client.post(path, {"siret": ""}).status_code in {302, 403, 404}
    order.refresh_from_db()
    assert order.siret


@pytest.mark.parametrize("make", [make_treasurer, lambda: make_counsellor().user])
def test_nobody_else_opens_it(client, make):
    site_setup.prepare()
    log_in(client, make())

    assert client.get(reverse(f"{ORDERS}:index")).status_code == 403
