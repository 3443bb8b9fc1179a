"""A log with acts of many kinds in it, for the tests that read it or tamper with it."""

import datetime

from committee.models import CouncilSession
from consultations.models import ActionPlan
from openmuni import clock
from tests.factories import (
    REASON,
    make_actor,
    make_card,
    make_plan,
    make_project,
    make_proposal,
    make_step,
)


def make_logged_plan(**fields) -> ActionPlan:
    """An edition in which some of what came in was read, decided on and answered: 19 acts and the beginning."""
    amina = make_actor()
    plan = make_plan(**fields)
    step = make_step(plan)
    project = make_project(plan)
    ideas = [make_proposal(step, title=f"الفكرة {place}") for place in range(6)]
    ideas[0].accept(by=amina, reason=REASON)
    ideas[1].reject(by=amina, reason=REASON)
    ideas[1].reopen(by=make_actor("salma"), reason=REASON)
    ideas[2].merge_into(project, kept_part="الإنارة", by=amina, reason=REASON)
    ideas[3].submission.withhold(by=amina, category="insult", reason=REASON)
    ideas[3].submission.erase_author(by=amina)
    remark = make_card(project, step=step).remarks.get()
    for outcome in ("later", "taken"):
        remark.give_answer(outcome, REASON, by=amina)
    ends_on = step.ends_on + datetime.timedelta(days=2)
    step.move(by=amina, reason_ar="عطلة رسمية", ends_on=ends_on)
    session = CouncilSession.objects.create(plan=plan, month=clock.today())
    later = clock.today() + datetime.timedelta(days=40)
    session.move(by=amina, reason_ar="تأجيل", month=later)
    plan.close(by=amina)
    plan.open(by=amina)
    return plan
