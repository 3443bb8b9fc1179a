"""The second factor: codes of an app on the phone, and recovery codes on paper."""

import secrets
from base64 import b32encode

import segno
from django.db import transaction
from django.utils.crypto import salted_hmac
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from openmuni.arabic import western_digits

RECOVERY_CODES = 10
_APP_DIGITS, _RECOVERY_DIGITS = 6, 12


def app_of(user):
    """The app that makes codes for `user`, or None."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def recovery_codes_left(user) -> int:
    """How many recovery codes have not been used."""
    device = StaticDevice.objects.filter(user=user).first()
    return device.token_set.count() if device else 0


def app_to_confirm(user) -> TOTPDevice:
    """The app that `user` is about to set up: the same key until a code of it was typed."""
    waiting = TOTPDevice.objects.filter(user=user, confirmed=False).first()
    return waiting or TOTPDevice.objects.create(user=user, confirmed=False, name="app")


def spoken_key(app) -> str:
    """The key of `app` to be typed by hand, in groups of four."""
    key = b32encode(app.bin_key).decode().rstrip("=")
    return " ".join(key[place : place + 4] for place in range(0, len(key), 4))


def picture_of_key(app) -> str:
    """The key as a QR code, for the src of an image."""
    return segno.make(app.config_url, error="m").svg_data_uri(scale=5, border=3, dark="#06303f")


@transaction.atomic
def check(user, typed):
    """The device of `user` that made the code `typed`, which is then used up; None for a wrong one.

    Digits may be Arabic-Indic; spaces and hyphens do not count.
    """
    code = "".join(sign for sign in western_digits(typed) if sign.isalnum())
    if not (code.isascii() and code.isdecimal()):
        return None
    if len(code) == _APP_DIGITS:
        devices = TOTPDevice.objects.filter(user=user, confirmed=True)
    elif len(code) == _RECOVERY_DIGITS:
        devices, code = StaticDevice.objects.filter(user=user), _digest(user, code)
    else:
        return None
    # Held: of one code sent twice at once, one is taken.
    device = devices.select_for_update().first()
    return device if device and device.verify_token(code) else None


@transaction.atomic
def confirm(app, typed) -> list[str] | None:
    """Take `app` into use when `typed` is a code of it, in place of any before.

    Returns new recovery codes; None for a wrong code.
    """
    code = western_digits("".join(typed.split()))
    app = TOTPDevice.objects.select_for_update().get(pk=app.pk)
    if len(code) != _APP_DIGITS or not app.verify_token(code):
        return None
    TOTPDevice.objects.filter(user=app.user).exclude(pk=app.pk).delete()
    app.confirmed = True
    app.save(update_fields=["confirmed"])
    return new_recovery_codes(app.user)


@transaction.atomic
def new_recovery_codes(user) -> list[str]:
    """Ten codes, each good once, in place of any before. The database keeps digests."""
    device, _created = StaticDevice.objects.get_or_create(user=user, defaults={"name": "paper"})
    device.token_set.all().delete()
    codes = [f"{secrets.randbelow(10**_RECOVERY_DIGITS):012}" for _code in range(RECOVERY_CODES)]
    for code in codes:
        device.token_set.create(token=_digest(user, code))
    return [" ".join([code[:4], code[4:8], code[8:]]) for code in codes]


@transaction.atomic
def take_away(user):
    """Leave `user` without a second factor; the sessions that were opened by it end."""
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()


def _digest(user, code) -> str:
    return salted_hmac("recovery-code", f"{user.pk}:{code}", algorithm="sha256").hexdigest()[:16]
