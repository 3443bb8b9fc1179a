"""The rehearsal: an edition to play the whole story in, built from texts and wiped without a trace."""

from .accounts import names_in_use, new_passwords
from .edition import build
from .wiping import wipe

__all__ = ["build", "names_in_use", "new_passwords", "wipe"]
