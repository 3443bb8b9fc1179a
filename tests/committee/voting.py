"""A council that meets and votes, with figures and days that agree."""

import datetime

from django.core.exceptions import ValidationError
from django.core.management import call_command

from committee.models import CouncilSession, CouncilSitting, Deliberation
from openmuni import clock
from tests.factories import make_plan

# A Tuesday in the first week of October; the vote is on the Thursday.
OPENS = datetime.date(2030, 10, 1)
VOTED = datetime.date(2030, 10, 3)


def on(month, day):
    """A day of the year of the vote."""
    return datetime.date(2030, month, day)


def load_deadlines():
    """The deadlines of the law, as a new portal has them."""
    call_command("loaddata", "fixtures/morocco.json", verbosity=0)


def make_session(plan=None, **fields) -> CouncilSession:
    """A session of a council of 39 members."""
    defaults = {"month": OPENS, "starts_on": OPENS, "members_in_office": 39}
    return CouncilSession.objects.create(plan=plan or make_plan(), **defaults | fields)


def make_sitting(session=None, **fields) -> CouncilSitting:
    """A sitting of 30 members."""
    defaults = {"held_on": VOTED, "present": 30}
    return CouncilSitting.objects.create(session=session or make_session(), **defaults | fields)


def make_version(plan, **fields):
    """A version that the bureau endorsed."""
    number = plan.versions.count() + 1
    defaults = {
        "number": number,
        "kind": "endorsed",
        "data": {},
        "data_sha256": "0" * 64,
        "frozen_at": clock.now(),
        "published_at": clock.now(),
        "acted_on": on(9, 9),
    }
    return plan.versions.create(**defaults | fields)


def vote_of(sitting=None, version=None, **fields) -> Deliberation:
    """A vote that was carried and needs no visa, not saved yet."""
    sitting = sitting or make_sitting()
    defaults = {"votes_for": 20, "votes_against": 4, "abstentions": 3, "visa": "not_needed"}
    version = version or make_version(sitting.session.plan)
    return Deliberation(sitting=sitting, version=version, **defaults | fields)


def make_vote(sitting=None, version=None, **fields) -> Deliberation:
    """A vote that was carried and needs no visa."""
    vote = vote_of(sitting, version, **fields)
    vote.save()
    return vote


def faults_of(thing) -> dict:
    """The messages of what `thing` is refused for, by field."""
    try:
        thing.full_clean()
    except ValidationError as error:
        return error.message_dict
    return {}
