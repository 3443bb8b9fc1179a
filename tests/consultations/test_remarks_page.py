"""You said, the committee answered, the text became: the public page and its file."""

import csv
import io
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils.html import escape

from consultations.models import Accepts, Remark, RemarkCard, Step, Submission
from openmuni import clock
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

ANSWER = "أخذت اللجنة بهذه الملاحظة وعدلت النص"
ADDRESS = "/ar/2030-2031/remarks/"
FILE = "/ar/2030-2031/remarks.csv"


@pytest.fixture
def step():
    return make_step(make_plan(), accepts=Accepts.REMARKS, first=-9, last=-2)


@pytest.fixture
def project(step):
    return make_project(step.plan, problem_ar="نص قديم", problem_fr="Texte ancien")


@pytest.fixture
def card(step, project):
    make_version(step.plan)
    return make_card(project, step=step, problem="كلام <b>المواطن</b>")


def answer_all():
    for remark in Remark.objects.public().unanswered():
        remark.give_answer("partly", ANSWER, by=make_actor())


def text(answer):
    return answer.content.decode()


def rows_of(client, address=FILE):
    content = b"".join(client.get(address).streaming_content).decode()
    assert content.startswith("\ufeff")
    return list(csv.reader(io.StringIO(content[1:]), delimiter=";"))


# --- What is shown ---------------------------------------------------------------------------------


def test_where_the_lines_changed_the_page_leads_to_the_comparison(client, step, project):
    make_version(step.plan)
    make_card(project, step=step, funding_source="من يمول؟")
    project.funding_lines.create(source="state", name_ar="وزارة", amount=1000)
    make_version(step.plan)
    page = text(client.get(ADDRESS))
    assert 'href="/ar/2030-2031/versions/1/2/"' in page
    assert "ما زال النص" not in page


def test_a_remark_its_answer_and_what_the_text_became_stand_together(client, card, project):
    answer_all()
    type(project).objects.update(problem_ar="نص جديد")
    shown = text(client.get(ADDRESS))
    assert all(words in shown for words in (escape("<b>المواطن</b>"), ANSWER))
    assert re.search(r"<del>.*قديم.*</del> <ins>.*جديد.*</ins>", shown)


def test_the_text_is_compared_in_the_language_of_the_page(client, card, project):
    type(project).objects.update(problem_fr="Texte nouveau")
    shown = text(client.get("/fr/2030-2031/remarks/"))
    assert re.search(r"<del>.*ancien.*</del> <ins>.*nouveau.*</ins>", shown)


def test_nobody_of_the_staff_is_named(client, card):
    answer_all()
    shown = text(client.get(ADDRESS)) + str(rows_of(client))
    assert ANSWER in shown
    assert not any(name in shown for name in ("أمينة", "عضوة اللجنة", "amina", "moderator", "سلمى"))


@pytest.mark.parametrize("published", [True, False])
def test_withheld_and_unread_cards_are_never_shown(client, step, project, published):
    hidden = make_card(project, step=step, published=published, problem="كلام لا ينشر")
    if published:
        hidden.submission.withhold(by=make_actor(), category="insult", reason=ANSWER)
    assert "كلام لا ينشر" not in text(client.get(ADDRESS))
    assert len(rows_of(client)) == 1


def test_an_edition_that_is_being_prepared_has_no_page(client, card):
    type(card.plan).objects.update(state="preparing")
    assert client.get(ADDRESS).status_code == 404
    assert client.get(FILE).status_code == 404


def test_an_edition_without_remarks_says_so(client, step):
    assert client.get(ADDRESS).context["table"].total == 0


def test_a_reading_page_sets_no_cookie(client, card):
    assert not client.get(ADDRESS).cookies


def test_remarks_of_another_edition_are_not_here(client, card):
    elsewhere = make_plan(slug="2034-2035")
    make_card(make_project(elsewhere), problem="كلام نسخة أخرى")
    assert "كلام نسخة أخرى" not in text(client.get(ADDRESS))


# --- By project ------------------------------------------------------------------------------------


def test_a_project_can_be_read_alone(client, card, step):
    make_card(make_project(step.plan), step=step, problem="كلام عن مشروع ثان")
    shown = text(client.get(ADDRESS, {"project": card.project.number}))
    assert "المواطن" in shown
    assert "كلام عن مشروع ثان" not in shown


@pytest.mark.parametrize("number", ["99", "x", "1 OR 1=1"])
def test_an_unknown_project_is_not_found(client, card, number):
    assert client.get(ADDRESS, {"project": number}).status_code == 404


def test_remarks_stand_under_their_heading_in_its_order(client, step, project):
    for key in ("solution", "problem"):
        make_heading(step.plan, key)
    make_card(project, step=step, problem="عن الإشكالية")
    make_card(project, step=step, solution="عن الحل", problem="عن الإشكالية أيضا")
    (one,) = client.get(ADDRESS).context["projects"]
    found = [(part["heading"].key, len(part["remarks"])) for part in one["headings"]]
    assert found == [("solution", 1), ("problem", 2)]


# --- By outcome ------------------------------------------------------------------------------------


@pytest.fixture
def answered_and_not(card, project, step):
    answer_all()
    make_card(project, step=step, problem="كلام بلا جواب")


@pytest.mark.parametrize(
    ("outcome", "shown"), [("partly", (True, False)), ("open", (False, True)), ("", (True, True))]
)
def test_the_remarks_of_one_outcome_can_be_read_alone(client, answered_and_not, outcome, shown):
    page = text(client.get(ADDRESS, {"outcome": outcome}))
    assert (ANSWER in page, "كلام بلا جواب" in page) == shown


def test_a_project_and_an_outcome_can_be_asked_for_together(
    client, answered_and_not, step, project
):
    other = make_card(make_project(step.plan), step=step, problem="كلام عن مشروع ثان")
    page = text(client.get(ADDRESS, {"project": other.project.number, "outcome": "open"}))
    assert ("كلام عن مشروع ثان" in page, "كلام بلا جواب" in page) == (True, False)


@pytest.mark.parametrize("outcome", ["accepted", "x", "'"])
def test_an_unknown_outcome_is_not_found(client, card, outcome):
    assert client.get(ADDRESS, {"outcome": outcome}).status_code == 404


def test_each_outcome_is_a_link_with_its_count_and_the_chosen_one_is_marked(
    client, answered_and_not
):
    picks = client.get(ADDRESS, {"outcome": "open"}).context["picks"]
    assert [(pick["query"], pick["count"], pick["is_chosen"]) for pick in picks] == [
        ("", 2, False),
        ("outcome=partly", 1, False),
        ("outcome=open", 1, True),
    ]


def test_the_counts_are_those_of_the_chosen_project(client, answered_and_not, step):
    other = make_card(make_project(step.plan), step=step).project
    picks = client.get(ADDRESS, {"project": other.number}).context["picks"]
    assert [(pick["query"], pick["count"]) for pick in picks] == [
        (f"project={other.number}", 1),
        (f"project={other.number}&outcome=open", 1),
    ]


def test_an_outcome_that_no_remark_has_stays_chosen_over_an_empty_list(client, card):
    context = client.get(ADDRESS, {"outcome": "taken"}).context
    assert context["projects"] == []
    assert [pick["count"] for pick in context["picks"] if pick["is_chosen"]] == [0]


def test_the_pages_of_a_long_list_keep_project_and_outcome(client, step, project):
    for _number in range(41):
        make_card(project, step=step)
    page = text(client.get(ADDRESS, {"project": project.number, "outcome": "open"}))
    assert f"?project={project.number}&amp;outcome=open&amp;page=2" in page


# --- The report ------------------------------------------------------------------------------------


def test_before_the_report_the_page_counts_what_came_and_what_is_answered(client, card, step):
    answer_all()
    make_card(card.project, step=step)
    (window,) = client.get(ADDRESS).context["windows"]
    assert (window.came, window.answered, window.report_published_at) == (2, 1, None)


def test_the_page_says_until_when_the_committee_reviews(client, card, step):
    review = make_step(
        step.plan, kind=Step.Kind.COMMITTEE_REVIEW, accepts=Accepts.NOTHING, first=1, last=6
    )
    (window,) = client.get(ADDRESS).context["windows"]
    assert window.report_due == review.ends_on


def test_after_the_report_the_page_says_its_day(client, card, step):
    answer_all()
    step.publish_report(by=make_actor())
    (window,) = client.get(ADDRESS).context["windows"]
    assert window.report_published_at is not None
    assert "report-state is-out" in text(client.get(ADDRESS))


# --- The file --------------------------------------------------------------------------------------


def test_the_file_holds_a_row_a_remark_with_the_text_before_and_now(client, card, project):
    answer_all()
    type(project).objects.update(problem_ar="نص جديد")
    head, row = rows_of(client)
    assert len(head) == len(row) == 11
    assert row[0] == card.reference
    assert row[5:] == [
        "كلام <b>المواطن</b>",
        Remark.objects.get().get_outcome_display(),
        ANSWER,
        "1",
        "نص قديم",
        "نص جديد",
    ]


def test_the_file_is_in_the_language_of_its_address(client, card):
    assert rows_of(client)[0] != rows_of(client, FILE.replace("/ar/", "/fr/"))[0]


def test_a_cell_of_the_file_is_no_formula(client, step, project):
    make_card(project, step=step, problem="=HYPERLINK(1)")
    assert rows_of(client)[1][5] == "'=HYPERLINK(1)"


def test_the_file_names_no_author(client, card):
    Submission.objects.update(shown_as="person", shown_name="فاطمة المواطنة")
    assert "فاطمة" not in str(rows_of(client))


def test_the_file_is_a_download_with_its_day_in_its_name(client, card):
    answer = client.get(FILE)
    name = f"2030-2031-remarks-{clock.today():%Y-%m-%d}.csv"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer["Content-Type"] == "text/csv; charset=utf-8"


# --- A thousand remarks ----------------------------------------------------------------------------


def make_many(step, number):
    """`number` published remarks on five projects, in cards of one remark each."""
    plan = step.plan
    projects = [*plan.projects.all()] or [make_project(plan, problem_ar="نص") for _each in range(5)]
    heading, version = make_heading(plan), plan.versions.first() or make_version(plan)
    start = Submission.objects.count()
    submissions = Submission.objects.bulk_create(
        Submission(
            step=step,
            series="TST-2030",
            number=at,
            reference=f"TST-2030-{at:04d}",
            received_at=clock.now(),
            language="ar",
            moderation="published",
            key_digest=str(at),
            content_digest=str(at),
            code_digest=str(at),
        )
        for at in range(start, start + number)
    )
    cards = RemarkCard.objects.bulk_create(
        RemarkCard(submission=submission, project=projects[at % 5], version=version)
        for at, submission in enumerate(submissions)
    )
    Remark.objects.bulk_create(
        Remark(card=card, heading=heading, text="ملاحظة على هذا النص") for card in cards
    )


@pytest.mark.parametrize("query", ["", "?page=2", "?project=2"])
def test_the_page_asks_as_much_for_a_thousand_remarks_as_for_sixty(
    client, step, query, django_assert_num_queries, django_assert_max_num_queries
):
    make_many(step, 250)
    with django_assert_max_num_queries(14) as few:
        client.get(ADDRESS + query)
    make_many(step, 750)
    with django_assert_num_queries(len(few)):
        assert client.get(ADDRESS + query).context["table"].total == 1000


def test_a_page_holds_a_bounded_number_of_remarks(client, step):
    make_many(step, 1000)
    answer = client.get(ADDRESS)
    assert len(answer.context["page"]) == 40
    assert len(answer.content) < 200_000


def test_the_file_asks_as_much_for_a_thousand_remarks_as_for_ten(
    client, step, django_assert_num_queries, django_assert_max_num_queries
):
    make_many(step, 10)
    with django_assert_max_num_queries(8) as few:
        assert len(rows_of(client)) == 11
    make_many(step, 990)
    with django_assert_num_queries(len(few)):
        assert len(rows_of(client)) == 1001


# --- In a browser ----------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["ar", "fr"])
def test_the_page_is_accessible_and_fits_a_small_phone(page_for, card, project, language):
    answer_all()
    type(project).objects.update(problem_ar="نص جديد\n\nوفقرة", problem_fr="Texte neuf")
    page = page_for(width=320, java_script=False)
    page.goto(ADDRESS.replace("/ar/", f"/{language}/"))
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page = page_for(width=320)
    page.goto(ADDRESS.replace("/ar/", f"/{language}/"))
    assert Axe().run(page).response["violations"] == []
