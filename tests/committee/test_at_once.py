"""Two people who decide at the same moment: one wins, the other keeps the text."""

import threading

import pytest
from django.db import connection

from proposals.models import Decision, Status
from tests.factories import make_plan, make_proposal, make_step

from .acting import decide, decide_together, sign_in, statuses

pytestmark = pytest.mark.django_db(transaction=True)

MINE = "تعليلي الخاص الذي كتبته قبل غيري"


@pytest.fixture
def step():
    return make_step(make_plan())


def text(answer):
    return answer.content.decode()


def at_once(press):
    """Let two people do the same."""
    threads = [threading.Thread(target=press, args=[number]) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_of_two_who_decide_on_the_same_ones_at_once_each_idea_has_one_decision(step):
    ideas = [make_proposal(step) for _number in range(6)]
    clients = [sign_in(f"member-{number}", group="member") for number in range(2)]
    start, faults = threading.Barrier(2), []

    def press(number):
        start.wait()
        answer = decide_together(clients[number], ideas, ["accepted", "rejected"][number])
        faults.append(text(answer).count("entry-row--faulty"))
        connection.close()

    at_once(press)
    assert (Decision.objects.count(), sum(faults)) == (6, 6)


def test_in_fifty_rounds_of_two_who_decide_at_once_one_wins_and_the_other_keeps_the_text(step):
    ideas = [make_proposal(step, title=f"فكرة {number}") for number in range(50)]
    clients = [sign_in(f"member-{number}", group="member") for number in range(2)]
    start, answers = threading.Barrier(2), {idea.pk: [] for idea in ideas}

    def press(number):
        for idea in ideas:
            mine = f"{MINE} {number}"
            start.wait()
            answer = decide(clients[number], idea, ["accepted", "rejected"][number], reason=mine)
            answers[idea.pk].append((answer.status_code, mine in text(answer)))
        connection.close()

    at_once(press)
    assert [sorted(found) for found in answers.values()] == [[(302, False), (409, True)]] * 50
    assert Decision.objects.count() == 50
    assert set(statuses(ideas)) <= {Status.ACCEPTED, Status.REJECTED}
