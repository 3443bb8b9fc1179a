"""The system's Chromium, as every test and measurement starts it."""

import shutil

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def launch(playwright):
    """A browser of `playwright`, a started Playwright."""
    return playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
