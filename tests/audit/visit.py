"""Opening pages as a visitor does, one after the other, and noting what is wrong with each.

Knows nothing of Django: it runs in worker processes.
"""

import contextlib
from dataclasses import dataclass, field
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, sync_playwright

from tests.chromium import launch

from .acting import ACTS, open_everything

CHECKS = (Path(__file__).parent / "checks.js").read_text()
# WCAG 2.2's smallest targets are a rule that axe leaves out unless it is asked for.
AXE_OPTIONS = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
WATCH_SHIFTS = """
    window.shifts = []
    new PerformanceObserver((list) => window.shifts.push(...list.getEntries()))
        .observe({type: "layout-shift", buffered: true})
"""
# The faces are there, and some pictures were drawn since.
SETTLED = """async () => {
    await document.fonts.ready
    for (let frame = 0; frame < 4; frame++) await new Promise(requestAnimationFrame)
    await new Promise((done) => setTimeout(done))
}"""
SHIFTS = """() => window.shifts.filter((shift) => !shift.hadRecentInput).map(
    (shift) => shift.value.toFixed(4) + " by "
        + shift.sources.map((source) => source.node?.outerHTML?.slice(0, 80)).join(" and "))"""

# The width at which axe would only say again what it says of the other telephone.
BETWEEN = 390


@dataclass(frozen=True)
class Scene:
    """A page in some state: an address in Arabic, and what is done there first."""

    name: str
    view: str
    address: str
    act: str = ""
    status: int = 200
    # Only a page whose purpose is a form sets a cookie.
    cookie: bool = False

    def in_language(self, language: str) -> str:
        return self.address.replace("/ar/", f"/{language}/", 1)


@dataclass(frozen=True)
class Way:
    """How pages are looked at."""

    language: str
    width: int
    java_script: bool


@dataclass
class Seen:
    """What was found at a scene: (check, detail) of each fault, and what is compared across pages."""

    scene: Scene
    way: Way
    faults: list[tuple[str, str]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    title: str = ""
    picture: str = ""


class Visitor:
    """Whoever looks at pages in a browser context of `way`; the pictures go to `folder`, if any."""

    def __init__(self, context, base: str, way: Way, folder: Path | None = None):
        self.context, self.base, self.way, self.folder = context, base, way, folder
        self.faults = []
        context.set_default_timeout(10_000)
        context.on("console", self._heed_console)
        context.on("weberror", lambda error: self._note("console", str(error.error)))
        context.on("request", self._heed_request)
        context.on("response", self._heed_response)
        if way.java_script:
            context.add_init_script(WATCH_SHIFTS)
        # One page for all: Chromium takes as long to open one as to show it.
        self.page = context.new_page()

    def look(self, scene: Scene) -> Seen:
        """Everything that is wrong at `scene`."""
        self.faults = []
        seen = Seen(scene, self.way)
        try:
            self._go(self.page, scene)
            self._examine(self.page, scene, seen)
        except Error as error:
            self._note("visit", error.message.splitlines()[0])
        with contextlib.suppress(Error):
            self._forget()
        seen.faults = self.faults
        return seen

    def _forget(self):
        """Come to the next scene as for the first time, but for what the browser keeps of files."""
        self.page.evaluate("localStorage.clear()")
        self.context.clear_cookies()
        self.page.goto("about:blank")

    def _go(self, page, scene):
        answer = page.goto(scene.in_language(self.way.language))
        if answer.status != scene.status:
            self._note("visit", f"answered {answer.status}")
        if scene.act:
            ACTS[scene.act](page)
        if self.way.java_script:
            page.evaluate(SETTLED)
        if not scene.cookie and (cookies := self.context.cookies()):
            self._note("cookies", ", ".join(cookie["name"] for cookie in cookies))

    def _examine(self, page, scene, seen):
        self._check(page, seen)
        if self.way.java_script:
            for shift in page.evaluate(SHIFTS):
                self._note("layout shift", shift)
        if self.folder:
            seen.picture = f"{scene.name}.{self.way.language}.{self.way.width}.jpg"
            page.screenshot(
                path=self.folder / seen.picture, full_page=True, type="jpeg", quality=60
            )
        if self.way.java_script and self.way.width != BETWEEN:
            self._examine_by_axe(page, scene, seen)

    def _examine_by_axe(self, page, scene, seen):
        self._axe(page)
        # The menu of the header is the same on all pages: it is opened on the first of them.
        if open_everything(page, within="body" if scene.view == "home" else "main"):
            self._check(page, seen)
            self._axe(page)

    def _check(self, page, seen):
        found = page.evaluate(CHECKS, {"language": self.way.language, "width": self.way.width})
        self.faults += [
            (check, detail)
            for check, detail in found["faults"]
            # No search engine keeps a failure.
            if check != "description" or seen.scene.status == 200
        ]
        seen.texts, seen.links, seen.title = found["texts"], found["links"], found["title"]

    def _axe(self, page):
        for rule in Axe().run(page, options=AXE_OPTIONS).response["violations"]:
            for node in rule["nodes"][:3]:
                self._note("axe", f"{rule['id']}: {node['html'][:110]}")

    def _note(self, check, detail):
        self.faults.append((check, " ".join(detail.split())))

    def _heed_console(self, message):
        # That the page itself was not found is what some scenes are about.
        is_own = message.location.get("url", "").rstrip("/") == message.page.url.rstrip("/")
        if message.type in {"error", "warning"} and not (is_own and "status of" in message.text):
            self._note("console", message.text)

    def _heed_request(self, asked):
        if not asked.url.startswith((self.base, "data:", "blob:")):
            self._note("foreign host", asked.url)

    def _heed_response(self, answer):
        if answer.status >= 400 and not answer.request.is_navigation_request():
            self._note("visit", f"{answer.url} answered {answer.status}")


def options(base: str, way: Way) -> dict:
    """Of a browser context that looks in `way`."""
    return {
        "base_url": base,
        "viewport": {"width": way.width, "height": 800},
        "locale": f"{way.language}-MA",
        "timezone_id": "Africa/Casablanca",
        "java_script_enabled": way.java_script,
    }


def look_at(base: str, way: Way, scenes: list[Scene], folder: Path | None) -> list[Seen]:
    """What is found at each of `scenes`, looked at in `way` by a browser of its own."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        visitor = Visitor(browser.new_context(**options(base, way)), base, way, folder)
        # With its files at hand, as on a second page; the weighing comes to each page for the first time.
        visitor.page.goto(f"{base}/{way.language}/")
        seen = [visitor.look(scene) for scene in scenes]
        browser.close()
    return seen
