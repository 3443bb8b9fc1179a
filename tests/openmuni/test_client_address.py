"""The address a request comes from."""

import pytest
from django.test import RequestFactory

from openmuni.addresses import client_address


@pytest.mark.parametrize(
    ("trusted", "connection", "forwarded", "expected"),
    [
        (0, "192.0.2.1", "10.0.0.1", "192.0.2.1"),
        (1, "127.0.0.1", "192.0.2.1", "192.0.2.1"),
        (1, "", "10.0.0.1, 192.0.2.1", "192.0.2.1"),
        (2, "127.0.0.1", "10.0.0.1, 192.0.2.1, 198.51.100.1", "192.0.2.1"),
        (2, "127.0.0.1", "192.0.2.1", ""),
        (1, "127.0.0.1", "", ""),
        (1, "127.0.0.1", "unknown", ""),
        (0, "2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
        (0, "::ffff:192.0.2.1", "", "192.0.2.1"),
        (0, "", "", ""),
    ],
)
def test_the_address_is_what_the_trusted_proxies_saw(
    settings, trusted, connection, forwarded, expected
):
    settings.TRUSTED_PROXIES = trusted
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    request = RequestFactory().get("/", REMOTE_ADDR=connection, **headers)
    assert client_address(request) == expected
