"""What pages weigh as production serves them; the measuring is the bench's own."""

from tests.bench.figures import Figures
from tests.bench.weight import weigh

from .pages import LANGUAGES
from .visit import Scene


def audit(base, scenes: list[Scene]) -> bool:
    """Weigh every page of the open edition and of the site; True when all are light enough."""
    figures = Figures()
    chosen = [
        scene for scene in scenes if scene.status == 200 and not scene.act and _is_read(scene)
    ]
    pages = [
        (scene.name, language, scene.in_language(language), scene.cookie)
        for scene in chosen
        for language in LANGUAGES
    ]
    weigh(figures, base, pages)
    return not figures.missed


def _is_read(scene):
    return not any(f"({kind})" in scene.name for kind in ("deck", "rehearsal", "closed", "empty"))
