"""Remarks, projects and indicators from a spreadsheet: only what the preview lists changes."""

import datetime
import random
from decimal import Decimal

import pytest

from consultations.imports import ProjectImport
from consultations.models import ActLog, Indicator, Project, Remark, RemarkCard
from tests.factories import make_axis, make_heading, make_plan, make_project, make_step
from tests.importing import (
    PROJECTS,
    REMARKS,
    confirm,
    coordinator,
    counts,
    csv_file,
    faults,
    rows_in,
    send,
    xlsx_file,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def najat(db):
    return coordinator()


@pytest.fixture
def plan(db):
    return make_plan()


def look(client, plan, content, kind="projects", **fields):
    return send(client, PROJECTS, content, plan=plan.pk, kind=kind, **fields)


# --- Projects --------------------------------------------------------------------------------------


def test_a_project_that_is_not_there_yet_comes_in(najat, plan):
    axis = make_axis(plan)
    row = [1, "غرس الأشجار", "Plantation", str(axis), "لا ظل\nفي الساحة", datetime.date(2030, 1, 2)]
    headings = ["الرقم", "العنوان", "Titre", "محور ذو أولوية", "الإشكالية", "البداية"]
    confirm(najat, look(najat, plan, xlsx_file(headings, row)))
    project = Project.objects.get()
    assert (project.title_ar, project.title_fr) == ("غرس الأشجار", "Plantation")
    assert (project.number, project.axis, project.plan) == (1, axis, plan)
    assert project.problem_ar == "لا ظل\nفي الساحة"
    assert project.starts_on == datetime.date(2030, 1, 2)


def test_every_change_is_listed_with_what_stood(najat, plan):
    project = make_project(plan, title_ar="قديم", lead_ar="مصلحة")
    page = look(najat, plan, csv_file(["الرقم", "العنوان"], [1, "جديد"]))
    (change,) = page.context["changes"]
    assert (change["before"], change["after"]) == ("قديم", "جديد")
    confirm(najat, page)
    project.refresh_from_db()
    assert (project.title_ar, project.lead_ar) == ("جديد", "مصلحة")


def test_an_empty_cell_leaves_what_stands(najat, plan):
    make_project(plan, lead_ar="مصلحة الأغراس")
    page = look(najat, plan, csv_file(["الرقم", "المصلحة المكلفة"], [1, ""]))
    assert counts(page)["same"] == 1


def test_projects_that_are_not_in_the_file_stay(najat, plan):
    make_project(plan)
    make_project(plan)
    confirm(najat, look(najat, plan, csv_file(["الرقم", "العنوان"], [1, "جديد"])))
    assert plan.projects.count() == 2


def test_a_project_of_another_edition_is_not_touched(najat, plan):
    other = make_project(make_plan(slug="2032-2033"), title_ar="بعيد")
    confirm(najat, look(najat, plan, csv_file(["الرقم", "العنوان"], [1, "قريب"])))
    other.refresh_from_db()
    assert other.title_ar == "بعيد"


def test_a_row_that_was_changed_meanwhile_is_not_overwritten(najat, plan):
    make_project(plan, title_ar="قديم")
    page = look(najat, plan, csv_file(["الرقم", "العنوان"], [1, "من الملف"]))
    Project.objects.update(title_ar="من الصفحة")
    confirm(najat, page)
    assert Project.objects.get().title_ar == "من الصفحة"


def test_a_change_beside_the_columns_of_the_file_is_kept(najat, plan):
    make_project(plan, title_ar="قديم")
    page = look(najat, plan, csv_file(["الرقم", "العنوان"], [1, "من الملف"]))
    Project.objects.update(lead_ar="من الصفحة")
    confirm(najat, page)
    project = Project.objects.get()
    assert (project.title_ar, project.lead_ar) == ("من الملف", "من الصفحة")


def test_a_new_project_needs_its_arabic_title(najat, plan):
    page = look(najat, plan, csv_file(["numéro", "Titre"], ["١", "Plantation"]))
    assert [(number, heading) for number, heading, _words in faults(page)] == [
        (2, "العنوان (العربيّة)")
    ]


def test_a_project_cannot_end_before_it_starts(najat, plan):
    make_project(plan, starts_on=datetime.date(2030, 5, 1))
    page = look(najat, plan, csv_file(["الرقم", "النهاية"], [1, "30/04/2030"]))
    assert [heading for _number, heading, _words in faults(page)] == ["النهاية"]


def test_a_number_stands_on_one_row_of_the_file(najat, plan):
    page = look(najat, plan, csv_file(["الرقم", "العنوان"], [1, "أ"], ["١", "ب"]))
    assert [number for number, _heading, _words in faults(page)] == [3]


@pytest.mark.parametrize("file_format", ["0", "1", "2"])
def test_our_own_file_sent_back_changes_nothing(najat, plan, file_format):
    axis = make_axis(plan)
    texts = {
        "problem_ar": "-سطر\nوسطر  بفراغين",
        "lead_fr": "=Service",
        "partners_ar": "جمعية\nمقاولة",
    }
    make_project(
        plan, axis=axis, starts_on="2030-01-02", platform_url="https://example.org/", **texts
    )
    file = najat.post(f"/ar/admin/{PROJECTS}/export/", {"format": file_format, "resource": "0"})
    page = look(najat, plan, file.content)
    assert counts(page) == {"new": 0, "changed": 0, "same": 1, "refused": 0}


def test_what_an_import_changed_is_in_the_log(najat, plan):
    project = make_project(plan, title_ar="قديم")
    confirm(najat, look(najat, plan, csv_file(["الرقم", "العنوان"], [1, "جديد"], [2, "آخر"])))
    act = ActLog.objects.get(act="import")
    assert act.before == {str(project.pk): {"title_ar": "قديم"}}
    assert act.after["changed"] == {str(project.pk): {"title_ar": "جديد"}}
    assert [new["title_ar"] for new in act.after["new"]] == ["آخر"]


def test_of_fifty_files_each_does_what_its_preview_lists_and_no_more(plan):
    dice = random.Random(7)
    for _ in range(5):
        make_project(plan, lead_ar="مصلحة")
    columns = ("title_ar", "lead_ar", "problem_ar")
    for _ in range(50):
        numbers = dice.sample(range(1, 12), dice.randint(1, 6))
        rows = [[n, *(dice.choice(["", "أ", "ب", "مصلحة"]) for _ in columns)] for n in numbers]
        content = csv_file(["الرقم", "العنوان", "المصلحة المكلفة", "الإشكالية"], *rows)
        before = {p.number: p for p in plan.projects.all()}
        resource = ProjectImport(plan)
        table = resource.read(content)
        preview = resource.preview(table)
        if preview.of("refused"):
            continue
        ProjectImport(plan).carry_out(table, preview.fingerprint, lambda lines: None)
        after = {p.number: p for p in plan.projects.all()}
        assert len(after) - len(before) == preview.counts["new"]
        changed = {
            (n, name, getattr(after[n], name))
            for n in before
            for name in columns
            if getattr(before[n], name) != getattr(after[n], name)
        }
        listed = {
            (line.said["number"], name, now)
            for line in preview.of("changed")
            for name, _stood, now in line.changes
        }
        assert changed == listed


# --- Indicators ------------------------------------------------------------------------------------

INDICATOR = ["المشروع", "النوع", "مؤشر", "القيمة المرجعية", "القيمة المستهدفة", "أجل بلوغ الهدف"]


def test_indicators_come_in_and_are_found_again_by_their_name(najat, plan):
    project = make_project(plan)
    row = [1, "مؤشر أثر", "عدد الأشجار", "١٢,٥", 1250.5, "31/12/2030"]
    for target, verdict in ((row, "new"), (row, "same"), ([*row[:4], 2000, row[5]], "changed")):
        page = look(najat, plan, xlsx_file(INDICATOR, target), kind="indicators")
        assert counts(page)[verdict] == 1
        if verdict != "same":
            confirm(najat, page)
    indicator = Indicator.objects.get()
    assert (indicator.project, indicator.kind) == (project, "impact_indicator")
    assert (indicator.baseline, indicator.target) == (Decimal("12.5"), Decimal(2000))


def test_two_indicators_of_one_name_are_not_told_apart(najat, plan):
    project = make_project(plan)
    for _ in range(2):
        project.indicators.create(kind="impact_indicator", name_ar="عدد الأشجار")
    page = look(
        najat,
        plan,
        csv_file(INDICATOR, [1, "مؤشر أثر", "عدد الأشجار", 1, 2, ""]),
        kind="indicators",
    )
    assert len(faults(page)) == 1


# --- Remarks ---------------------------------------------------------------------------------------


def card_file(plan, *rows):
    headings = [str(make_heading(plan, key).name_ar) for key in ("problem", "solution")]
    return csv_file(["المشروع", *headings, "الاسم"], *rows)


def look_at_cards(client, plan, content):
    step = plan.steps.first() or make_step(plan)
    return send(client, REMARKS, content, step=step.pk, channel="workshop")


def test_a_remarks_card_comes_in_with_its_remarks(najat, plan):
    project = make_project(plan)
    content = card_file(plan, ["١", "أوسع من هذا", "", "ياسين"], [project.title_ar, "", "حل", ""])
    confirm(najat, look_at_cards(najat, plan, content))
    cards = list(RemarkCard.objects.order_by("pk"))
    assert [card.project for card in cards] == [project, project]
    assert [r.text for r in Remark.objects.order_by("pk")] == ["أوسع من هذا", "حل"]
    assert [r.heading.key for r in Remark.objects.order_by("pk")] == ["problem", "solution"]
    assert cards[0].submission.contact.name == "ياسين"
    assert {card.submission.moderation for card in cards} == {"pending"}


def test_the_same_cards_twice_change_nothing(najat, plan):
    make_project(plan)
    content = card_file(plan, [1, "أوسع من هذا", "", ""])
    confirm(najat, look_at_cards(najat, plan, content))
    assert counts(look_at_cards(najat, plan, content))["same"] == 1


def test_the_same_words_on_another_project_are_another_card(najat, plan):
    make_project(plan)
    make_project(plan)
    content = card_file(plan, [1, "أوسع من هذا", "", ""], [2, "أوسع من هذا", "", ""])
    assert counts(look_at_cards(najat, plan, content))["new"] == 2


@pytest.mark.parametrize(
    "row", [[1, "", "", "ياسين"], [9, "ملاحظة", "", ""], ["", "ملاحظة", "", ""]]
)
def test_a_card_without_remark_or_project_is_refused(najat, plan, row):
    make_project(plan)
    assert len(faults(look_at_cards(najat, plan, card_file(plan, row)))) == 1


# --- Blank files -----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["projects", "indicators"])
def test_a_blank_file_offers_the_choices_of_the_edition(najat, plan, kind):
    make_axis(plan)
    make_project(plan)
    blank = najat.get(f"/ar/admin/{PROJECTS}/import/blank/{kind}.xlsx")
    (headings,) = rows_in(blank)
    assert len(headings) > 5
    assert blank.content[:2] == b"PK"


def test_a_blank_file_of_another_list_is_not_here(najat, plan):
    assert najat.get(f"/ar/admin/{PROJECTS}/import/blank/ideas.xlsx").status_code == 404
    assert najat.get(f"/ar/admin/{PROJECTS}/import/blank/projects.exe").status_code == 404
