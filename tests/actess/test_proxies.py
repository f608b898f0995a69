import pytest

from actess.proxies import ClientAddressMiddleware, visitor


@pytest.mark.parametrize(
    ("count", "forwarded", "address"),
    [
        (0, "203.0.113.7", ""),
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "10.0.0.1, 203.0.113.7", "203.0.113.7"),
        (2, "6.6.6.6, 203.0.113.7, 10.0.0.1", "203.0.113.7"),
        (2, "203.0.113.7", ""),
        (1, "", ""),
        (1, "n’importe quoi", ""),
        (1, "2001:db8::0007", "2001:db8::7"),
    ],
)
def test_only_our_own_proxies_are_believed(settings, count, forwarded, address):
    settings.TRUSTED_PROXY_COUNT = count

    assert visitor(forwarded) == address


def test_the_address_is_where_everything_looks_for_it(settings, rf):
    settings.TRUSTED_PROXY_COUNT = 1
    request = rf.get("/", headers={"X-Forwarded-For": "127.0.0.1, 203.0.113.7"})

    ClientAddressMiddleware(lambda request: request)(request)

    assert request.META["REMOTE_ADDR"] == "203.0.113.7"
