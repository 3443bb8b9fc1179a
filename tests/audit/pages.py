"""Every public page, in both languages, at three widths, with and without JavaScript."""

import collections
import itertools
import shutil
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from tests.bench.figures import say
from tests.bench.site import ROOT

from .links import broken
from .report import make_sheets, say_faults, write_faults
from .visit import Way, look_at
from .words import left_in_english, strangers

LANGUAGES, WIDTHS = ("ar", "fr"), (320, 390, 1280)
FOLDER = ROOT / "var/audit"
# Pages that show the edition of the day or its newest version, and those with a title of an author's.
SHARE_TITLES = {"home", "plan", "idea_detail"}
# What is told and fails nothing: a browser may break a line after any hyphen.
NOTED = {"split"}
# How many pages a browser looks at before another takes its place.
SLICE = 30
WORKERS = 2


def audit(base, scenes) -> bool:
    """Look at `scenes` in all ways; True when nothing was found."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    (FOLDER / "pages").mkdir(parents=True, exist_ok=True)
    ways = [Way(*way) for way in itertools.product(LANGUAGES, WIDTHS, (True, False))]
    seen = _look_at_all(base, ways, scenes)
    faults = collections.defaultdict(set)
    msgids = left_in_english()
    for each in seen:
        way = each.way
        label = f"{way.language} {way.width}{'' if way.java_script else ' without scripts'}"
        wrong = [("words", text) for text in strangers(each.texts, way.language, msgids)]
        for check, detail in [*each.faults, *wrong]:
            faults[check, each.scene.name, detail].add(label)
    links = {link: each.scene.name for each in seen for link in each.links}
    meant = {
        base + each.scene.in_language(each.way.language)
        for each in seen
        if each.scene.status != 200
    }
    for page, detail in broken(base, links, meant):
        faults["link", page, detail].add("crawl")
    for title, names in shared_titles(seen).items():
        faults["title", " and ".join(sorted(names)[:3]), f"the same: {title}"].add("crawl")
    sheets = make_sheets(_pictures(seen), FOLDER)
    write_faults(faults, FOLDER)
    failing = {key for key in faults if key[0] not in NOTED}
    say(f"  {len(scenes)} pages, looked at {len(seen)} times; {sheets} sheets in {FOLDER}")
    say_faults(faults)
    return not failing


def _look_at_all(base, ways, scenes):
    """Each way and slice of pages in a browser of its own, some at once."""
    slices = [scenes[first : first + SLICE] for first in range(0, len(scenes), SLICE)]
    with ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn")) as pool:
        # Only what is seen with scripts on goes on the contact sheets: without, it is all but the same.
        looks = [
            pool.submit(look_at, base, way, part, FOLDER / "pages" if way.java_script else None)
            for way in ways
            for part in slices
        ]
        try:
            return [seen for look in looks for seen in look.result()]
        finally:
            # After a failure or Ctrl-C nothing more is begun.
            pool.shutdown(cancel_futures=True)


def shared_titles(seen) -> dict[str, set[str]]:
    """{title: names of the pages} of different addresses with one title."""
    names = collections.defaultdict(dict)
    for each in seen:
        # So may states of one address.
        is_page = each.scene.view not in SHARE_TITLES and each.scene.status == 200
        if is_page and "?" not in each.scene.address and not each.scene.act:
            names[each.way.language, each.title][each.scene.address] = each.scene.name
    return {
        f"{title} ({language})": set(found.values())
        for (language, title), found in names.items()
        if len(found) > 1
    }


def _pictures(seen):
    pictures = collections.defaultdict(list)
    for each in seen:
        if each.picture:
            key = (each.way.language, each.way.width)
            pictures[key].append((each.scene.name, FOLDER / "pages" / each.picture))
    return pictures
