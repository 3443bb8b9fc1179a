"""What the tests of the log of acts share."""

from consultations.acts import Act
from consultations.models import ActLog
from tests.factories import REASON, make_actor, make_plan, make_proposal, make_step


def newest() -> int:
    """The key of the newest act; 0 before the first."""
    last = ActLog.objects.order_by("pk").last()
    return last.pk if last else 0


def acts_since(key) -> list[str]:
    """What was done since the act of that key, the beginning of a log aside."""
    since = ActLog.objects.filter(pk__gt=key).exclude(act=Act.BEGIN)
    return [*since.order_by("pk").values_list("act", flat=True)]


def idea(**fields):
    """A published idea in an edition of its own."""
    return make_proposal(make_step(make_plan()), **fields)


def accepted():
    """An idea that was accepted: three acts with the beginning."""
    proposal = idea()
    proposal.accept(by=make_actor(), reason=REASON)
    return proposal
