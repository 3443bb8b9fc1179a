"""Keys, tracking codes and their digests.

The form carries a random key. The code is 15 digits of HMAC(pepper, key and content digest) and a
Verhoeff check digit, so the same key and text always give the same code, and the database, which
keeps digests only, cannot give one away.
"""

import functools
import hashlib
import hmac
import json
import secrets
import unicodedata
from dataclasses import dataclass

from django.conf import settings
from stdnum import verhoeff

from openmuni.arabic import western_digits

KEY_LENGTH = 22
_CODE_LENGTH = 16


def new_key() -> str:
    """A fresh form key: 128 random bits as 22 URL-safe characters."""
    return secrets.token_urlsafe(16)


def is_key(text: str) -> bool:
    """True for a text shaped like a key of ours."""
    return (
        len(text) == KEY_LENGTH
        and text.isascii()
        and text.replace("-", "").replace("_", "").isalnum()
    )


def _hmac(*parts: bytes) -> bytes:
    return hmac.new(settings.TRACKING_PEPPER.encode(), b"\0".join(parts), hashlib.sha256).digest()


@dataclass(frozen=True)
class Receipt:
    """What a form key and its content give: the digests to store and the code to show."""

    key_digest: str
    content_digest: str
    code: str

    @classmethod
    def of(cls, key: str, content: dict) -> "Receipt":
        """The receipt of `content` (JSON-able values) sent with `key`."""
        text = json.dumps(content, ensure_ascii=False, sort_keys=True).encode()
        # With the pepper: a bare digest would let a telephone number be guessed after its erasure.
        return cls.again(key, _hmac(b"content", text).hex())

    @classmethod
    def again(cls, key: str, content_digest: str) -> "Receipt":
        """The receipt of what was sent with `key`, from the digest of its content alone."""
        number = int.from_bytes(_hmac(b"code", key.encode(), content_digest.encode()))
        digits = f"{number % 10**15:015d}"
        return cls(
            key_digest=_hmac(b"key", key.encode()).hex(),
            content_digest=content_digest,
            code=digits + verhoeff.calc_check_digit(digits),
        )

    @functools.cached_property
    def code_digest(self) -> str:
        """The digest under which the code is stored."""
        return code_digest(self.code)

    def hash_code(self):
        """Work out `code_digest`, which is slow on purpose, before a lock is held."""
        return self.code_digest


class CodelessReceipt(Receipt):
    """The receipt of what came in by a list: nobody was handed a code, so no code leads to it."""

    @property
    def code_digest(self) -> str:
        """A digest that no code has; it costs nothing."""
        return _hmac(b"no code", self.key_digest.encode(), self.content_digest.encode()).hex()


def code_digest(code: str) -> str:
    """The scrypt digest (64 hex digits) under which a code is stored; about 8 ms."""
    pepper = settings.TRACKING_PEPPER.encode()
    return hashlib.scrypt(code.encode(), salt=pepper, n=2**12, r=8, p=1, dklen=32).hex()


def parse_codes(typed: str) -> list[str]:
    """The codes of 16 digits that `typed` may stand for (any digit script, grouped by whatever); none or two at most.

    On a page from right to left many copy the four groups from the right: both orders are read.
    """
    digits = "".join(
        ch for ch in western_digits(typed) if unicodedata.category(ch)[0] not in "PSZC"
    )
    if len(digits) != _CODE_LENGTH or not digits.isascii() or not digits.isdigit():
        return []
    orders = dict.fromkeys([digits, "".join(reversed(code_groups(digits)))])
    return [code for code in orders if verhoeff.is_valid(code)]


def code_groups(code: str) -> list[str]:
    """The code in four groups of four digits, as it is shown."""
    return [code[at : at + 4] for at in range(0, len(code), 4)]
