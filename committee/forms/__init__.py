"""What the committee and its moderators write to act on what came in. They check; the models act."""

from .acting import ActForm
from .answering import AnswersForm
from .deciding import AxisForm, DecisionForm, OpinionForm, ProposalForm
from .moderating import EraseForm, ModerationForm, PublishForm, RestoreForm, WithholdForm
from .reporting import ReportForm

__all__ = [
    "ACTS",
    "CARD_ACTS",
    "ActForm",
    "AnswersForm",
    "AxisForm",
    "DecisionForm",
    "EraseForm",
    "ModerationForm",
    "OpinionForm",
    "ProposalForm",
    "PublishForm",
    "ReportForm",
    "RestoreForm",
    "WithholdForm",
]

# The acts on a proposal, by their addresses.
ACTS = {
    form.name: form
    for form in (
        PublishForm,
        WithholdForm,
        RestoreForm,
        OpinionForm,
        DecisionForm,
        AxisForm,
        EraseForm,
    )
}

# The acts on a remarks card.
CARD_ACTS = {
    form.name: form for form in (PublishForm, WithholdForm, RestoreForm, AnswersForm, EraseForm)
}
