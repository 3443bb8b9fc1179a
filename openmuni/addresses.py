"""Where a request comes from. Imports none of the apps."""

import ipaddress

from django.conf import settings

# A home or an office has a whole network of this size to choose its address from.
_IPV6_NETWORK = 64


def client_address(request) -> str:
    """The address that sent `request`, an IPv6 one as its /64; "" when it cannot be told.

    Each proxy adds what it saw at the end of X-Forwarded-For. As many entries from the end are
    believed as settings.TRUSTED_PROXIES says stand before us; a client may write the others.
    """
    trusted = settings.TRUSTED_PROXIES
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if not trusted:
        return _normal(request.META.get("REMOTE_ADDR", ""))
    return _normal(hops[-trusted]) if len(hops) >= trusted else ""


def _normal(text: str) -> str:
    try:
        address = ipaddress.ip_address(text.strip())
    except ValueError:
        return ""
    if address.version == 4:
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address.packed, _IPV6_NETWORK), strict=False))
