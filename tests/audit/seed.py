"""A portal with an edition of each kind: real and open, rehearsed, closed, empty, and the commune's own."""

import datetime

import time_machine
from django.core.management import call_command
from django.db import connection

from committee import rehearsal
from consultations.models import ActionPlan, Commune, WithholdingCategory
from openmuni import clock
from proposals.guards import create_guards, drop_guards
from proposals.models import Proposal
from tests.committee.voting import make_session, make_sitting, make_vote
from tests.factories import make_actor, make_axis, make_project, make_version
from tests.openmuni.who_may import photograph

YEARS_AGO = datetime.timedelta(days=3 * 365)


def editions() -> dict[str, ActionPlan]:
    """The editions by kind; the database holds nothing before."""
    call_command("loaddata", "fixtures/larache.json", "fixtures/morocco.json", verbosity=0)
    # What a commune has yet to fill in, so that no page is shorter than it will be.
    Commune.objects.update(contact_phone="+212539000000", contact_email="commune@example.org")
    found = {"deck": ActionPlan.objects.get(), "closed": _closed(), "open": _open()}
    found["rehearsal"] = rehearsal.build()
    rehearsal.print_documents(found["rehearsal"])
    found["empty"] = _nearly_empty()
    return found


def _closed() -> ActionPlan:
    """An edition of the past, adopted by the council."""
    with time_machine.travel(clock.now() - YEARS_AGO, tick=True):
        plan = _real("2022-2023")
        adopted = make_version(plan, kind="adopted", acted_on=clock.today())
        endorsed = make_version(plan, kind="endorsed", acted_on=clock.today())
        session = make_session(plan, month=clock.today(), starts_on=clock.today())
        make_vote(make_sitting(session, held_on=clock.today()), endorsed)
        rehearsal.print_documents(plan)
    plan.close(by=make_actor())
    return adopted.plan


def _open() -> ActionPlan:
    """An edition in which one may take part, with an idea that was withheld after it was public."""
    plan = _real("2030-2031")
    idea = Proposal.objects.public().filter(plan=plan, status="in_progress").first()
    idea.submission.withhold(
        by=make_actor(), category=WithholdingCategory.PERSONAL_DATA, reason="فيه رقم هاتف شخص آخر."
    )
    photograph(plan.steps.first())
    return plan


def _real(years) -> ActionPlan:
    """A rehearsal that is none any more: rehearsals are kept out of search engines on purpose."""
    plan = rehearsal.build()
    drop_guards(connection)
    start, end = map(int, years.split("-"))
    titles = {
        "title_ar": f"برنامج عمل الانفتاح {years}",
        "title_fr": f"Programme d’action d’ouverture {years}",
    }
    ActionPlan.objects.filter(pk=plan.pk).update(
        is_rehearsal=False, slug=years, start_year=start, end_year=end, **titles
    )
    create_guards(connection)
    return ActionPlan.objects.get(pk=plan.pk)


def _nearly_empty() -> ActionPlan:
    """An edition on its first day: one axis, one project of which nothing is known but its name."""
    plan = ActionPlan.objects.create(
        slug="2032-2033",
        start_year=2032,
        end_year=2033,
        title_ar="برنامج عمل الانفتاح 2032-2033",
        title_fr="Programme d’action d’ouverture 2032-2033",
    )
    make_project(plan, axis=make_axis(plan))
    return plan
