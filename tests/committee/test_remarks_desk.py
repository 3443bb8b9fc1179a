"""The desk of a remarks card: what is shown, what is answered, what is given back."""

import re
import threading

import pytest
from django.db import connection
from django.test import Client
from django.utils.html import escape

from consultations.models import Contact, Remark, Submission
from tests.factories import (
    REASON,
    make_actor,
    make_card,
    make_plan,
    make_project,
    make_step,
    make_version,
)

from .acting import give_seat, sign_in

pytestmark = pytest.mark.django_db

DESK = "/ar/admin/consultations/remarkcard/"
ANSWER = "أخذت اللجنة بهذه الملاحظة وستعدل النص"
MINE = "جوابي الذي كتبته قبل أن يجيب غيري"


@pytest.fixture
def card():
    plan = make_plan()
    make_step(plan)
    project = make_project(plan, problem_ar="إشكالية قديمة")
    make_version(plan)
    return make_card(project, problem="كلام <b>المواطن</b>", solution="حل آخر")


@pytest.fixture
def member(card):
    give_seat("malika", card.plan)
    return sign_in("malika", group="member")


@pytest.fixture
def moderator():
    return sign_in("sanae", group="moderator")


def text(response):
    return response.content.decode()


def page(client, card):
    return client.get(f"{DESK}{card.pk}/change/")


def act(client, card, name, **sent):
    return client.post(f"{DESK}{card.pk}/{name}/", sent)


def rows(card, *answers):
    """What a freshly opened form sends with `answers`, pairs of outcome and text, by the remarks in order."""
    sent = {}
    for remark, (outcome, answer) in zip(card.remarks.all(), answers, strict=False):
        seen = remark.answered_at.isoformat() if remark.answered_at else ""
        sent |= {f"outcome_{remark.pk}": outcome, f"answer_{remark.pk}": answer}
        sent |= {f"seen_{remark.pk}": seen, f"initial-outcome_{remark.pk}": remark.outcome}
        sent |= {f"initial-answer_{remark.pk}": remark.answer}
    return sent


def answers(card):
    return [(remark.outcome, remark.answer) for remark in card.remarks.all()]


# --- Reading ---------------------------------------------------------------------------------------


def test_the_words_of_the_citizen_are_shown_and_not_run(member, card):
    assert escape("<b>المواطن</b>") in text(page(member, card))


def test_the_text_of_the_project_stands_beside_each_remark_and_its_version_is_named(member, card):
    shown = text(page(member, card))
    assert all(words in shown for words in ("إشكالية قديمة", "1"))
    assert page(member, card).context["rows"][0]["became"].version == 1


def test_what_the_text_became_is_shown_word_by_word(member, card):
    type(card.project).objects.update(problem_ar="إشكالية جديدة")
    shown = text(page(member, card))
    assert re.search(r"<del>.*قديمة.*</del>", shown)
    assert re.search(r"<ins>.*جديدة.*</ins>", shown)


def test_a_card_sent_in_the_minutes_of_grace_says_so(member, card):
    said = "أُرسلت في دقائق التسامح"
    assert said not in text(page(member, card))
    Submission.objects.update(in_grace=True)
    assert said in text(page(member, card))


def test_an_unknown_card_is_not_found(member):
    assert member.get(f"{DESK}123456/change/").status_code == 404


def test_a_stranger_is_led_to_the_sign_in_page(card):
    assert page(Client(), card).url.startswith("/ar/admin/login/")


# --- Roles -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("group", "offered"),
    [
        ("member", {"answer"}),
        ("moderator", {"withhold"}),
        ("auditor", set()),
        ("coordinator", {"withhold", "answer", "erase"}),
    ],
)
def test_the_acts_offered_on_a_published_card(card, group, offered):
    answer = page(sign_in(f"of-{group}", group=group), card)
    assert answer.status_code == 200
    assert {*answer.context["forms"]} == offered


@pytest.mark.parametrize("group", ["moderator", "auditor"])
def test_who_may_not_answer_cannot(card, group):
    client = sign_in(f"of-{group}", group=group)
    assert act(client, card, "answer", **rows(card, ("taken", ANSWER))).status_code == 403
    assert Remark.objects.unanswered().count() == 2


def test_who_may_not_moderate_cannot(member, card):
    assert act(member, card, "withhold", category="insult", reason=REASON).status_code == 403


# --- Answering -------------------------------------------------------------------------------------


def test_the_answers_of_a_card_are_saved_at_once_under_the_name_of_the_seat(member, card):
    act(member, card, "answer", **rows(card, ("taken", ANSWER), ("later", MINE)))
    assert answers(card) == [("taken", ANSWER), ("later", MINE)]
    assert {remark.answered_by_name for remark in card.remarks.all()} == {"مليكة"}


def test_a_row_that_is_left_empty_waits(member, card):
    act(member, card, "answer", **rows(card, ("", ""), ("taken", ANSWER)))
    assert answers(card) == [("", ""), ("taken", ANSWER)]


@pytest.mark.parametrize(
    ("outcome", "answer"), [("taken", ""), ("", MINE), ("taken", "قصير"), ("maybe", MINE)]
)
def test_a_faulty_row_is_marked_and_nothing_is_saved(member, card, outcome, answer):
    given = act(member, card, "answer", **rows(card, (outcome, answer), ("taken", ANSWER)))
    first = card.remarks.first()
    assert {*given.context["forms"]["answer"].errors} <= {
        f"outcome_{first.pk}",
        f"answer_{first.pk}",
    }
    assert all(words in text(given) for words in (answer, ANSWER))
    assert answers(card) == [("", ""), ("", "")]


def test_saving_without_a_word_is_said(member, card):
    given = act(member, card, "answer", **rows(card, ("", ""), ("", "")))
    assert given.context["forms"]["answer"].non_field_errors()


def test_an_answer_can_be_corrected(member, card):
    act(member, card, "answer", **rows(card, ("taken", ANSWER)))
    act(member, card, "answer", **rows(card, ("partly", MINE)))
    assert answers(card)[0] == ("partly", MINE)


def test_what_was_not_touched_does_not_overwrite_a_colleague(member, card):
    act(member, card, "answer", **rows(card, ("taken", ANSWER)))
    opened = rows(card, ("taken", ANSWER), ("later", MINE))
    colleague = sign_in("hamid", group="member")
    act(colleague, card, "answer", **rows(card, ("not_taken", "جواب آخر من زميل في اللجنة")))
    assert act(member, card, "answer", **opened).status_code == 302
    assert answers(card) == [("not_taken", "جواب آخر من زميل في اللجنة"), ("later", MINE)]


def test_who_answers_second_reads_the_first_and_keeps_the_text(member, card):
    opened = rows(card, ("not_taken", MINE), ("taken", MINE + " أيضا"))
    act(sign_in("hamid", group="member"), card, "answer", **rows(card, ("taken", ANSWER)))
    given = act(member, card, "answer", **opened)
    assert given.status_code == 409
    assert all(words in text(given) for words in (ANSWER, MINE, MINE + " أيضا"))
    assert answers(card) == [("taken", ANSWER), ("", "")]


def test_after_a_conflict_the_form_can_be_sent_as_it_is(member, card):
    opened = rows(card, ("not_taken", MINE))
    act(sign_in("hamid", group="member"), card, "answer", **rows(card, ("taken", ANSWER)))
    form = act(member, card, "answer", **opened).context["forms"]["answer"]
    sent = {field.html_name: field.value() for field in form}
    sent |= {field.html_initial_name: form.data[field.html_initial_name] for field in form}
    assert act(member, card, "answer", **sent).status_code == 302
    assert answers(card)[0] == ("not_taken", MINE)


def test_a_card_that_is_withheld_meanwhile_gives_the_text_back(member, card):
    opened = rows(card, ("taken", MINE))
    card.submission.withhold(by=make_actor(), category="insult", reason=REASON)
    given = act(member, card, "answer", **opened)
    assert (given.status_code, MINE in text(given)) == (409, True)


def test_an_answer_that_the_report_made_final_gives_the_text_back(member, card):
    act(member, card, "answer", **rows(card, ("taken", ANSWER), ("taken", ANSWER)))
    opened = rows(card, ("later", MINE))
    type(card.submission.step).objects.update(report_published_at=card.submission.received_at)
    given = act(member, card, "answer", **opened)
    assert (given.status_code, MINE in text(given)) == (409, True)
    assert "answer" not in page(member, card).context["forms"]


def test_a_refused_security_token_gives_the_desk_back_with_the_text(member, card):
    careful = Client(enforce_csrf_checks=True)
    careful.cookies = member.cookies
    sent = rows(card, ("taken", MINE))
    given = act(careful, card, "answer", **sent)
    assert (given.status_code, MINE in text(given)) == (403, True)
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', text(given))[1]
    act(careful, card, "answer", **sent, csrfmiddlewaretoken=token)
    assert answers(card)[0] == ("taken", MINE)


@pytest.mark.django_db(transaction=True)
def test_of_six_who_answer_at_once_one_wins_and_five_keep_their_text(card):
    start, given = threading.Barrier(6), []
    clients = [sign_in(f"member-{number}", group="member") for number in range(6)]
    opened = [rows(card, ("taken", f"{MINE} {number}")) for number in range(6)]

    def press(number):
        start.wait()
        answer = act(clients[number], card, "answer", **opened[number])
        given.append((answer.status_code, f"{MINE} {number}" in text(answer)))
        connection.close()

    threads = [threading.Thread(target=press, args=[number]) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(given) == [(302, False), *[(409, True)] * 5]


# --- Moderating ------------------------------------------------------------------------------------


def test_a_moderator_publishes_withholds_and_restores_a_card(moderator, card):
    fresh = make_card(card.project, published=False)
    act(moderator, fresh, "publish")
    act(moderator, fresh, "withhold", category="insult", reason=REASON)
    act(moderator, fresh, "restore", reason=REASON)
    acts = fresh.submission.moderation_acts.values_list("act", flat=True)
    assert [*acts] == ["publish", "withhold", "restore"]


def test_who_moderates_second_is_told(moderator, card):
    assert act(moderator, card, "publish").status_code == 409


def test_the_coordinator_erases_the_author_and_leaves_the_remarks(card):
    act(sign_in("najat", group="coordinator"), card, "erase", sure="on")
    assert (Contact.objects.count(), Remark.objects.count()) == (0, 2)


# --- The next one ----------------------------------------------------------------------------------


def test_a_member_is_led_to_the_next_card_that_waits_for_answers(member, card):
    following = make_card(card.project)
    answered = act(member, card, "answer", **rows(card, ("taken", ANSWER), ("taken", ANSWER)))
    assert answered.url.startswith(f"{DESK}{following.pk}/change/")


def test_a_moderator_is_led_to_the_next_card_that_nobody_has_read(moderator, card):
    unread, following = (make_card(card.project, published=False) for _number in range(2))
    assert page(moderator, unread).context["queue"].pks == [unread.pk, following.pk]


def test_nobody_is_led_to_another_edition(member, card):
    elsewhere = make_plan(slug="2034-2035")
    make_step(elsewhere)
    make_card(make_project(elsewhere))
    answered = act(member, card, "answer", **rows(card, ("taken", ANSWER), ("taken", ANSWER)))
    assert answered.url.startswith(f"{DESK}{card.pk}/change/")
