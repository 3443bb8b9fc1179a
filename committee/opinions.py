"""What the members think of a proposal before the decision, at a glance; for the committee alone."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Exists, OuterRef

from openmuni import clock
from proposals.models import Proposal, Status

from .models import CommitteeMember, Opinion, Recusal


@dataclass(frozen=True)
class Glance:
    """The opinions on one proposal, the members who are silent, and those who take no part in it."""

    opinions: list[Opinion]
    silent: list[CommitteeMember]
    recused: list[CommitteeMember]

    @cached_property
    def counts(self) -> list[tuple[str, str, int]]:
        """Each view that somebody has, as (view, word, how many), the most frequent first."""
        counted = Counter(opinion.view for opinion in self.opinions)
        views = [(view.value, view.label, counted[view]) for view in Status if counted[view]]
        return sorted(views, key=lambda view: -view[2])

    @property
    def agree(self) -> bool:
        """Whether two members or more said the same, and nobody anything else."""
        return len(self.opinions) > 1 and len(self.counts) == 1

    @property
    def differ(self) -> bool:
        return len(self.counts) > 1


def glance_at(proposal: Proposal) -> Glance:
    """What the members who sit today think of `proposal`. Two queries.

    The opinion of somebody who takes no part in it is not shown and does not count.
    """
    given = {one.member_id: one for one in proposal.opinions.all()}
    takes_no_part = Recusal.objects.filter(member=OuterRef("pk"), item__proposal=proposal)
    seats = CommitteeMember.objects.filter(plan=proposal.plan_id).annotate(
        takes_no_part=Exists(takes_no_part)
    )
    opinions, silent, recused = [], [], []
    today = clock.today()
    for seat in seats.order_by("order"):
        if seat.takes_no_part:
            recused.append(seat)
        elif seat.pk in given:
            given[seat.pk].member = seat
            opinions.append(given[seat.pk])
        elif seat.sits_on(today):
            silent.append(seat)
    return Glance(opinions, silent, recused)


def views_on(proposals) -> dict[int, list[tuple[str, str, int]]]:
    """By the number of each of `proposals` that has opinions, its views as `Glance.counts`. One query."""
    takes_no_part = Recusal.objects.filter(
        member=OuterRef("member"), item__proposal=OuterRef("proposal")
    )
    opinions = Opinion.objects.filter(~Exists(takes_no_part), proposal__in=proposals)
    given = {}
    for opinion in opinions:
        given.setdefault(opinion.proposal_id, []).append(opinion)
    return {pk: Glance(found, [], []).counts for pk, found in given.items()}
