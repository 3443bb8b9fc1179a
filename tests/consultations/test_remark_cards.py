"""The remarks card: its page, what it refuses, what is kept and what its author reads of it."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from consultations.models import Remark, RemarkCard, Submission
from consultations.receipts import new_key
from openmuni import clock
from tests.factories import (
    REASON,
    make_actor,
    make_heading,
    make_plan,
    make_project,
    make_step,
    make_version,
)
from tests.proposals.test_intake_pages import code_on

pytestmark = pytest.mark.django_db

KEYS = [
    "problem",
    "solution",
    "funding_source",
    "followup_indicator",
    "impact_indicator",
    "other",
]
REMARK = "المشكل الأول هو الإنارة قبل الحراسة"


@pytest.fixture
def project():
    plan = make_plan()
    for key in KEYS:
        make_heading(plan, key)
    return make_project(plan, problem_ar="ضعف الصيانة في الحدائق")


@pytest.fixture
def step(project):
    return make_step(project.plan, accepts="remarks")


def card_of(project):
    return reverse("remark_card_new", args=[project.pk])


def box(project, key):
    """The name of the box for a remark on `key`."""
    return f"heading-{project.plan.headings.get(key=key).pk}"


def filled(project, *, extra=(), **texts):
    """What Souad sends: a remark under each heading named."""
    boxes = {box(project, key): text for key, text in texts.items()}
    return {"key": new_key(), "shown_as": "nobody", "consent": "on"} | boxes | dict(extra)


# --- The page -------------------------------------------------------------------------------


def test_each_heading_stands_beside_its_box_and_the_other_is_last(client, project, step):
    project.plan.headings.filter(key="other").update(order=0)
    sections = client.get(card_of(project)).context["form"].sections()
    assert [section["heading"].key for section in sections] == KEYS
    assert sections[0]["text"] == "ضعف الصيانة في الحدائق"


def test_a_heading_with_nothing_written_says_so(client, project, step):
    page = client.get(card_of(project)).content.decode()
    assert page.count("لم يحدد بعد") >= 4


def test_the_card_names_the_version_before_the_public(client, project, step):
    make_version(project.plan)
    make_version(project.plan, published_at=None)
    assert client.get(card_of(project)).context["version"].number == 1


def test_a_project_of_an_edition_being_prepared_has_no_card(client, project, step):
    project.plan.state = "preparing"
    project.plan.save()
    assert client.get(card_of(project)).status_code == 404


def test_a_page_of_a_card_runs_the_same_queries_for_more_headings(
    client, project, step, django_assert_max_num_queries
):
    client.get(card_of(project))
    seen = []
    for keys in (KEYS, KEYS[:1]):
        project.plan.headings.exclude(key__in=keys).delete()
        with django_assert_max_num_queries(9) as queries:
            client.get(card_of(project))
        seen.append(len(queries))
    assert seen[0] == seen[1]


# --- What is kept ---------------------------------------------------------------------------


@pytest.mark.parametrize("keys", [["solution"], KEYS])
def test_one_remark_is_enough_and_all_are_kept(client, project, step, keys):
    texts = {key: f"{REMARK} {key}" for key in keys}
    response = client.post(card_of(project), filled(project, **texts))
    assert response.status_code == 200
    kept = {remark.heading.key: remark.text for remark in Remark.objects.all()}
    assert kept == texts


def test_the_receipt_bears_the_reference_and_the_code(client, project, step):
    response = client.post(card_of(project), filled(project, problem=REMARK))
    assert Submission.objects.get().reference in response.content.decode()
    assert len(code_on(response)) == 16


def test_a_card_waits_for_moderation_and_names_its_project_and_version(client, project, step):
    version = make_version(project.plan)
    client.post(card_of(project), filled(project, problem=REMARK))
    card = RemarkCard.objects.get()
    assert (card.project, card.version, card.submission.step) == (project, version, step)
    assert card.submission.moderation == "pending"


def test_before_any_version_is_public_a_card_names_none(client, project, step):
    client.post(card_of(project), filled(project, problem=REMARK))
    assert RemarkCard.objects.get().version is None


def test_sent_twice_it_is_one_card_under_one_code(client, project, step):
    sent = filled(project, problem=REMARK)
    codes = {code_on(client.post(card_of(project), sent)) for _time in range(2)}
    assert (len(codes), RemarkCard.objects.count(), Remark.objects.count()) == (1, 1, 1)


def test_the_same_words_on_another_project_are_another_card(client, project, step):
    other, sent = make_project(project.plan), filled(project, problem=REMARK)
    codes = {code_on(client.post(card_of(each), sent)) for each in (project, other)}
    assert (len(codes), RemarkCard.objects.count()) == (2, 2)


def test_the_contact_is_kept_apart_from_the_remarks(client, project, step):
    author = {"author_name": "سعاد", "contact": "0612345678"}
    client.post(card_of(project), filled(project, problem=REMARK, extra=author))
    contact = Submission.objects.get().contact
    assert (contact.name, contact.phone) == ("سعاد", "+212612345678")


# --- What is refused ------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "   ", "\u200b", "\0\0"])
def test_a_card_without_a_remark_is_refused_and_told_so(client, project, step, text):
    response = client.post(card_of(project), filled(project, problem=text, other=text))
    assert set(response.context["form"].errors) == {box(project, "problem")}
    assert "دوّن ملاحظة واحدة على الأقل" in response.content.decode()
    assert not Submission.objects.exists()


def test_a_remark_is_as_long_as_its_limit_and_no_longer(client, project, step):
    long = client.post(card_of(project), filled(project, problem="😀" * 2001, other=REMARK))
    assert set(long.context["form"].errors) == {box(project, "problem")}
    assert REMARK in long.content.decode()
    client.post(card_of(project), filled(project, problem="😀" * 2000))
    assert Remark.objects.get().text == "😀" * 2000


def test_without_consent_nothing_is_kept_and_every_remark_comes_back(client, project, step):
    texts = {key: f"{REMARK} {key}" for key in KEYS}
    page = client.post(card_of(project), filled(project, extra={"consent": ""}, **texts))
    assert not Submission.objects.exists()
    assert [text for text in texts.values() if text not in page.content.decode()] == []


def test_a_box_of_another_edition_is_no_box_of_this_card(client, project, step):
    stranger = make_heading(make_plan(slug="2032-2033"))
    sent = filled(project, extra={f"heading-{stranger.pk}": REMARK})
    assert client.post(card_of(project), sent).context["form"].errors
    assert not Remark.objects.exists()


@pytest.mark.parametrize("accepts", ["nothing", "ideas"])
def test_a_window_for_something_else_takes_no_remark(client, project, accepts):
    make_step(project.plan, accepts=accepts)
    assert client.post(card_of(project), filled(project, problem=REMARK)).status_code == 403


def test_a_closed_window_gives_every_remark_back(client, project):
    make_step(project.plan, accepts="remarks", first=-9, last=-5)
    texts = {key: f"{REMARK} <b>{key}</b>" for key in KEYS}
    response = client.post(card_of(project), filled(project, **texts))
    assert response.status_code == 403
    assert [t for t in texts.values() if escape(t) not in response.content.decode()] == []


def test_a_closed_card_sets_no_cookie(client, project):
    response = client.get(card_of(project))
    assert (response.status_code, len(response.cookies)) == (200, 0)


def test_who_sends_again_after_the_window_gets_the_same_receipt(client, project, step):
    sent = filled(project, problem=REMARK)
    first = client.post(card_of(project), sent)
    step.starts_on = step.ends_on = clock.today() - datetime.timedelta(days=1)
    step.save()
    assert code_on(client.post(card_of(project), sent)) == code_on(first)


def test_a_refused_security_token_gives_the_card_back_with_its_text(project, step):
    careful = Client(enforce_csrf_checks=True)
    response = careful.post(card_of(project), filled(project, problem=REMARK))
    assert response.status_code == 403
    assert REMARK in response.content.decode()
    assert not Submission.objects.exists()


# --- Following it ---------------------------------------------------------------------------


@pytest.fixture
def code(client, project, step):
    """The code of Souad's card, with two remarks."""
    sent = filled(project, problem=REMARK, other="ملاحظة خارج الخانات")
    return code_on(client.post(card_of(project), sent))


def tracked(client, code):
    return client.post("/ar/track/", {"code": code})


def test_the_code_leads_to_the_card_with_every_remark(client, project, code):
    response = tracked(client, code)
    page = response.content.decode()
    assert [t for t in (REMARK, "ملاحظة خارج الخانات", str(project)) if t not in page] == []
    assert "no-store" in response["Cache-Control"]


def test_the_answer_of_the_committee_is_read_by_code(client, code):
    remark = Remark.objects.first()
    remark.card.submission.publish(by=make_actor())
    remark.give_answer("partly", REASON, by=make_actor())
    page = tracked(client, code).content.decode()
    assert [t for t in (REASON, str(remark.get_outcome_display())) if t not in page] == []
    assert "أمينة" not in page


def test_a_withheld_card_says_so_to_its_author(client, code):
    Submission.objects.get().withhold(
        by=make_actor(), category="insult", reason="عبارة جارحة في النص"
    )
    assert "عبارة جارحة في النص" in tracked(client, code).content.decode()


def test_a_card_is_followed_in_the_same_queries_with_more_remarks(
    client, project, step, django_assert_max_num_queries
):
    codes = [
        code_on(client.post(card_of(project), filled(project, **dict.fromkeys(keys, REMARK))))
        for keys in (KEYS[:1], KEYS)
    ]
    tracked(client, codes[0])
    seen = []
    for code in codes:
        with django_assert_max_num_queries(10) as queries:
            tracked(client, code)
        seen.append(len(queries))
    assert seen[0] == seen[1]
