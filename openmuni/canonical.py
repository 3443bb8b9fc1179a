"""Plain data as bytes that are always the same, their fingerprints, and chains of fingerprints."""

import datetime
import hashlib
import json

# What the first link of a chain follows.
BEGINNING = "0" * 64


def canonical(data) -> bytes:
    """`data` as JSON in UTF-8, the same for the same data whatever the order of its keys."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def fingerprint(data) -> str:
    """SHA-256 of the canonical form of `data`, in hexadecimal."""
    return hashlib.sha256(canonical(data)).hexdigest()


def link(previous: str, data) -> str:
    """The fingerprint of `data` where it follows the link `previous`."""
    return hashlib.sha256(previous.encode() + canonical(data)).hexdigest()


def digest(text: str | None) -> str:
    """The fingerprint of a text; empty for an empty one."""
    return hashlib.sha256(text.encode()).hexdigest() if text else ""


def digests(thing, *names) -> dict:
    """The fingerprints of the texts that the fields `names` of `thing` hold, by these names."""
    return {name: digest(getattr(thing, name)) for name in names}


def instant(at: datetime.datetime | None) -> str | None:
    """An instant as text, in UTC."""
    return at and at.astimezone(datetime.UTC).isoformat(timespec="microseconds")
