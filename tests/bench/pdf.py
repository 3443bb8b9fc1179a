"""How long the coordinator waits for the rehearsal's document."""

import time

from committee.documents import export_plan, page_count

from .addresses import LANGUAGES
from .seed import rehearsal

SECONDS = 5


def measure(figures):
    """The rehearsal's PDF, made anew in each language."""
    plan = rehearsal()
    for language in LANGUAGES:
        begun = time.perf_counter()
        pdf = export_plan(plan, language)
        figures.at_most(f"{language}: time", time.perf_counter() - begun, SECONDS, "s")
        content = bytes(pdf.content)
        figures.note(f"{language}: pages", page_count(content))
        figures.note(f"{language}: size", len(content) / 1000, "KB")
