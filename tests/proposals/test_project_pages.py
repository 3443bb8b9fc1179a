"""The public pages of the projects: the whole sheet, its sums, the remarks and their answers."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consultations.models import ActionPlan, Remark, Statement
from proposals.sheet import REMARKS_A_PAGE
from tests.factories import (
    make_actor,
    make_card,
    make_heading,
    make_plan,
    make_project,
    make_step,
    make_version,
)

pytestmark = pytest.mark.django_db

NOT_YET = "Pas encore défini"


@pytest.fixture
def project():
    return make_project(make_plan())


def words(answer):
    """The words of the page's main part, on one line."""
    return words_of(answer.content.decode().partition("<main")[2].partition("</main>")[0])


def words_of(html):
    """The words of a piece of a page, on one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split()).replace("\u00a0", " ")


def read(client, project, language="fr", query=""):
    return words(client.get(f"/{language}/projects/{project.pk}/{query}"))


# --- The sheet ---------------------------------------------------------------------------------------


def test_an_empty_sheet_says_of_each_part_that_it_is_not_set_yet(client, project):
    # In brief: problem, solutions, who, when, how much. Below: five headings, results, principles,
    # milestones; lead, partners, start, end.
    assert read(client, project).count(NOT_YET) == 5 + 12


def test_the_headings_stand_in_the_order_of_the_card_and_have_anchors(client, project):
    for key in ("problem", "solution", "funding_source"):
        make_heading(project.plan, key)
    page = client.get(f"/fr/projects/{project.pk}/").content.decode()
    anchors = re.findall(r'<h2 class="h3" id="(\w+)"><a href="#\1">([^<]+)', page)
    keys = ["problem", "solution", "funding_source", "followup_indicator", "impact_indicator"]
    assert [anchor for anchor, _name in anchors] == [
        *keys,
        "principles",
        "milestones",
        "partners",
        "sources",
    ]
    assert [name for _anchor, name in anchors][:3] == [
        "Rubrique problem",
        "Rubrique solution",
        "Rubrique funding_source",
    ]


def test_two_headings_on_the_same_part_of_the_card_have_an_anchor_each(client, project):
    for order in (8, 9):
        project.plan.headings.create(order=order, key="problem", name_fr="Rubrique")
    page = client.get(f"/fr/projects/{project.pk}/").content.decode()
    assert re.findall(r'<h2 class="h3" id="(problem[\w-]*)"', page) == ["problem", "problem-9"]


def test_every_entry_of_the_contents_leads_to_a_heading(client, project):
    make_card(project, other="شيء آخر")
    page = client.get(f"/fr/projects/{project.pk}/").content.decode()
    contents = page.partition('<nav class="contents"')[2].partition("</nav>")[0]
    targets = re.findall(r'href="#([\w-]+)"', contents)
    assert len(targets) == 12
    assert all(f' id="{target}"' in page for target in targets)


def test_the_contents_tell_the_remarks_on_each_heading(client, project):
    make_card(project, problem="ملاحظة")
    make_card(project, problem="ملاحظة", solution="ملاحظة")
    page = client.get(f"/fr/projects/{project.pk}/").content.decode()
    contents = words_of(page.partition('<nav class="contents"')[2].partition("</nav>")[0])
    assert ("(2 remarques)" in contents, "(1 remarque)" in contents) == (True, True)


def test_in_brief_tells_problem_solutions_post_days_and_money_of_the_sheet(client):
    project = make_project(
        make_plan(),
        problem_fr="Un problème",
        solution_fr="Une solution",
        lead_fr="Service des jardins",
        starts_on="2030-01-02",
    )
    project.funding_lines.create(source="state", certainty="secured", amount="1000")
    project.funding_lines.create(source="state", certainty="sought", amount="500")
    page = client.get(f"/fr/projects/{project.pk}/").content.decode()
    brief = words_of(page.partition('class="brief__facts"')[2].partition("</dl>")[0])
    told = (
        "Un problème",
        "Une solution",
        "Service des jardins",
        "2 janvier 2030",
        "1.500,00 DH",
        "1.000,00 DH",
    )
    assert all(part in brief for part in told)


def test_a_link_to_a_project_is_shared_with_its_title_and_its_problem(client):
    project = make_project(make_plan(), title_fr="Jardins gardés", problem_fr="Un problème")
    page = client.get(f"/fr/projects/{project.pk}/").content.decode()
    assert '<meta property="og:title" content="Jardins gardés' in page
    assert '<meta property="og:description" content="Un problème">' in page


@pytest.mark.parametrize(("language", "unit"), [("ar", "درهم"), ("fr", "DH")])
def test_the_funding_lines_are_told_with_their_sums(client, project, language, unit):
    project.funding_lines.create(source="state", certainty="secured", amount="1250000")
    project.funding_lines.create(source="partner", name_ar="مانح", amount="500000.50")
    project.funding_lines.create(source="association")
    page = read(client, project, language)
    assert page.count(f"1.250.000,00 {unit}") == 3  # in brief, its line, the sum of what is secured
    assert page.count(f"500.000,50 {unit}") == 2
    assert f"1.750.000,50 {unit}" in page
    assert "مانح" in page


def test_a_funding_line_without_an_amount_is_not_set_yet_and_adds_up_to_nothing(client, project):
    project.funding_lines.create(source="state")
    page = read(client, project)
    assert "0,00 DH" not in page
    assert NOT_YET in page


def test_the_indicators_stand_under_their_own_heading(client, project):
    values = {"unit_fr": "arbre", "baseline": "0", "target": "1250.5", "due_on": "2031-06-01"}
    project.indicators.create(
        kind="followup_indicator", name_ar="شجر", name_fr="Arbres plantés", **values
    )
    project.indicators.create(kind="impact_indicator", name_ar="رضا", name_fr="Satisfaction")
    page = read(client, project)
    assert "Arbres plantés arbre 0 1.250,5 1er juin 2031" in page
    assert page.index("Arbres plantés") < page.index("Satisfaction")


def test_results_principles_and_milestones_are_told(client, project):
    plan = project.plan
    objective = Statement.objects.create(plan=plan, kind="objective", order=1, text_fr="Un but")
    principle = Statement.objects.create(
        plan=plan, kind="principle", order=1, text_fr="Un principe"
    )
    project.expected_results.add(objective)
    project.principles.create(principle=principle, sentence_fr="De cette façon.")
    project.milestones.create(
        activity_ar="نشاط",
        activity_fr="Planter",
        starts_on="2030-02-01",
        ends_on="2030-03-02",
        owner_fr="Service des jardins",
        output_fr="Cent arbres",
    )
    page = read(client, project)
    assert "Un but" in page
    assert "Un principe De cette façon." in page
    told = ("1er février au 2 mars 2030", "Planter", "Service des jardins", "Cent arbres")
    places = [page.index(part) for part in told]
    assert places == sorted(places)


def test_milestones_stand_in_the_order_of_their_start_and_those_without_one_last(client, project):
    for activity, start in (
        ("Sans date", None),
        ("Jalon deux", "2031-01-01"),
        ("Jalon un", "2030-01-01"),
    ):
        project.milestones.create(activity_ar="نشاط", activity_fr=activity, starts_on=start)
    page = read(client, project)
    assert page.index("Jalon un") < page.index("Jalon deux") < page.index("Sans date")


def test_who_carries_it_and_when_and_where_else_it_is_read(client, project):
    fields = {
        "lead_fr": "Service des jardins",
        "partners_fr": "Une association\nUne agence",
        "starts_on": "2030-01-02",
        "platform_url": "https://platform.example/12",
    }
    type(project).objects.filter(pk=project.pk).update(**fields)
    answer = client.get(f"/fr/projects/{project.pk}/")
    assert 'rel="external noopener" href="https://platform.example/12"' in answer.content.decode()
    page = words(answer)
    assert "Une association Une agence" in page
    assert "2 janvier 2030" in page


@pytest.mark.parametrize(("state", "told"), [("closed", True), ("preparing", False)])
def test_the_project_it_was_carried_over_from_is_linked_if_the_public_may_read_it(
    client, project, state, told
):
    before = make_project(make_plan(slug="2028-2029", state=state))
    type(project).objects.filter(pk=project.pk).update(carried_from=before)
    page = client.get(f"/fr/projects/{project.pk}/").content.decode()
    assert (f'href="/fr/projects/{before.pk}/"' in page) == told


def test_a_project_of_an_edition_being_prepared_is_not_there(client, project):
    ActionPlan.objects.update(state="preparing")
    assert client.get(f"/fr/projects/{project.pk}/").status_code == 404


def test_an_arabic_text_on_the_french_page_says_its_language(client, project):
    project.milestones.create(activity_ar="غرس الأشجار")
    page = client.get(f"/fr/projects/{project.pk}/").content.decode()
    assert '<span lang="ar" dir="rtl">غرس الأشجار</span>' in page


def test_what_staff_wrote_is_never_markup(client, project):
    project.funding_lines.create(source="state", name_fr="<b>gras</b>")
    type(project).objects.filter(pk=project.pk).update(partners_fr="<i>x</i>\ny")
    page = client.get(f"/fr/projects/{project.pk}/").content.decode()
    assert "<b>gras" not in page
    assert "<i>x" not in page


# --- State and window -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("accepts", "offered"), [("remarks", True), ("ideas", False)])
def test_the_way_to_the_remarks_card_is_open_while_a_station_takes_remarks(
    client, project, accepts, offered
):
    make_step(project.plan, accepts=accepts)
    page = client.get(f"/fr/projects/{project.pk}/").content.decode()
    assert (f'href="/fr/projects/{project.pk}/remarks/new/"' in page) == offered


def test_the_head_says_which_version_of_the_plan_is_before_the_public(client, project):
    make_version(project.plan, kind="endorsed")
    make_version(project.plan, kind="draft", published_at=None)
    page = client.get(f"/fr/projects/{project.pk}/")
    assert "Version 1 du programme" in words(page)
    assert f'href="/fr/{project.plan.slug}/versions/1/"' in page.content.decode()


def test_a_project_with_remarks_leads_to_what_became_of_them(client, project):
    link = f'href="/fr/{project.plan.slug}/remarks/?project={project.number}"'
    assert link not in client.get(f"/fr/projects/{project.pk}/").content.decode()
    make_card(project)
    assert link in client.get(f"/fr/projects/{project.pk}/").content.decode()


def test_while_remarks_are_taken_each_heading_leads_to_its_own_box(client, project):
    heading = make_heading(project.plan, "solution")
    link = f'href="/fr/projects/{project.pk}/remarks/new/#id_heading-{heading.pk}"'
    closed = client.get(f"/fr/projects/{project.pk}/").content.decode()
    make_step(project.plan, accepts="remarks")
    assert (link in closed, link in client.get(f"/fr/projects/{project.pk}/").content.decode()) == (
        False,
        True,
    )


def test_the_box_that_a_heading_leads_to_is_there(client, project):
    heading = make_heading(project.plan, "solution")
    make_step(project.plan, accepts="remarks")
    form = client.get(f"/fr/projects/{project.pk}/remarks/new/").content.decode()
    assert f'id="id_heading-{heading.pk}"' in form


def test_two_public_versions_can_be_compared_from_the_project(client, project):
    address, link = f"/fr/projects/{project.pk}/", "/versions/1/2/"
    make_version(project.plan)
    one = client.get(address).content.decode()
    make_version(project.plan)
    assert (link in one, link in client.get(address).content.decode()) == (False, True)


def test_a_sheet_amended_since_the_newest_version_says_so_at_its_top(client, project):
    make_version(project.plan)
    changed = "Le texte a changé depuis la version"
    before = client.get(f"/fr/projects/{project.pk}/").content.decode()
    type(project).objects.filter(pk=project.pk).update(problem_ar="نص جديد للإشكالية")
    after = client.get(f"/fr/projects/{project.pk}/").content.decode()
    assert (changed in before, changed in after) == (False, True)


# --- Remarks ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("outcome", Remark.Outcome.values)
def test_a_remark_is_shown_with_what_became_of_it_as_word_drawing_and_colour(
    client, project, outcome
):
    remark = make_card(project, problem="ملاحظة المواطن").remarks.get()
    remark.give_answer(outcome, "جواب اللجنة على هذه الملاحظة", by=make_actor())
    page = client.get(f"/fr/projects/{project.pk}/").content.decode()
    assert all(
        part in page
        for part in (
            f'class="status status--{outcome}"',
            f"#{outcome}",
            str(remark.get_outcome_display()),
            "جواب اللجنة على هذه الملاحظة",
        )
    )
    assert "أمينة" not in page


def test_a_remark_that_is_not_published_is_neither_shown_nor_counted(client, project):
    make_card(project, published=False, problem="سرية")
    assert "remarque publiée" not in read(client, project)
    assert "سرية" not in read(client, project)


def test_a_heading_of_other_things_is_shown_once_there_are_remarks_on_it(client, project):
    make_heading(project.plan, "other")
    assert "Rubrique other" not in read(client, project)
    make_card(project, other="شيء آخر")
    assert "Rubrique other" in read(client, project)


def add_remarks(project, count):
    for number in range(count):
        make_card(project, problem=f"ملاحظة رقم {number}.")


def test_many_remarks_stand_on_several_pages_of_the_sheet(client, project):
    add_remarks(project, REMARKS_A_PAGE + 2)
    first, second = read(client, project), read(client, project, query="?page=2")
    assert first.count("ملاحظة رقم") == REMARKS_A_PAGE
    assert "ملاحظة رقم 49." in first
    assert second.count("ملاحظة رقم") == 2
    assert "ملاحظة رقم 50." in second


@pytest.mark.parametrize("page", ["0", "-1", "99999999999999999999", "x", ""])
def test_an_odd_page_number_is_answered_with_a_page(client, project, page):
    make_card(project)
    assert client.get(f"/fr/projects/{project.pk}/?page={page}").status_code == 200


# --- Queries ------------------------------------------------------------------------------------------------


def queries(client, address):
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def add_lines(project, count):
    plan, first = project.plan, project.principles.count()
    for order in range(first, first + count):
        project.funding_lines.create(source="state", amount=1)
        project.indicators.create(kind="impact_indicator", name_ar="مؤشر")
        project.milestones.create(activity_ar="نشاط")
        principle = Statement.objects.create(plan=plan, kind="principle", order=order)
        project.principles.create(principle=principle)


def test_a_page_of_many_lines_and_remarks_costs_as_many_queries_as_one_of_few(client, project):
    address = f"/ar/projects/{project.pk}/"
    make_step(project.plan)
    add_lines(project, 3)
    add_remarks(project, 3)
    queries(client, address)
    few = queries(client, address)
    assert few <= 12
    add_lines(project, 300)
    add_remarks(project, 60)
    assert queries(client, address) == few
