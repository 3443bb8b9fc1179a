"""Guesses at passwords and codes are counted, by account and place, and held back.

Who guesses from elsewhere never shuts out the owner of an account: a browser that has signed in
before is known by a cookie and counted apart; others are counted by their address, and all strange
browsers together by the day. Neither names nor addresses are kept: the database holds digests under
a key of the day, and drops them after two.
"""

import datetime
import secrets
import unicodedata

from django.conf import settings
from django.core import signing
from django.utils.crypto import salted_hmac

from committee.models import Guesses
from openmuni import clock
from openmuni.addresses import client_address

PASSWORD, CODE = "password", "code"

# (guesses, first wait): from one place, and from all strange browsers together.
FROM_ONE_PLACE = (5, datetime.timedelta(minutes=15))
FROM_EVERYWHERE = (20, datetime.timedelta(days=1))

_COOKIE_PREFIX = "__Host-known-" if settings.PRODUCTION else "known-"
_COOKIE_LASTS = 180 * 24 * 60 * 60


def count_guess(request, secret, username) -> datetime.datetime | None:
    """Count a guess at a secret (PASSWORD, CODE) before it is checked.

    Returns None when it may be checked, else the instant from which one more is taken. A name that
    nobody has is counted like any other.
    """
    limits = {
        _digest(secret, username, place): limit for place, limit in _places(request, username)
    }
    return Guesses.objects.count_one(limits)


def forget_guesses(request, secret, username):
    """The secret was right: what was counted from this place, and from everywhere, starts anew."""
    digests = [_digest(secret, username, place) for place, _limit in _places(request, username)]
    Guesses.objects.filter(digest__in=digests).delete()


def remember_browser(request, response, user):
    """Have this browser counted apart when it signs in to the account again."""
    if _known(request, user.username):
        return
    response.set_cookie(
        _cookie(user.username),
        _signer(user.username).sign(secrets.token_hex(8)),
        max_age=_COOKIE_LASTS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _places(request, username):
    if known := _known(request, username):
        return [(known, FROM_ONE_PLACE)]
    return [(client_address(request), FROM_ONE_PLACE), ("everywhere", FROM_EVERYWHERE)]


def _known(request, username) -> str:
    """The mark of a browser that has signed in to this account before; "" for any other."""
    cookie = request.COOKIES.get(_cookie(username), "")
    try:
        return _signer(username).unsign(cookie, max_age=_COOKIE_LASTS)
    except signing.BadSignature:
        return ""


def _signer(username):
    return signing.TimestampSigner(salt=f"known-browser.{_plain(username)}")


def _cookie(username) -> str:
    return _COOKIE_PREFIX + salted_hmac("known-browser", _plain(username)).hexdigest()[:12]


def _digest(secret, username, place) -> str:
    parts = "\0".join([secret, _plain(username), place])
    return salted_hmac(f"guesses.{clock.now():%Y-%m-%d}", parts, algorithm="sha256").hexdigest()


def _plain(username) -> str:
    return unicodedata.normalize("NFKC", username).casefold().strip()
