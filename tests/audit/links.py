"""Following every link that was seen on a page."""

import re
import urllib.error
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor

_ID = re.compile(r"""\sid=["']?([^"'\s>]+)""")
# Printing takes a second or more: of such files one of each kind is asked for.
_PRINTED = re.compile(r"/(?:cards/[\w-]+|work-file|card)\.pdf$")


def broken(base: str, links: dict[str, str], failing=frozenset()) -> list[tuple[str, str]]:
    """(page, what is wrong) of the links in {address: the page it is on} that lead within `base`.

    The addresses in `failing` are meant to fail.
    """
    asked = {}
    for link in sorted(links):
        address, _hash, anchor = link.partition("#")
        if link.startswith(base) and address not in failing:
            asked.setdefault(address, set()).add(anchor)
    asked = _one_of_each_print(asked)
    with ThreadPoolExecutor(4) as threads:
        answers = dict(zip(asked, threads.map(_get, asked), strict=True))
    found = []
    for address, anchors in asked.items():
        status, ids = answers[address]
        # The page of an idea that is withheld says so.
        if status not in {200, 410}:
            found.append((links, address, f"{address} answered {status}"))
        found += [
            (links, f"{address}#{anchor}", f"no #{anchor} on {address}")
            for anchor in anchors
            if anchor and ids is not None and urllib.parse.unquote(anchor) not in ids
        ]
    return [(_page_of(links, link), fault.replace(base, "")) for links, link, fault in found]


def _page_of(links, link):
    return next((page for each, page in links.items() if each.startswith(link)), "")


def _one_of_each_print(asked):
    kept, kinds = {}, set()
    for address, anchors in asked.items():
        printed = _PRINTED.search(address)
        if printed and printed[0] in kinds:
            continue
        kinds |= {printed[0]} if printed else set()
        kept[address] = anchors
    return kept


def _get(address):
    """The status of `address`, and the ids on it if it is a page."""
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:
            is_page = answer.headers.get_content_type() == "text/html"
            return answer.status, set(_ID.findall(answer.read().decode())) if is_page else None
    except urllib.error.HTTPError as error:
        return error.code, None
