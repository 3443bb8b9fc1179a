"""The page of the figures and its file: what they say, what they cost."""

import csv
import datetime
import io
import re

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from openmuni import clock
from proposals.models import ReportedTally
from proposals.results import decision_table, edition_figures
from proposals.results.file import NUMBER, numbers
from tests.factories import (
    REASON,
    make_actor,
    make_axis,
    make_card,
    make_plan,
    make_project,
    make_proposal,
    make_step,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return make_plan()


@pytest.fixture
def step(plan):
    return make_step(plan, participants=12, women=7)


def fill(plan, step, number):
    """Ideas of every outcome, and a remark."""
    project, axis, by = make_project(plan), make_axis(plan, key=f"axis-{number}"), make_actor()
    for place in range(number):
        make_proposal(step, title=f"إنارة {place}", axis=axis).accept(by=by, reason=REASON)
        make_proposal(step, channel="workshop").merge_into(project, by=by, reason=REASON)
        make_proposal(step)
    make_card(project, problem="ملاحظة")


def address(plan, language="ar", name="results/"):
    return f"/{language}/{plan.slug}/{name}"


def page(client, plan, language="ar"):
    return client.get(address(plan, language)).content.decode()


def file_of(client, plan, language="fr"):
    answer = client.get(address(plan, language, "results.csv"))
    text = b"".join(answer.streaming_content).decode()
    return answer, text


def test_the_page_asks_as_much_of_the_database_for_many_ideas_as_for_few(client, plan, step):
    asked = []
    for number in (1, 6):
        fill(plan, step, number)
        with CaptureQueriesContext(connection) as captured:
            client.get(address(plan))
        asked.append(len(captured))
    assert asked[0] == asked[1] <= 12


def test_the_widths_of_the_bars_are_the_counts_of_the_table(client, plan, step):
    fill(plan, step, 2)
    html = page(client, plan)
    part = html[html.index('id="decisions"') : html.index('id="way"')]
    widths = re.findall(r'class="status--(\w+)" width="(\d+)000"', part)
    figures = edition_figures(plan, clock.now())
    drawn = [
        (part.status, str(part.total)) for bar in figures.bars for part in bar.parts if part.total
    ]
    assert widths == drawn


def test_the_columns_of_the_weeks_are_as_high_as_their_counts(client, plan, step):
    make_proposal(step)
    html = page(client, plan)
    part = html[html.index('class="columns"') : html.index("columns__ends")]
    assert re.findall(r"<b>1</b><svg width=\"100%\" height=\"(\d+)\">", part) == ["160"]


def test_the_drawing_of_the_way_bears_no_style_and_no_text(client, plan, step):
    fill(plan, step, 1)
    html = page(client, plan)
    flow = html[html.index('class="flow') : html.index("table-box", html.index('class="flow'))]
    assert "style=" not in flow
    assert "<text" not in flow


@pytest.mark.parametrize(("language", "start"), [("ar", "M100 "), ("fr", "M0 ")])
def test_the_way_is_drawn_in_the_direction_of_reading(client, plan, step, language, start):
    fill(plan, step, 1)
    paths = re.findall(r' d="([^"]+)" />', page(client, plan, language))
    ribbons = [path for path in paths if path.endswith("Z")]
    assert ribbons
    assert all(path.startswith(start) for path in ribbons)


def test_the_page_says_when_the_figures_were_counted(client, plan, step):
    make_proposal(step)
    with time_machine.travel(datetime.datetime(2030, 11, 23, 14, 5, tzinfo=clock.CASABLANCA)):
        assert "23 novembre 2030 à 14:05" in page(client, plan, "fr")


def test_the_page_says_how_the_figures_may_be_used_again(client, plan):
    assert "(loi \u206631-\u206013\u2069, article 6)" in page(client, plan, "fr")


def test_messaging_apps_are_told_the_numbers(client, plan, step):
    make_proposal(step).accept(by=make_actor(), reason=REASON)
    described = re.search(r'og:description" content="([^"]+)"', page(client, plan, "fr"))[1]
    assert described.replace("\u00a0", " ") == "Sur 1 idée : 1 acceptée."


def test_without_ideas_the_page_says_what_to_expect(client, plan):
    html = page(client, plan, "fr")
    assert 'class="empty"' in html
    assert 'id="way"' not in html
    assert "Chiffres publiés pour cette édition" not in html


def test_what_is_not_known_of_reported_figures_is_said(client, plan, step):
    ReportedTally.objects.create(step=step, status="accepted", count=5)
    html = page(client, plan)
    assert "لا تتوفر عن أفكار هذه النسخة" in html
    assert not [name for name in ("axes", "weeks", "delay") if f'id="{name}"' in html]


def test_a_figure_of_a_meeting_that_is_not_known_is_said_so(client, plan, step):
    assert "غير متوفر" in page(client, plan)


def test_the_home_page_counts_as_the_figures_do(plan, step):
    fill(plan, step, 2)
    figures = edition_figures(plan, clock.now())
    assert decision_table(plan) == figures.decisions


# --- The file ---------------------------------------------------------------------------------


def test_the_file_opens_in_a_spreadsheet(client, plan, step):
    make_proposal(step)
    answer, text = file_of(client, plan)
    assert text.startswith("\ufeff")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == f'attachment; filename="{plan.slug}-results.csv"'


@pytest.mark.parametrize(("language", "head"), [("ar", "الجدول"), ("fr", "Tableau")])
def test_the_columns_of_the_file_are_named_in_the_language_of_the_reader(
    client, plan, language, head
):
    assert head in file_of(client, plan, language)[1].partition("\n")[0]


def test_the_file_has_every_number_of_the_figures(client, plan, step):
    fill(plan, step, 2)
    _answer, text = file_of(client, plan)
    lines = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    with translation.override("fr"):
        found = list(numbers(edition_figures(plan, clock.now())))
    assert [int(line[NUMBER]) for line in lines[1:]] == [number for *_names, number in found]


def test_a_name_in_the_file_cannot_become_a_formula(client, plan, step):
    axis = make_axis(plan, name_ar="=1+1", name_fr="=1+1")
    make_proposal(step, axis=axis)
    assert ";'=1+1;" in file_of(client, plan)[1]


def lines_of(client, plan):
    """The rows of the file: table, row, column, number, counted, source."""
    text = file_of(client, plan)[1].removeprefix("\ufeff")
    return [line[1:] for line in list(csv.reader(io.StringIO(text), delimiter=";"))[1:]]


def test_each_line_of_the_ideas_says_when_it_was_counted_and_from_what(client, plan, step):
    make_proposal(step)
    with time_machine.travel(datetime.datetime(2030, 11, 23, 14, 5, tzinfo=clock.CASABLANCA)):
        told = [line[-2:] for line in lines_of(client, plan) if line[0] == "Décisions par canal"]
    assert told
    assert told == [["2030-11-23 14:05:00", "idées publiées"]] * len(told)


def test_the_file_names_the_source_of_the_figures_of_each_meeting(client, plan, step):
    make_step(plan, order=2, participants=70, figures_source_fr="Présentation de la commune")
    make_proposal(step)
    told = {line[-1] for line in lines_of(client, plan) if line[0] == "Participation"}
    assert told == {
        "bilan de l’étape",
        "Présentation de la commune",
        "somme des chiffres connus",
    }


def test_reported_figures_say_who_published_them_under_the_name_of_the_station(client, plan):
    step = make_step(
        plan,
        title_fr="Première rencontre",
        tally_label_fr="Nombre de propositions",
        figures_source_fr="Présentation de la commune",
    )
    ReportedTally.objects.create(step=step, status="accepted", count=20)
    line = lines_of(client, plan)[0]
    assert line[2] == "Première rencontre (Nombre de propositions)"
    assert line[-2:] == ["tel que publié", "Présentation de la commune"]


def test_a_reported_figure_takes_no_source_from_another_station(client, plan):
    known = make_step(plan, figures_source_fr="Présentation de la commune")
    unknown = make_step(plan, order=2, title_fr="Semaine numérique")
    for step in (known, unknown):
        ReportedTally.objects.create(step=step, status="accepted", count=20)
    told = {line[-1] for line in lines_of(client, plan) if line[2] == "Semaine numérique"}
    assert told == {"chiffres publiés"}


# --- What came in, and who took part ------------------------------------------------------------


def test_the_page_says_how_many_were_received_and_why_some_are_not_published(client, plan, step):
    make_proposal(step)
    make_proposal(step, title="سوق", published=False)
    withheld = make_proposal(step, title="حديقة", published=False)
    withheld.submission.withhold(by=make_actor("moderator"), category="insult", reason=REASON)
    words = "3 idées reçues\xa0: 1 publiée, 1 non publiée (Injure 1) et 1 pas encore examinée."
    assert words in page(client, plan, "fr")


def test_people_of_several_meetings_are_told_as_participations(client, plan):
    make_step(plan, participants=38)
    make_step(plan, order=2, participants=70, women=40, associations_count=8)
    html = page(client, plan, "fr")
    assert "108 participations." in html
    assert "Au moins 8 associations ont participé." in html


def test_no_new_project_card_is_not_told_as_nought(client, plan, step):
    make_proposal(step)
    assert "Dont 0" not in page(client, plan, "fr")


def test_an_edition_in_preparation_has_no_file(client):
    hidden = make_plan(slug="2040-2041", state="preparing")
    assert client.get(address(hidden, "fr", "results.csv")).status_code == 404


def test_a_page_without_figures_is_described_all_the_same(client, plan):
    html = page(client, plan)
    assert re.search(r'<meta name="description" content="[^"]+">', html)
    assert 'class="told"' not in html


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_the_file_parts_its_cells_by_semicolons_without_marks_that_nobody_sees(client, language):
    plan = make_plan()
    make_step(plan, order=2, title_ar="أسبوع OGP", title_fr="Semaine OGP", participants=52)
    answer = client.get(f"/{language}/{plan.slug}/results.csv")
    text = b"".join(answer.streaming_content).decode()
    assert {line.count(";") for line in text.splitlines()} == {6}
    assert not set("\u2060\u2066\u2067\u2068\u2069") & set(text)
