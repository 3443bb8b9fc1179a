"""The stages of a form of the public, as a browser without JavaScript goes through them."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from consultations.models import Submission
from consultations.receipts import new_key
from proposals.look_alikes import forget_texts
from proposals.models import Proposal
from tests.factories import make_axis, make_heading, make_plan, make_proposal, make_step
from tests.proposals.test_intake_pages import answers, close, code_on

pytestmark = pytest.mark.django_db

TITLE, BODY = "إنارة الحي", "نقترح إنارة الحي ليلا"


@pytest.fixture(autouse=True)
def _texts_of_no_other_test():
    forget_texts()


@pytest.fixture
def plan():
    return make_plan()


@pytest.fixture
def step(plan):
    return make_step(plan)


@pytest.fixture
def press(client, plan, step):
    """Press a button of Souad's form: press("check", title="…") → the response."""

    def send(act, language="ar", **changes):
        with translation.override(language):
            address = reverse("idea_new", args=[plan.slug])
        return client.post(address, answers(act=act, **changes))

    return send


def stage(response):
    return str(response.context["stage"])


def wrong(response):
    return set(response.context["form"].errors)


def carried(response):
    """What the page hides to carry it to the next stage: {name: value}."""
    page = response.content.decode()
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
    return dict(hidden)


def test_the_first_page_asks_for_the_idea_and_for_nothing_about_its_author(client, plan, step):
    response = client.get(f"/ar/{plan.slug}/ideas/new/")
    page = response.content.decode()
    assert stage(response) == "text"
    assert '<textarea name="body"' in page
    assert 'type="text" name="author_name"' not in page


@pytest.mark.parametrize(
    ("act", "shown"),
    [("text", "text"), ("alike", "author"), ("author", "author"), ("check", "check")],
)
def test_a_button_leads_where_it_says(press, act, shown):
    assert stage(press(act)) == shown
    assert not Submission.objects.exists()


def test_the_last_button_gives_the_receipt(press):
    assert len(code_on(press("send"))) == 16


@pytest.mark.parametrize("act", ["", "nowhere", "SEND", "\0"])
def test_an_unknown_button_sends_nothing(press, act):
    assert stage(press(act)) == "check"
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    ("act", "changes", "shown", "faults"),
    [
        ("author", {"title": ""}, "text", {"title"}),
        ("check", {"title": "", "consent": ""}, "text", {"title"}),
        ("check", {"consent": ""}, "author", {"consent"}),
        ("check", {"shown_as": "person"}, "author", {"author_name"}),
        ("send", {"body": ""}, "text", {"body"}),
        ("send", {"consent": ""}, "author", {"consent"}),
        ("send", {"key": "broken"}, "check", {"key"}),
    ],
)
def test_a_fault_leads_to_the_stage_of_its_field(press, act, changes, shown, faults):
    response = press(act, **changes)
    assert (stage(response), wrong(response)) == (shown, faults)


@pytest.mark.parametrize("act", ["text", "author"])
def test_who_comes_to_a_stage_finds_no_faults_on_it(press, act):
    response = press(act, consent="", contact="06 00", **{"title": ""} if act == "text" else {})
    assert (stage(response), wrong(response)) == (act, set())


def test_every_stage_carries_what_was_typed_on_the_others(press):
    typed = {"title": TITLE, "body": BODY, "author_name": "سعاد", "contact": "souad@example.org"}
    hidden = carried(press("text", **typed))
    assert (hidden["author_name"], hidden["contact"]) == ("سعاد", "souad@example.org")
    assert typed.items() <= carried(press("check", **typed)).items()


def test_the_key_and_the_hour_of_opening_go_along(client, plan, step, press):
    first = carried(client.get(f"/ar/{plan.slug}/ideas/new/"))
    later = carried(press("check", key=first["key"], opened=first["opened"]))
    assert (later["key"], later["opened"]) == (first["key"], first["opened"])


def test_who_presses_send_again_on_the_last_stage_has_one_idea(press):
    sent = carried(press("check"))
    del sent["csrfmiddlewaretoken"]
    codes = {code_on(press("send", **sent)) for _time in range(2)}
    assert (len(codes), Proposal.objects.count()) == (1, 1)


def test_a_window_that_closes_between_two_stages_gives_the_text_back(press, step):
    close(step)
    response = press("check", body="نص لا يضيع")
    assert response.status_code == 403
    assert "نص لا يضيع" in response.content.decode()


@pytest.mark.parametrize("act", ["author", "check"])
def test_between_stages_no_security_token_is_missed(plan, step, act):
    careful = Client(enforce_csrf_checks=True)
    response = careful.post(f"/ar/{plan.slug}/ideas/new/", answers(act=act))
    assert (response.status_code, stage(response)) == (200, act)


def test_a_refused_token_keeps_the_last_stage_with_everything(plan, step):
    careful = Client(enforce_csrf_checks=True)
    response = careful.post(f"/ar/{plan.slug}/ideas/new/", answers(act="send"))
    assert (response.status_code, stage(response)) == (403, "check")
    assert carried(response)["body"] == BODY
    assert not Submission.objects.exists()


def test_the_other_language_shows_the_same_stage_with_everything(press):
    response = press("author", language="fr", author_name="سعاد", consent="")
    assert (stage(response), wrong(response)) == ("author", set())
    assert carried(response)["body"] == BODY


def test_the_title_says_that_something_is_wrong_and_at_which_step(press):
    title = re.search(
        r"<title>(.*?)</title>", press("check", consent="").content.decode(), re.DOTALL
    )
    assert title[1].startswith("خطأ:")
    assert "الخطوة 2 من 3" in title[1]


# --- Look-alikes ----------------------------------------------------------------------------


def test_what_is_alike_and_public_is_shown_once(press, step):
    make_proposal(step, title=TITLE, body=BODY)
    response = press("alike")
    assert [proposal.title for proposal in response.context["alike"]] == [TITLE]
    assert stage(press("author")) == "author"
    assert stage(press("alike", seen="1")) == "author"


def test_what_is_alike_is_read_in_place_and_its_page_opens_beside_the_form(press, step):
    make_proposal(step, title=TITLE, body=f"{BODY} كله")
    page = press("alike").content.decode()
    assert f"{BODY} كله" in page
    assert re.search(
        r'href="/ar/ideas/[^"]+" target="_blank" rel="noopener">[^<]*نافذة جديدة', page
    )


def test_what_is_not_public_is_never_shown_as_alike(press, step):
    make_proposal(step, title=TITLE, body=BODY, published=False)
    assert stage(press("alike")) == "author"


def test_a_handful_of_what_is_alike_is_enough(press, step):
    for _number in range(6):
        make_proposal(step, title=TITLE, body=BODY)
    assert len(press("alike").context["alike"]) == 4


def test_what_is_alike_stands_in_the_way_of_no_whole_form(press, step, client, plan):
    make_proposal(step, title=TITLE, body=BODY)
    sent = {name: value for name, value in answers().items() if name != "act"}
    assert len(code_on(client.post(f"/ar/{plan.slug}/ideas/new/", sent))) == 16


def test_a_new_project_is_compared_too(client, plan):
    step, heading = make_step(plan, accepts="both"), make_heading(plan)
    make_proposal(step, title=TITLE, body=BODY)
    box = f"heading-{heading.pk}"
    sent = {"key": new_key(), "title": TITLE, box: BODY, "act": "alike", "shown_as": "nobody"}
    assert stage(client.post(f"/ar/{plan.slug}/projects/new/", sent)) == "alike"


@pytest.mark.parametrize("number", [1, 4])
def test_what_is_alike_asks_no_more_for_more(press, step, number, django_assert_max_num_queries):
    for _number in range(number):
        make_proposal(step, title=TITLE, body=BODY, axis=make_axis(step.plan, key=f"k{_number}"))
    press("alike")
    with django_assert_max_num_queries(9):
        press("alike")


# --- The look over it all -------------------------------------------------------------------


def answered(response, group):
    return {str(answer.label): answer for answer in response.context[group]}


def test_the_review_tells_what_is_published_from_what_never_is(press):
    response = press("check", author_name="سعاد", contact="0612345678")
    public, private = (answered(response, group) for group in ("published", "kept_private"))
    assert {TITLE, BODY, "لا يُنشر اسمك"} <= {answer.text for answer in public.values()}
    assert {"سعاد", "06 12 34 56 78"} <= {answer.text for answer in private.values()}


@pytest.mark.parametrize(
    ("name", "shown"), [("title", "text"), ("shown_as", "author"), ("contact", "author")]
)
def test_the_review_leads_to_a_field_and_the_next_button_back_to_it(press, name, shown):
    page = press("check").content.decode()
    assert f'/ideas/new/#id_{name}" name="change" value="{name}"' in page
    there = press("send", change=name)
    assert (stage(there), str(there.context["next_act"])) == (shown, "check")
    faulty = press("check", title="", looked_over=carried(there)["looked_over"])
    assert str(faulty.context["next_act"]) == "check"


def test_before_the_review_the_stages_follow_each_other(press):
    assert [str(press(act).context["next_act"]) for act in ("text", "author")] == ["alike", "check"]


def test_a_form_is_sent_to_an_address_without_a_fragment(press):
    response = press("text")
    assert f'method="post" action="{response.wsgi_request.path}"' in response.content.decode()


def test_who_agrees_to_nothing_is_told_what_to_do(press):
    page = press("check", consent="").content.decode()
    assert "ضع علامة في خانة الموافقة" in page


def test_a_name_that_is_published_is_not_called_private(press):
    response = press("check", author_name="سعاد", shown_as="person")
    assert "سعاد" in {answer.text for answer in answered(response, "published").values()}
    assert "سعاد" not in {answer.text for answer in answered(response, "kept_private").values()}


def test_the_review_promises_a_day_for_reading_and_one_for_the_answer(press, plan):
    response = press("check")
    assert response.context["answered_by"] > response.context["read_by"]
    assert "في أجل أقصاه" in response.content.decode()


def test_personal_data_in_a_text_is_doubted_and_does_not_stand_in_the_way(press):
    text = f"{BODY}، هاتفي ٠٦١٢٣٤٥٦٧٨"
    response = press("check", body=text)
    assert [answer.text for answer in response.context["published"] if answer.doubts] == [text]
    assert len(code_on(press("send", body=text))) == 16


# --- A contact nobody can read --------------------------------------------------------------


def test_a_contact_nobody_can_read_is_doubted_once_and_kept_as_it_is(press):
    doubted = press("check", contact="06 12 34")
    assert (stage(doubted), wrong(doubted)) == ("author", {"contact"})
    again = press("check", contact="06 12 34", contact_warned=carried(doubted)["contact_warned"])
    assert stage(again) == "check"
    sent = carried(again)
    del sent["csrfmiddlewaretoken"]
    press("send", **sent)
    assert Submission.objects.get().contact.phone == "06 12 34"


def test_another_contact_than_the_doubted_one_is_doubted_anew(press):
    assert wrong(press("check", contact="06 12", contact_warned="06 12 34")) == {"contact"}


def test_a_contact_too_long_to_be_kept_stays_refused(press):
    long = "اتصلوا بي عند الجيران في آخر الزقاق"
    doubted = press("check", contact=long)
    assert "contact_warned" not in carried(doubted)
    assert wrong(press("check", contact=long, contact_warned=long)) == {"contact"}
