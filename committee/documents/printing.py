"""HTML to PDF, in a child process with limits; `committee/pdf_child.py` is the child."""

import functools
import logging
import os
import re
import signal
import subprocess
import sys
import unicodedata
import zlib
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from fontTools.ttLib import TTFont

logger = logging.getLogger(__name__)

# The source tree's own files, in production too: the PDF needs no collected, renamed copies.
STATIC = settings.BASE_DIR / "static"
FONTS = STATIC / "fonts" / "print"
STYLESHEET = "css/print.css"
CHILD = Path(__file__).resolve().parent.parent / "pdf_child.py"
BULLET = "•"


class DocumentError(Exception):
    """The document could not be made; the message is for the coordinator. The last one is kept."""


def print_pdf(html: str) -> bytes:
    """The PDF of `html`. Raises DocumentError when the child fails or takes too long."""
    with _child() as child:
        try:
            pdf, complaint = child.communicate(html.encode(), timeout=settings.PDF_TIME_LIMIT)
        except subprocess.TimeoutExpired:
            logger.error("The PDF took more than %s seconds.", settings.PDF_TIME_LIMIT)
            raise DocumentError(_("The document took too long to make.")) from None
        finally:
            _end(child)
    if child.returncode or not pdf.startswith(b"%PDF-"):
        last_line = complaint.decode(errors="replace").strip().rpartition("\n")[2]
        logger.error("The PDF failed (exit status %s): %s", child.returncode, last_line[:200])
        raise DocumentError(_("The document could not be made. The last one is kept."))
    return pdf


def _child() -> subprocess.Popen:
    """The child, in a process group of its own, with no secret of ours in its environment."""
    return subprocess.Popen(
        [
            sys.executable,
            "-I",
            str(CHILD),
            str(STATIC),
            str(settings.PDF_TIME_LIMIT),
            str(settings.PDF_MEMORY_LIMIT),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # With this configuration there is no font but those of the style sheet, on any machine.
        env={"LANG": "C.UTF-8", "FONTCONFIG_FILE": str(FONTS / "fonts.conf")},
        process_group=0,
    )


def _end(child):
    """Kill the child and all it may have started, if it still runs."""
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)


def printable(html: str) -> tuple[str, int]:
    """`html` with a bullet for each character that the fonts lack, and how many there were.

    Variation selectors and the like draw nothing by themselves: those are left out, uncounted.
    """
    missing = set(html) - _font_characters() - set("\n\r\t")
    unseen = {ch for ch in missing if unicodedata.category(ch) == "Cf" or "VARIATION" in _name(ch)}
    html = html.translate(dict.fromkeys(map(ord, unseen)))
    count = sum(html.count(ch) for ch in missing - unseen)
    return html.translate(dict.fromkeys(map(ord, missing), BULLET)), count


def _name(ch) -> str:
    return unicodedata.name(ch, "")


@functools.cache
def _font_characters() -> frozenset[str]:
    """The characters that both weights of the print font can draw."""
    drawn = []
    for weight in ("Regular", "Bold"):
        with TTFont(FONTS / f"Amiri-{weight}.ttf", lazy=True) as font:
            drawn.append(font.getBestCmap().keys())
    return frozenset(map(chr, drawn[0] & drawn[1]))


def page_count(pdf: bytes) -> int:
    """The pages of a PDF made here, as the root of its page tree counts them."""
    for found in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            objects = zlib.decompress(found[1])
        except zlib.error:
            continue
        if count := re.search(rb"/Type /Pages\b.*?/Count (\d+)", objects, re.DOTALL):
            return int(count[1])
    return 0
