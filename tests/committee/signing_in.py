"""Staff who sign in by the pages, as browsers do."""

from django.test import Client
from django_otp.oath import totp

from committee.accounts import second_factor
from tests.factories import make_user

ADMIN = "/ar/admin/"
PASSWORD = "a-long-password"


def by_password(name, password=PASSWORD, *, client=None, address="192.0.2.1", **sent):
    """(client, answer) of a POST of name and password from `address`."""
    client = client or Client()
    sent = {"username": name, "password": password} | sent
    return client, client.post(f"{ADMIN}login/", sent, REMOTE_ADDR=address)


def with_app(name, **fields):
    """An account with a second factor in use: (account, app, recovery codes)."""
    user = make_user(name, **fields)
    app = second_factor.app_to_confirm(user)
    codes = second_factor.confirm(app, code_of(app))
    app.refresh_from_db()
    return user, app, codes


def code_of(app, ahead=0) -> str:
    """The code that `app` shows, `ahead` steps from now: the next is good where this one was used."""
    return f"{totp(app.bin_key, drift=ahead):06}"


def type_code(client, code, address="192.0.2.1"):
    """The answer to a code on the page of the second step."""
    return client.post(f"{ADMIN}second-step/", {"code": code}, REMOTE_ADDR=address)


def sign_in_whole(name, **fields) -> Client:
    """A browser in which the account has taken both steps."""
    _user, app, _codes = with_app(name, **fields)
    client, _answer = by_password(name)
    type_code(client, code_of(app, ahead=1))
    return client


def is_in(client) -> bool:
    """Whether the desk opens."""
    return client.get(ADMIN).status_code == 200
