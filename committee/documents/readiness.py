"""Where the plan stands between its draft and its adoption, and which act may follow."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from consultations.models import ActionPlan, Moderation, PlanVersion, Remark, RemarkCard, Step
from openmuni import clock

from .standing import last_objection, standing_versions

_Kind = PlanVersion.Kind


class IllegalAct(Exception):
    """The act does not follow from where the plan stands; the message says what is missing."""


@dataclass(frozen=True)
class Unfinished:
    """What the consultation still waits for: remarks without an answer, cards without moderation."""

    unanswered: int
    pending: int

    def __bool__(self):
        return bool(self.unanswered or self.pending)

    def __str__(self):
        """The figures that are not nought, in words."""
        said = []
        if self.unanswered:
            said.append(_("Remarks without an answer: %(count)s.") % {"count": self.unanswered})
        if self.pending:
            said.append(
                _("Remarks cards that wait for moderation: %(count)s.") % {"count": self.pending}
            )
        return " ".join(said)


def unfinished(plan: ActionPlan) -> Unfinished:
    """What the consultation on `plan` still waits for."""
    return Unfinished(
        unanswered=Remark.objects.public().unanswered().filter(card__project__plan=plan).count(),
        pending=RemarkCard.objects.filter(
            project__plan=plan, submission__moderation=Moderation.PENDING
        ).count(),
    )


def newest_public(plan: ActionPlan) -> PlanVersion | None:
    """The version the public reads, without its data."""
    return plan.versions.public().defer("data").first()


def refuse_consultation(plan: ActionPlan):
    """Raise IllegalAct where the plan cannot be put to the consultation."""
    _refuse_any(plan)


def refuse_consulted(plan: ActionPlan):
    """Raise IllegalAct before the consultation is over and every remark has its answer."""
    _refuse_any(plan)
    newest = newest_public(plan)
    if newest is None:
        raise IllegalAct(_("Put a draft to the consultation first."))
    if newest.kind in (_Kind.ENDORSED, _Kind.ADOPTED):
        raise IllegalAct(_("The bureau has endorsed it already."))
    _refuse_while_open(plan)
    if waits := unfinished(plan):
        raise IllegalAct(str(waits))


def refuse_endorsement(plan: ActionPlan, acted_on):
    """Raise IllegalAct without a version to endorse, while remarks can be sent, or for a day to come."""
    _refuse_any(plan)
    if newest_public(plan) is None:
        raise IllegalAct(_("Put a draft to the consultation first."))
    _refuse_while_open(plan)
    if acted_on > clock.today():
        raise IllegalAct(_("The day of the act has not come yet."))


def refuse_adoption(plan: ActionPlan, deliberation):
    """Raise IllegalAct without a vote that adopted an endorsed version, and the number of its decision."""
    _refuse_any(plan)
    if deliberation.version.kind != _Kind.ENDORSED:
        raise IllegalAct(_("The council votes on the version that the bureau endorsed."))
    if not deliberation.is_adopted:
        raise IllegalAct(_("The council did not adopt it in this vote."))
    if deliberation.objected_on:
        raise IllegalAct(_("The governor objected to this vote: the council deliberates again."))
    objected_on = last_objection(plan)
    if objected_on and deliberation.sitting.held_on < objected_on:
        raise IllegalAct(_("This vote is earlier than the objection of the governor."))
    if not deliberation.number:
        raise IllegalAct(
            _("Enter the number of the council decision first: the document bears it.")
        )


def plan_steps_open(plan: ActionPlan) -> bool:
    """Whether the public can send a remark on `plan` now."""
    return Step.objects.accepting_remarks(clock.now()).filter(plan=plan).exists()


def _refuse_while_open(plan):
    if plan_steps_open(plan):
        raise IllegalAct(_("The public can still send remarks: wait until the window closes."))


def _refuse_any(plan):
    if plan.is_closed:
        raise IllegalAct(_("The edition is closed: it is read, and not written."))
    if not plan.is_public:
        raise IllegalAct(_("The edition is being prepared: the public does not see it yet."))
    if standing_versions().filter(plan=plan).exists():
        raise IllegalAct(_("The council has adopted the plan: what comes later is an erratum."))
