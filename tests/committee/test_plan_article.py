"""A version of the plan as an article: contents, counts, state, and the words of a shared link."""

import datetime
import re

import pytest

from tests.factories import make_card, make_version

from .documenting import make_document_plan
from .test_plan_pages import shown

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quick_print(monkeypatch):
    monkeypatch.setattr("committee.documents.freezing.print_pdf", lambda html: b"%PDF-1.7 test")


@pytest.fixture
def plan():
    return make_document_plan()


def test_the_remarks_are_counted_by_heading_too(plan):
    make_version(plan)
    project = plan.projects.get(number=1)
    make_card(project, problem="ملاحظة")
    make_card(project, problem="ملاحظة")
    heading = shown("plan", plan.slug, language="fr").partition('<h4 id="project-1-problem">')[2]
    assert "2 remarques" in heading.partition("</h4>")[0]


def test_every_entry_of_the_contents_and_of_the_headings_leads_somewhere(plan):
    make_version(plan)
    page = shown("plan", plan.slug)
    targets = set(re.findall(r'href="#([\w-]+)"', page)) - {"main"}
    assert len(targets) > 10
    assert [target for target in targets if f' id="{target}"' not in page] == []


def test_a_draft_says_first_that_it_is_one(plan):
    make_version(plan)
    page = shown("plan", plan.slug, language="fr")
    said = page.index("Ceci est une première version")
    assert said < page.index('class="plan-stamp"')


def test_an_adopted_version_says_by_which_vote(plan):
    session = plan.sessions.create(month="2030-10-01", starts_on="2030-10-01", members_in_office=39)
    sitting = session.sittings.create(held_on="2030-10-03", present=30)
    endorsed = make_version(plan, kind="endorsed")
    sitting.deliberations.create(
        version=endorsed, votes_for=21, votes_against=4, abstentions=3, visa="not_needed"
    )
    make_version(plan, kind="adopted", acted_on=datetime.date(2030, 10, 3))
    page = shown("plan", plan.slug, language="fr")
    assert "Cette version est provisoire" not in page
    assert "Pour : 21. Contre : 4. Abstentions : 3." in page.replace("\u00a0", " ").replace(
        "\u202f", " "
    )


@pytest.mark.parametrize(
    ("name", "arguments"),
    [("plan", []), ("version_detail", [1]), ("version_list", []), ("version_compare", [1, 2])],
)
def test_a_link_to_a_page_of_the_plan_is_shared_with_words_of_its_own(plan, name, arguments):
    make_version(plan)
    make_version(plan)
    page = shown(name, plan.slug, *arguments)
    elsewhere = shown("committee", plan.slug)
    told = [
        re.search(r'og:(title|description)" content="([^"]+)', one)[2] for one in (page, elsewhere)
    ]
    assert told[0] != told[1]
