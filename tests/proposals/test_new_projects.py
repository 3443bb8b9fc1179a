"""The new project card: its page, what it refuses, and where its parts are read."""

import datetime
import re

import pytest
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext

from consultations.models import Submission
from consultations.receipts import new_key
from openmuni import clock
from proposals.exports import ProposalResource
from proposals.models import Proposal
from proposals.trail import trail_of
from tests.factories import (
    REASON,
    make_actor,
    make_axis,
    make_heading,
    make_plan,
    make_proposal,
    make_step,
    make_user,
)
from tests.proposals.test_intake_pages import code_on

pytestmark = pytest.mark.django_db

FORM = "/ar/2030-2031/projects/new/"
KEYS = ["problem", "solution", "other"]
TITLE, TEXT = "ماء صالح للشرب في السوق", "السوق بلا ماء في الصيف"


@pytest.fixture
def plan():
    plan = make_plan()
    for key in KEYS:
        make_heading(plan, key)
    return plan


@pytest.fixture
def step(plan):
    return make_step(plan, accepts="remarks")


def filled(plan, *, extra=(), **texts):
    """What Hamid sends: a title and a text under each heading named."""
    boxes = {f"heading-{make_heading(plan, key).pk}": text for key, text in texts.items()}
    words = {"key": new_key(), "title": TITLE, "axis": "", "shown_as": "nobody", "consent": "on"}
    return words | boxes | dict(extra)


def card(client, plan, *, published=True, **texts):
    """Hamid's card, kept and, by default, published."""
    client.post(FORM, filled(plan, **texts or {"problem": TEXT, "solution": "نافورات عمومية"}))
    proposal = Proposal.objects.get()
    if published:
        proposal.submission.publish(by=make_actor())
    return proposal


def test_a_title_and_one_heading_are_enough(client, plan, step):
    response = client.post(FORM, filled(plan, problem=TEXT))
    assert (response.status_code, len(code_on(response))) == (200, 16)
    proposal = Proposal.objects.get()
    assert (proposal.kind, proposal.title, proposal.body) == ("new_project", TITLE, "")
    assert proposal.passages() == [("عنوان problem", TEXT)]


def test_every_heading_is_kept_in_the_order_of_the_card(client, plan, step):
    texts = {key: f"{TEXT} {key}" for key in KEYS}
    assert card(client, plan, **texts).passages() == [
        (f"عنوان {key}", text) for key, text in texts.items()
    ]


def test_the_trail_of_a_card_says_the_card_and_not_the_idea(client, plan, step):
    proposal = card(client, plan)
    proposal.accept(by=make_actor(), reason=REASON)
    with translation.override("en"):
        labels = [str(event.label) for event in trail_of(proposal)]
    assert [label for label in labels if "idea" in label] == []
    assert "The committee accepted the new project card" in labels


def test_the_pages_of_a_card_say_the_card_and_not_the_idea(client, plan, step):
    proposal = card(client, plan)
    with translation.override("ar"):
        path_of_idea = gettext("Path of the idea")
    assert path_of_idea not in client.get(f"/ar/ideas/{proposal.reference}/").content.decode()


def test_the_axis_of_the_card_is_kept(client, plan, step):
    axis = make_axis(plan)
    client.post(FORM, filled(plan, problem=TEXT, extra={"axis": str(axis.pk)}))
    assert Proposal.objects.get().axis == axis


def test_sent_twice_it_is_one_card_under_one_code(client, plan, step):
    sent = filled(plan, problem=TEXT)
    codes = {code_on(client.post(FORM, sent)) for _time in range(2)}
    assert (len(codes), Proposal.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("texts", "extra", "wrong"),
    [
        ({}, {}, {"heading"}),
        ({"problem": "  "}, {}, {"heading"}),
        ({"problem": TEXT}, {"title": ""}, {"title"}),
        ({"problem": TEXT}, {"title": "س" * 121}, {"title"}),
        ({"problem": "س" * 2001}, {}, {"heading"}),
        ({"problem": TEXT}, {"consent": ""}, {"consent"}),
        ({}, {"title": "", "consent": ""}, {"title", "heading"}),
    ],
)
def test_what_is_missing_or_too_long_is_said_in_its_field(client, plan, step, texts, extra, wrong):
    response = client.post(FORM, filled(plan, extra=extra, **texts))
    assert {name.split("-")[0] for name in response.context["form"].errors} == wrong
    assert not Submission.objects.exists()


@pytest.mark.parametrize("accepts", ["nothing", "ideas"])
def test_a_window_for_something_else_takes_no_card_and_gives_it_back(client, plan, accepts):
    make_step(plan, accepts=accepts)
    response = client.post(FORM, filled(plan, problem=TEXT))
    assert response.status_code == 403
    assert [text for text in (TITLE, TEXT) if text not in response.content.decode()] == []


def test_a_refused_security_token_gives_the_card_back_with_its_text(plan, step):
    response = Client(enforce_csrf_checks=True).post(FORM, filled(plan, problem=TEXT))
    assert response.status_code == 403
    assert [text for text in (TITLE, TEXT) if text not in response.content.decode()] == []


def test_a_failure_of_ours_gives_the_boxes_back(client, plan, step, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr(Proposal, "write_parts", None)
    response = client.post(FORM, filled(plan, problem=TEXT, other="ملاحظة أخيرة"))
    assert response.status_code == 500
    texts = (TITLE, TEXT, "ملاحظة أخيرة")
    assert [text for text in texts if text not in response.content.decode()] == []


def test_a_card_that_cannot_be_written_whole_is_not_written(client, plan, step, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr(Proposal, "write_parts", None)
    client.post(FORM, filled(plan, problem=TEXT))
    assert not Submission.objects.exists()


# --- Where it is read -----------------------------------------------------------------------


def test_its_page_shows_every_part_under_its_heading_and_what_it_is(client, plan, step):
    proposal = card(client, plan)
    page = client.get(f"/ar/ideas/{proposal.reference}/").content.decode()
    shown = (TEXT, "نافورات عمومية", "عنوان problem", "عنوان solution", "بطاقة مشروع انفتاح جديد")
    assert [text for text in shown if text not in page] == []


def test_the_list_says_which_are_new_projects(client, plan, step):
    card(client, plan)
    make_proposal(step)
    page = client.get(f"/ar/{plan.slug}/ideas/").content.decode()
    rows = re.findall(r'<li class="idea">.*?</li>', page, re.DOTALL)
    assert [("بطاقة مشروع انفتاح جديد" in row) for row in rows] == [False, True]


def test_its_author_reads_the_parts_by_code(client, plan, step):
    code = code_on(client.post(FORM, filled(plan, problem=TEXT)))
    assert TEXT in client.post("/ar/track/", {"code": code}).content.decode()


def test_search_finds_it_by_a_word_of_any_part(client, plan, step):
    proposal = card(client, plan)
    assert Proposal.objects.search("نافورات").get() == proposal


def test_search_finds_it_by_the_same_word_after_it_was_saved_again(client, plan, step):
    proposal = card(client, plan)
    proposal.save()
    assert Proposal.objects.search("نافورات").get() == proposal


def test_its_whole_text_is_the_same_for_every_reader(client, plan, step):
    proposal = card(client, plan, problem=TEXT, solution="نافورات")
    assert proposal.whole_text == f"عنوان problem\n{TEXT}\n\nعنوان solution\nنافورات"


def test_the_whole_text_of_an_idea_is_its_body(step):
    assert make_proposal(step).whole_text == "نقترح إنارة الحي ليلا"


def test_the_file_of_the_proposals_holds_the_whole_text(client, plan, step):
    card(client, plan)
    assert TEXT in ProposalResource().export(Proposal.objects.all()).csv


def test_the_file_of_the_proposals_asks_no_more_for_more_cards(
    client, plan, step, django_assert_max_num_queries
):
    seen = []
    for _more in range(2):
        client.post(FORM, filled(plan, problem=TEXT, solution=TEXT))
        with django_assert_max_num_queries(8) as queries:
            ProposalResource().export(Proposal.objects.all())
        seen.append(len(queries))
    assert seen[0] == seen[1]


def test_the_desk_shows_every_part(client, plan, step):
    proposal = card(client, plan)
    client.force_login(make_user("salma", is_superuser=True))
    page = client.get(f"/ar/admin/proposals/proposal/{proposal.pk}/change/").content.decode()
    shown = (TEXT, "نافورات عمومية", "بطاقة مشروع انفتاح جديد")
    assert [text for text in shown if text not in page] == []


def test_a_card_sent_in_the_grace_is_marked_for_staff(client, plan, step):
    proposal = card(client, plan)
    Submission.objects.update(in_grace=True)
    client.force_login(make_user("salma", is_superuser=True))
    page = client.get(f"/fr/admin/proposals/proposal/{proposal.pk}/change/").content.decode()
    assert "Envoyé dans les minutes de tolérance" in page


# --- The ways to it -------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["", "timeline/", "projects/"])
def test_while_remarks_are_open_pages_lead_to_the_card_and_to_the_projects(
    client, plan, step, address
):
    pages = f"/ar/{plan.slug}/"
    assert f'href="{FORM}"' in client.get(pages + address).content.decode()
    assert f'href="{pages}projects/"' in client.get(pages + address).content.decode()
    step.starts_on = step.ends_on = clock.today() - datetime.timedelta(days=1)
    step.save()
    assert f'href="{FORM}"' not in client.get(pages + address).content.decode()
