"""What a first visit and the next page take over the wire, in a real browser on a slow network."""

from django.db import connection
from playwright.sync_api import sync_playwright

from tests.chromium import launch

from .addresses import LANGUAGES, public_pages
from .seed import rehearsal
from .site import Server

LIST_KILOBYTES, PAGE_KILOBYTES, NEXT_KILOBYTES = 70, 90, 15
# Pages whose purpose is a form; no other sets a cookie.
FORMS = {"form", "track"}
THIRD_GENERATION = {
    "offline": False,
    "latency": 100,
    "downloadThroughput": 750_000 / 8,
    "uploadThroughput": 250_000 / 8,
}
WATCH_SHIFTS = """
    window.shifted = 0
    new PerformanceObserver((list) => {
        for (const shift of list.getEntries()) if (!shift.hadRecentInput) window.shifted += shift.value
    }).observe({type: "layout-shift", buffered: true})
"""


def measure(figures):
    """Weigh each public page of a rehearsal, served as `make run` serves it."""
    plan = rehearsal()
    pages = [
        (name, language, address, name in FORMS)
        for language in LANGUAGES
        for name, address in public_pages(plan, language).items()
    ]
    connection.close()
    with Server() as server:
        weigh(figures, server.url, pages)


def weigh(figures, base, pages):
    """Promise of each (name, language, address, may set a cookie): kilobytes of 1,000 bytes, fonts included.

    And that nothing moves, no other host is asked, and no cookie comes before a form.
    """
    foreign, cookies, shifted, nexts = set(), set(), {}, {}
    lists = {language: address for name, language, address, _form in pages if is_list(name)}
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for name, language, address, is_form in pages:
            with Visit(browser, base) as visit:
                taken = visit.open(address)
                limit = LIST_KILOBYTES if is_list(name) else PAGE_KILOBYTES
                label = f"{name}, {language}: {len(visit.asked)} requests"
                figures.at_most(label, taken / 1000, limit, "KB")
                shifted[label] = visit.page.evaluate("window.shifted")
                cookies |= {name} if visit.context.cookies() and not is_form else set()
                if not is_list(name) and language in lists:
                    nexts[f"list after {name}, {language}"] = visit.open(lists[language])
                elif is_list(name):
                    nexts[f"{name} again, {language}"] = visit.open(address + "?page=2")
                foreign |= {url for url in visit.asked if not url.startswith((base, "data:"))}
        browser.close()
    if nexts:
        worst = max(nexts, key=nexts.get)
        figures.at_most(
            f"the heaviest next page: {worst}", nexts[worst] / 1000, NEXT_KILOBYTES, "KB"
        )
    figures.exactly("pages on which something moves", sum(map(bool, shifted.values())), 0)
    figures.exactly("requests to other hosts", len(foreign), 0)
    figures.exactly("pages to read that set a cookie", len(cookies), 0)


def is_list(name) -> bool:
    """Whether a page is the list of ideas."""
    return name == "list" or name.startswith("idea_list (")


class Visit:
    """A visitor who comes for the first time, on a slow network; a context manager."""

    def __init__(self, browser, base):
        self.browser, self.base = browser, base
        self.asked = []

    def __enter__(self):
        self.context = self.browser.new_context(viewport={"width": 390, "height": 780})
        self.context.add_init_script(WATCH_SHIFTS)
        self.page = self.context.new_page()
        wire = self.context.new_cdp_session(self.page)
        wire.on("Network.loadingFinished", self._add)
        wire.on(
            "Network.requestWillBeSent", lambda event: self.asked.append(event["request"]["url"])
        )
        wire.send("Network.enable")
        wire.send("Network.emulateNetworkConditions", THIRD_GENERATION)
        return self

    def __exit__(self, *exception):
        self.context.close()

    def _add(self, event):
        self._taken += event["encodedDataLength"]

    def open(self, address) -> int:
        """The bytes over the wire that `address` takes now."""
        self._taken = 0
        answer = self.page.goto(self.base + address, wait_until="networkidle")
        self.page.evaluate("document.fonts.ready.then(() => 1)")
        if answer.status != 200:
            raise RuntimeError(f"{address} answered {answer.status}")
        return int(self._taken)
