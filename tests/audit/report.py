"""What was found, as a table, a file of faults and sheets of small pictures."""

import collections
import html
import math
from pathlib import Path

from PIL import Image, ImageDraw

from tests.bench.figures import say

TILES, COLUMNS = 12, 6
TILE_WIDTHS, TILE_HEIGHT = {320: 320, 390: 320, 1280: 420}, 1000
MOST_SHOWN = 60


def say_faults(faults: dict):
    """{(check, page, detail): ways} as lines, the commonest checks first, and a table of counts."""
    by_check = collections.Counter(check for check, *_rest in faults)
    for check, count in by_check.most_common():
        say(f"  {check:<16} {count:>5}")
    for place, ((check, page, detail), ways) in enumerate(sorted(faults.items())):
        if place == MOST_SHOWN:
            say(f"  … and {len(faults) - MOST_SHOWN} more in faults.txt")
            break
        say(f"  {check} · {page} · {detail} [{', '.join(sorted(ways))}]")


def write_faults(faults: dict, folder: Path):
    lines = [
        f"{check} · {page} · {detail} [{', '.join(sorted(ways))}]\n"
        for (check, page, detail), ways in sorted(faults.items())
    ]
    (folder / "faults.txt").write_text("".join(lines))


def make_sheets(pictures: dict[tuple, list[tuple[str, Path]]], folder: Path) -> int:
    """{(language, width): [(name, picture)]} as sheets and an index of them; how many sheets."""
    body, made = [], 0
    for (language, width), pages in sorted(pictures.items()):
        body.append(f"<h2>{language} {width} px</h2>")
        for first in range(0, len(pages), TILES):
            sheet = folder / f"sheet.{language}.{width}.{first // TILES + 1:02}.png"
            _sheet(pages[first : first + TILES], TILE_WIDTHS[width]).save(sheet)
            body.append(f'<p><a href="{sheet.name}"><img src="{sheet.name}" width="900"></a><br>')
            body += [
                f'<a href="{picture.relative_to(folder)}">{html.escape(name)}</a> '
                for name, picture in pages[first : first + TILES]
            ]
            made += 1
    head = '<!doctype html><meta charset="utf-8"><title>Contact sheets</title>'
    (folder / "index.html").write_text(head + "\n".join(body))
    return made


def _sheet(pages, width) -> Image.Image:
    """Pictures side by side, each under its name, as far down as there is room."""
    rows = math.ceil(len(pages) / COLUMNS)
    sheet = Image.new("RGB", (COLUMNS * (width + 10), rows * (TILE_HEIGHT + 30)), "#888")
    draw = ImageDraw.Draw(sheet)
    for place, (name, picture) in enumerate(pages):
        left, top = place % COLUMNS * (width + 10), place // COLUMNS * (TILE_HEIGHT + 30)
        draw.text((left + 5, top + 8), name, fill="white")
        with Image.open(picture) as opened:
            page = opened.resize((width, opened.height * width // opened.width))
        sheet.paste(page.crop((0, 0, width, min(page.height, TILE_HEIGHT))), (left, top + 30))
    return sheet
