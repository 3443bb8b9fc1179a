"""What Lighthouse says of six pages on a telephone: the median of three runs of each."""

import json
import os
import shutil
import statistics
import subprocess

from tests.bench.figures import Figures, say
from tests.bench.site import ROOT

from .visit import Scene

PROGRAM = ROOT / "node_modules/.bin/lighthouse"
PAGES = {
    "home": "home",
    "list": "idea_list (open)",
    "idea": "idea, merged (open)",
    "form": "idea_new",
    "results": "results (open)",
    "project": "project 1 (open)",
}
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
RUNS, SECONDS = 3, 120
# A trace that was not recorded says nothing of the page («Please run Lighthouse again»).
ATTEMPTS = 3


def audit(base, scenes: list[Scene]) -> bool:
    """Ask for 100 in each category of each page; True when it is so."""
    figures = Figures()
    by_name = {scene.name: scene for scene in scenes}
    for page, name in PAGES.items():
        if scene := by_name.get(name):
            _audit_page(figures, page, base + scene.address)
    return not figures.missed


def _audit_page(figures, page, address):
    runs = [_run(address) for _ in range(RUNS)]
    for category in CATEGORIES:
        scores = [run["categories"][category]["score"] * 100 for run in runs]
        figures.at_least(f"{page}: {category}", int(statistics.median(scores)), 100)
        if statistics.median(scores) < 100:
            for line in _losses(runs[scores.index(min(scores))], category):
                say(f"      {line}")


def _run(address) -> dict:
    """The report of one run."""
    command = [
        PROGRAM,
        address,
        "--output=json",
        "--quiet",
        f"--only-categories={','.join(CATEGORIES)}",
        "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
    ]
    environment = {**os.environ, "CHROME_PATH": shutil.which("chromium")}
    for _attempt in range(ATTEMPTS):
        done = subprocess.run(
            command, env=environment, capture_output=True, timeout=SECONDS, check=False
        )
        if done.returncode == 0:
            return json.loads(done.stdout)
        say(f"    not measured: {done.stderr.decode().strip()[-120:]}")
    raise RuntimeError(f"Lighthouse measured nothing of {address} in {ATTEMPTS} attempts")


def _losses(run, category):
    """What a category lost its points by, with the first things that are to blame."""
    for reference in run["categories"][category]["auditRefs"]:
        found = run["audits"][reference["id"]]
        if not reference["weight"] or found["score"] in {None, 1}:
            continue
        yield f"{reference['id']} {found['score']:.2f}: {found['title']} {found.get('displayValue', '')}"
        for item in found.get("details", {}).get("items", [])[:3]:
            node = item.get("node", {}).get("snippet") or item.get("source") or item
            yield f"    {str(node)[:160]}"
