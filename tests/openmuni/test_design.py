"""The design on one page: complete, in both languages, and for development only."""

import os
import re
import subprocess
import sys

import pytest
from django.conf import settings
from django.conf.urls.i18n import i18n_patterns

from openmuni import design
from openmuni.urls import handler400, handler403, handler404, handler500, urlpatterns  # noqa: F401
from tests.factories import make_commune

# This module is a URL configuration of its own: the portal's, and the pages of the design.
urlpatterns = [*i18n_patterns(*design.urlpatterns), *urlpatterns]
pytestmark = pytest.mark.django_db
shown = pytest.mark.urls("tests.openmuni.test_design")

PIECES = sorted(path.name for path in (settings.BASE_DIR / "templates/includes").glob("_*.html"))


@pytest.fixture(params=["ar", "fr"])
def page(request, client):
    make_commune()
    return client.get(f"/{request.param}/design/")


@shown
def test_every_piece_is_drawn_by_its_own_template(page):
    drawn = {template.name.removeprefix("includes/") for template in page.templates}
    assert [piece for piece in PIECES if piece not in drawn] == []


@shown
def test_every_token_is_told(page):
    text = page.content.decode()
    assert [name for name, value in design.tokens().items() if f">{name}<" not in text] == []


@shown
def test_the_design_needs_no_row_but_the_commune_s(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.get("/ar/design/")


@shown
@pytest.mark.parametrize("status", [400, 403, 404, 410, 429, 500, 503])
def test_every_page_of_a_failure_can_be_looked_at(client, status):
    answer = client.get(f"/fr/design/{status}/")
    assert answer.status_code == status
    assert f">{status}</text>" in answer.content.decode()


@shown
def test_there_is_no_page_of_another_failure(client):
    assert client.get("/fr/design/418/").status_code == 404


def test_the_design_is_not_there_outside_development(client):
    assert client.get("/ar/design/").status_code == 404


def test_the_design_is_there_in_development():
    ask = "from django.urls import reverse; print(reverse('design'))"
    told = subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "--command", ask],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DEBUG": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip().endswith("/design/")


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("#000000", "#ffffff", 21.0), ("#b4560c", "#ffffff", 4.9)]
)
def test_contrast_is_counted_as_the_guidelines_say(one, other, ratio):
    assert round(design.contrast(one, other), 1) == ratio


@pytest.mark.parametrize(
    "name", ["sea", "sea-deep", "act", "act-deep", "ink", "mute", "open", "wrong"]
)
@pytest.mark.parametrize("ground", ["#ffffff", "sand", "sky"])
def test_a_colour_of_words_can_be_read_on_every_ground(name, ground):
    tokens = design.tokens()
    # Buttons alone have the colour of the act, and their words are white.
    ground = "#ffffff" if name.startswith("act") else tokens.get(ground, ground)
    assert design.contrast(tokens[name], ground) >= 4.5


@pytest.mark.parametrize("status", ["open", "merged", "wait", "wrong", "mute"])
def test_the_word_of_a_status_can_be_read_on_its_tint(status):
    tokens = design.tokens()
    assert design.contrast(tokens[f"{status}-word"], tokens[f"{status}-tint"]) >= 4.5


def test_no_style_has_a_colour_of_its_own():
    colour = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(rgb|hsl)a?\(")
    sheets = set((settings.BASE_DIR / "static/scss").glob("_*.scss"))
    found = [
        f"{sheet.name}: {line.strip()}"
        for sheet in sheets
        if sheet.name != "_tokens.scss"
        for line in sheet.read_text().splitlines()
        if colour.search(line)
    ]
    assert not found
