"""What the committee and its moderators write to act on what came in. They check; the models act."""

from .acting import ActForm
from .deciding import AxisForm, DecisionForm, OpinionForm, ProposalForm
from .moderating import EraseForm, ModerationForm, PublishForm, RestoreForm, WithholdForm

__all__ = [
    "ACTS",
    "ActForm",
    "AxisForm",
    "DecisionForm",
    "EraseForm",
    "ModerationForm",
    "OpinionForm",
    "ProposalForm",
    "PublishForm",
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
