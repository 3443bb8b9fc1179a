"""The plan and its versions as the public reads them."""

import datetime
import hashlib
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from committee.documents import put_to_consultation
from consultations.models import PlanPdf, WithholdingCategory
from tests.factories import (
    REASON,
    make_actor,
    make_card,
    make_plan,
    make_project,
    make_proposal,
    make_step,
    make_version,
)

from .acting import sign_in
from .documenting import make_document_plan

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quick_print(monkeypatch):
    monkeypatch.setattr("committee.documents.freezing.print_pdf", lambda html: b"%PDF-1.7 test")


@pytest.fixture
def plan():
    return make_document_plan()


def address(name, *arguments, language="ar"):
    with translation.override(language):
        return reverse(name, args=arguments)


def shown(name, *arguments, language="ar"):
    response = Client().get(address(name, *arguments, language=language))
    assert response.status_code == 200
    return response.content.decode()


def status(name, *arguments):
    return Client().get(address(name, *arguments)).status_code


# --- Who sees what ------------------------------------------------------------------------


def test_before_the_first_public_version_the_page_says_what_comes_next(plan):
    make_version(plan, published_at=None)
    page = shown("plan", plan.slug)
    assert 'class="empty"' in page
    assert 'class="plan-stamp"' not in page


def test_a_draft_of_the_desk_is_not_found_by_the_public(plan):
    number = make_version(plan, published_at=None).number
    names = ["version_detail", "version_data"]
    assert [status(name, plan.slug, number) for name in names] == [404, 404]


def test_the_document_of_a_desk_draft_is_not_found_by_the_public(plan):
    version = make_version(plan, published_at=None)
    PlanPdf.objects.create(version=version, language="ar", content=b"%PDF-", sha256="0" * 64)
    assert status("version_pdf", plan.slug, 1, "ar") == 404


def test_a_desk_draft_is_not_in_the_list(plan):
    make_version(plan, published_at=None)
    assert "versions/1/" not in shown("version_list", plan.slug)


def test_a_desk_draft_is_not_compared(plan):
    make_version(plan)
    make_version(plan, published_at=None)
    assert status("version_compare", plan.slug, 1, 2) == 404


def test_an_edition_that_is_being_prepared_has_no_plan_page():
    assert status("plan", make_plan(state="preparing").slug) == 404


def test_the_names_of_staff_are_not_shown(plan):
    make_version(plan, frozen_by_name="سلمى الموظفة")
    assert "سلمى الموظفة" not in shown("plan", plan.slug) + shown("version_list", plan.slug)


@pytest.mark.parametrize("name", ["plan", "version_list"])
def test_reading_sets_no_cookie(plan, name):
    make_version(plan)
    assert not Client().get(address(name, plan.slug)).cookies


# --- The page of the plan -----------------------------------------------------------------


def test_the_plan_page_reads_the_newest_public_version(plan):
    make_version(plan)
    plan.projects.filter(number=1).update(title_ar="عنوان الصيغة الثانية")
    make_version(plan)
    assert "عنوان الصيغة الثانية" in shown("plan", plan.slug)


def test_the_plan_page_does_not_show_what_was_changed_since(plan):
    make_version(plan)
    plan.projects.filter(number=1).update(title_ar="عنوان لم يعرض بعد")
    assert "عنوان لم يعرض بعد" not in shown("plan", plan.slug)


def test_an_earlier_version_stays_as_it_was(plan):
    make_version(plan)
    plan.projects.filter(number=1).update(title_ar="عنوان جديد")
    make_version(plan)
    assert "عنوان جديد" not in shown("version_detail", plan.slug, 1)


def test_a_project_that_is_gone_has_no_link(plan):
    project = make_project(plan)
    make_version(plan)
    link = f'href="{address("project_detail", project.pk)}"'
    before = shown("plan", plan.slug)
    project.delete()
    assert (link in before, link in shown("plan", plan.slug)) == (True, False)


def test_the_published_remarks_of_a_project_are_counted(plan):
    make_version(plan)
    make_card(plan.projects.get(number=1), problem="ملاحظة", other="أخرى")
    with translation.override("ar"):
        label = translation.gettext("Published remarks: %(count)s") % {"count": 2}
    assert label in shown("plan", plan.slug)


def test_an_idea_that_was_withheld_since_is_not_shown_again(plan):
    idea = plan.proposals.get(title="Des bancs")
    make_version(plan)
    before = shown("plan", plan.slug)
    idea.submission.withhold(by=make_actor(), category=WithholdingCategory.INSULT, reason=REASON)
    assert ("Des bancs" in before, "Des bancs" in shown("plan", plan.slug)) == (True, False)


def test_an_adopted_version_shows_its_errata(plan):
    version = make_version(plan, kind="adopted", acted_on="2030-10-05")
    version.correct(by=make_actor(), place_ar="المشروع 1", text_ar="يقرأ 12 بدل 21")
    assert "يقرأ 12 بدل 21" in shown("plan", plan.slug)


def test_a_version_of_the_first_format_is_still_read(plan):
    version = make_version(plan)
    data = version.data
    for name in ("remarks", "earlier"):
        del data[name]
    for project in data["projects"]:
        del project["id"], project["sheet"]
    for idea in data["ideas"]:
        del idea["kind"]
    for step in data["steps"]:
        del step["held_from"], step["held_until"]
    make_version(plan, data=data | {"format": 1})
    assert "مشكل الإنارة" in shown("version_detail", plan.slug, 2)
    assert "مشكل الإنارة" not in shown("version_compare", plan.slug, 1, 2)


# --- Files --------------------------------------------------------------------------------


def test_the_fingerprint_is_the_digest_of_the_data_file(plan):
    version = make_version(plan)
    file = Client().get(address("version_data", plan.slug, 1)).content
    assert hashlib.sha256(file).hexdigest() == version.data_sha256


def test_a_document_is_given_as_it_was_made(plan):
    version = put_to_consultation(plan, by=make_actor())
    response = Client().get(address("version_pdf", plan.slug, 1, "fr"))
    assert b"".join(response) == bytes(version.pdfs.get(language="fr").content)
    assert response["Content-Disposition"].endswith('filename="2030-2031-v1-fr.pdf"')


@pytest.mark.parametrize(("name", "rest"), [("version_pdf", ["ar"]), ("version_data", [])])
def test_what_never_changes_is_asked_for_again_and_not_sent_twice(plan, name, rest):
    put_to_consultation(plan, by=make_actor())
    first = Client().get(address(name, plan.slug, 1, *rest))
    again = Client().get(
        address(name, plan.slug, 1, *rest), headers={"if-none-match": first["ETag"]}
    )
    assert first["Cache-Control"] == "no-cache"
    assert again.status_code == 304


FILES = [("version_pdf", ["ar"]), ("version_data", [])]


@pytest.fixture
def holding_withheld(plan):
    """A frozen version with an idea that was withheld since."""
    version = put_to_consultation(plan, by=make_actor())
    withhold(plan.proposals.get(title="Des bancs").submission)
    return version


def withhold(submission):
    submission.withhold(by=make_actor(), category=WithholdingCategory.INSULT, reason=REASON)


@pytest.mark.parametrize(("name", "rest"), FILES)
def test_a_file_that_held_a_text_withheld_since_is_gone_and_says_why(holding_withheld, name, rest):
    where = address(name, holding_withheld.plan.slug, 1, *rest)
    response = Client().get(where, headers={"if-none-match": "*"})
    page = response.content.decode()
    assert (response.status_code, holding_withheld.data_sha256 in page) == (410, True)
    assert "Des bancs" not in page


@pytest.mark.parametrize(("name", "rest"), FILES)
def test_staff_still_get_a_file_that_holds_a_withheld_text(holding_withheld, name, rest):
    client = sign_in("najat", group="auditor")
    response = client.get(address(name, holding_withheld.plan.slug, 1, *rest))
    assert response.status_code == 200
    assert "private" in response["Cache-Control"]


@pytest.mark.parametrize(("name", "rest"), FILES)
def test_a_file_comes_back_when_the_text_is_restored(holding_withheld, name, rest):
    idea = holding_withheld.plan.proposals.get(title="Des bancs")
    idea.submission.restore(by=make_actor(), reason=REASON)
    assert status(name, holding_withheld.plan.slug, 1, *rest) == 200


def test_a_remark_that_was_withheld_since_takes_the_files_away_too(plan):
    card = make_card(plan.projects.first())
    make_version(plan)
    assert status("version_data", plan.slug, 1) == 200
    withhold(card.submission)
    assert status("version_data", plan.slug, 1) == 410


def test_a_version_without_the_withheld_text_keeps_its_files(holding_withheld):
    make_version(holding_withheld.plan)
    assert status("version_data", holding_withheld.plan.slug, 2) == 200


def test_the_page_of_the_version_says_it_in_place_of_the_links(holding_withheld):
    plan = holding_withheld.plan
    page = shown("version_detail", plan.slug, 1)
    assert not [name for name, rest in FILES if address(name, plan.slug, 1, *rest) in page]
    assert "حُجب بعد ذلك" in page


def test_the_files_cost_the_same_with_many_withheld_texts(
    holding_withheld, django_assert_num_queries, django_assert_max_num_queries
):
    plan = holding_withheld.plan
    path = address("version_data", plan.slug, 1)
    with django_assert_max_num_queries(30) as few:
        Client().get(path)
    for title in ("إنارة الحي", "شجرة لكل مدرسة", "ساحة الحي"):
        withhold(plan.proposals.get(title=title).submission)
    with django_assert_num_queries(len(few)):
        Client().get(path)


def test_a_document_in_an_unknown_language_is_not_found(plan):
    put_to_consultation(plan, by=make_actor())
    assert status("version_pdf", plan.slug, 1, "es") == 404


# --- Comparison ---------------------------------------------------------------------------


@pytest.fixture
def changed(plan):
    """Two public versions: a text, a title, a funding line, a member and a project changed between."""
    make_version(plan)
    first, second = plan.projects.all()
    type(first).objects.filter(pk=first.pk).update(problem_ar="مشكل الماء وفق القانون 09-08")
    first.funding_lines.create(source="state", name_ar="وزارة", amount=1000)
    second.delete()
    make_project(plan, number=3, title_ar="مشروع مضاف")
    plan.members.filter(order=3).update(until=datetime.date(2020, 1, 1))
    make_version(plan)
    return plan


@pytest.mark.parametrize("kind", ["del", "ins"])
def test_a_changed_text_is_compared_word_by_word(changed, kind):
    page = shown("version_compare", changed.slug, 1, 2)
    words = " ".join(re.findall(f"<{kind}>.*?</{kind}>", page))
    assert ("الإنارة" in words, "الماء" in words) == (kind == "del", kind == "ins")


@pytest.mark.parametrize("part", ["مشروع مضاف", "مشروع بلا بطاقة", "إدريس"])
def test_a_comparison_names_what_came_and_what_went(changed, part):
    assert part in shown("version_compare", changed.slug, 1, 2)


def test_a_comparison_names_the_new_funding_line(changed):
    assert "1.000,00" in shown("version_compare", changed.slug, 1, 2)


def test_the_order_of_the_numbers_does_not_matter(changed):
    there, back = (shown("version_compare", changed.slug, *pair) for pair in [(1, 2), (2, 1)])
    assert (
        there.partition("<main")[2].partition("</main")[0]
        == (back.partition("<main")[2].partition("</main")[0])
    )


def test_a_version_is_not_compared_with_itself(changed):
    assert status("version_compare", changed.slug, 1, 1) == 404


# --- Queries ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["plan", "version_list", "version_detail", "version_compare"])
def test_the_number_of_queries_does_not_grow(plan, name, django_assert_max_num_queries):
    make_version(plan)
    make_version(plan)
    arguments = {"version_detail": [1], "version_compare": [1, 2]}.get(name, [])
    path = address(name, plan.slug, *arguments)
    Client().get(path)
    with django_assert_max_num_queries(100) as few:
        Client().get(path)
    step = make_step(plan)
    for number in range(5):
        make_card(make_project(plan), step=step)
        make_proposal(step, title=f"فكرة {number}")
        make_version(plan)
    with django_assert_max_num_queries(len(few)):
        Client().get(path)


HUGE = 10**30


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("version_detail", [HUGE]),
        ("version_data", [HUGE]),
        ("version_pdf", [HUGE, "ar"]),
        ("version_compare", [1, HUGE]),
        ("version_compare", [1, 40_000]),
    ],
)
def test_a_number_that_no_version_can_have_is_not_found(plan, name, arguments):
    make_version(plan)
    assert status(name, plan.slug, *arguments) == 404
