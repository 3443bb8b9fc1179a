"""The rehearsal: an edition to play the whole story in, built from texts and wiped without a trace."""

from .accounts import accounts, names_in_use, new_passwords, real_submissions
from .edition import build, print_documents
from .wiping import wipe

__all__ = [
    "accounts",
    "build",
    "names_in_use",
    "new_passwords",
    "print_documents",
    "real_submissions",
    "wipe",
]
