"""What a first visit takes over the wire, in a real browser with an empty cache."""

import shutil

from django.db import connection
from playwright.sync_api import sync_playwright

from .addresses import LANGUAGES, public_pages
from .seed import rehearsal
from .site import Server

LIST_KILOBYTES, PAGE_KILOBYTES = 70, 90
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


def measure(figures):
    """Kilobytes (of 1,000 bytes) and requests of each public page, fonts included; no other host."""
    plan = rehearsal()
    addresses = [
        (name, language, address)
        for language in LANGUAGES
        for name, address in public_pages(plan, language).items()
    ]
    connection.close()
    foreign = set()
    with Server() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=ARGUMENTS
        )
        for name, language, address in addresses:
            taken, asked = visit(browser, server.url + address)
            foreign |= {url for url in asked if not url.startswith((server.url, "data:"))}
            limit = LIST_KILOBYTES if name == "list" else PAGE_KILOBYTES
            figures.at_most(f"{name}, {language}: {len(asked)} requests", taken / 1000, limit, "KB")
        browser.close()
    figures.exactly("requests to other hosts", len(foreign), 0)


def visit(browser, url) -> tuple[int, list[str]]:
    """Open `url` as for the first time; return the bytes over the wire and what was asked for."""
    context = browser.new_context(viewport={"width": 390, "height": 780})
    page = context.new_page()
    wire = context.new_cdp_session(page)
    taken, asked = [], []
    wire.on("Network.loadingFinished", lambda event: taken.append(event["encodedDataLength"]))
    wire.on("Network.requestWillBeSent", lambda event: asked.append(event["request"]["url"]))
    wire.send("Network.enable")
    answer = page.goto(url, wait_until="networkidle")
    page.evaluate("document.fonts.ready.then(() => 1)")
    context.close()
    if answer.status != 200:
        raise RuntimeError(f"{url} answered {answer.status}")
    return int(sum(taken)), asked
