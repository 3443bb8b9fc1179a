"""What a version says of sheets, remarks and answers, and how far it says it has come."""

import datetime
import re

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext

from committee.documents import document_context, plan_data
from committee.documents.answers import compared
from consultations.models import PlanVersion
from proposals.models import Proposal
from tests.factories import (
    REASON,
    make_actor,
    make_card,
    make_heading,
    make_proposal,
    make_step,
    make_version,
)

from .documenting import fill_sheet, html_of, make_document_plan
from .test_version_acts import vote_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return make_document_plan()


def said_in(language, text):
    with translation.override(language):
        return gettext(text)


def html_of_version(version, language="ar"):
    with translation.override(language):
        context = document_context(version, language) | {"stylesheet": "css/print.css"}
        return render_to_string("committee/plan_document.html", context)


def head_of(html):
    return html[html.index("running-head") : html.index("running-foot")]


# --- The sheet ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "part",
    [
        "مصلحة الشؤون",
        "جمعية الحي<br>المجلس الإقليمي",
        "ينشر المعطيات في حينها",
        "1.250.000,50",
        "نسبة الرضا",
        "75,5",
        "جرد المساطر",
        "platform.example",
    ],
)
def test_the_document_bears_every_line_of_a_sheet(plan, part):
    fill_sheet(plan.projects.get(number=1))
    assert part in html_of(plan)


def test_a_sheet_without_a_line_says_so_once(plan):
    html = html_of(plan)
    sheet = html[html.index(f"<h2>{said_in('ar', 'Sheet of the project')}") :]
    assert said_in("ar", "not defined yet") in sheet.partition("<h2>")[2].partition("<h2>")[0]


def test_the_funding_of_all_projects_is_added_up(plan):
    for project in plan.projects.all():
        fill_sheet(project)
    assert "2.500.001,00" in html_of(plan)


# --- Remarks and answers ------------------------------------------------------------------


@pytest.fixture
def answered(plan):
    """A draft before the public, an answered card on it, and a text that changed since."""
    make_version(plan)
    project = plan.projects.get(number=1)
    card = make_card(project, problem="لم يذكر النص ذوي الاحتياجات")
    card.remarks.get(heading__key="problem").give_answer("partly", REASON, by=make_actor())
    plan.projects.filter(number=1).update(problem_ar="مشكل الماء وفق القانون 09-08")
    return plan


def test_a_draft_without_remarks_has_no_chapter_of_them(plan):
    assert 'id="remarks"' not in html_of(plan)


def test_a_version_after_the_consultation_says_that_there_were_none(plan):
    html = html_of(plan, kind=PlanVersion.Kind.CONSULTED)
    assert said_in("ar", "No remark is published on the portal.") in html


@pytest.mark.parametrize("part", ["لم يذكر النص ذوي الاحتياجات", REASON])
def test_the_document_bears_the_remark_and_its_answer(answered, part):
    assert part in html_of(answered)


def test_the_document_shows_what_the_text_became(answered):
    html = html_of(answered)
    assert (re.findall("<del>(.*?)</del>", html), re.findall("<ins>(.*?)</ins>", html)) == (
        ["الإنارة"],
        ["الماء"],
    )


def test_a_text_that_stayed_is_said_to_have_stayed(answered):
    answered.projects.filter(number=1).update(problem_ar="مشكل الإنارة وفق القانون 09-08")
    assert said_in("ar", "The text is the one of version %(number)s.") % {"number": 1} in (
        html_of(answered)
    )


def test_a_remark_without_an_answer_says_so(plan):
    make_card(plan.projects.first())
    assert said_in("ar", "not answered yet") in html_of(plan)


def test_the_outcomes_add_up(answered):
    make_card(answered.projects.get(number=2))
    with translation.override("ar"):
        context = document_context(make_version(answered), "ar")
    table = context["outcomes"]
    assert table["total"] == sum(table["totals"]) == sum(row["total"] for row in table["rows"])


def test_a_remark_bears_no_name(plan):
    card = make_card(plan.projects.first())
    type(card.submission).objects.filter(pk=card.submission.pk).update(
        shown_as="person", shown_name="يونس البناء"
    )
    assert "يونس البناء" not in html_of(plan)


def test_a_card_that_is_not_published_is_not_in_the_data(plan):
    make_card(plan.projects.first(), published=False, problem="كلام ينتظر الإشراف")
    assert plan_data(plan)["remarks"] == []


def test_a_text_that_exists_in_one_language_is_compared_in_it():
    found = compared({"ar": "نص قديم", "fr": ""}, {"ar": "نص جديد", "fr": ""}, "fr")
    assert (found["lang"], found["changed"]) == ("ar", True)


def test_a_new_project_card_is_named_so_and_says_all_it_holds(plan):
    step = plan.steps.first() or make_step(plan)
    card = make_proposal(step, title="سوق مغطى", body="")
    Proposal.objects.filter(pk=card.pk).update(kind=Proposal.Kind.NEW_PROJECT)
    card.parts.create(heading=make_heading(plan), text="لا ظل في السوق")
    html = html_of(plan)
    assert said_in("ar", "new project card") in html
    assert "لا ظل في السوق" in html


# --- The stamp ----------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["draft", "consulted", "endorsed"])
def test_until_the_vote_every_page_says_draft(plan, kind):
    version = make_version(plan, kind=kind, number=7)
    head = head_of(html_of_version(version))
    assert "مسودة" in head
    assert "7" in head


def test_an_endorsed_version_bears_the_day_of_the_bureau(plan):
    version = make_version(plan, kind="endorsed", acted_on=datetime.date(2030, 9, 11))
    assert "11 شتنبر 2030" in html_of_version(version)


def test_an_adopted_version_is_no_draft_and_bears_the_number_of_the_decision(plan):
    vote = vote_on(make_version(plan, kind="endorsed"), number="45/2030")
    html = html_of_version(make_version(plan, kind="adopted", acted_on=vote.sitting.held_on))
    assert "مسودة" not in head_of(html)
    assert "45/2030" in html
    assert said_in("ar", "The council has not adopted it yet.") not in html


def test_the_note_of_a_version_stands_on_its_cover(plan):
    assert "ما تغير بعد التشاور" in html_of_version(
        make_version(plan, note_ar="ما تغير بعد التشاور")
    )
