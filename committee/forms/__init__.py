"""What the committee and its moderators write to act on what came in. They check; the models act."""

from .acting import ActForm
from .answering import AnswersForm
from .deciding import AxisForm, DecisionForm, OpinionForm, ProposalForm
from .moderating import EraseForm, ModerationForm, PublishForm, RestoreForm, WithholdForm
from .noting import NoteForm
from .reporting import ReportForm
from .signing import ConfirmForm, SendBackForm

__all__ = [
    "ACTS",
    "CARD_ACTS",
    "ActForm",
    "AnswersForm",
    "AxisForm",
    "ConfirmForm",
    "DecisionForm",
    "EraseForm",
    "ModerationForm",
    "NoteForm",
    "OpinionForm",
    "ProposalForm",
    "PublishForm",
    "ReportForm",
    "RestoreForm",
    "SendBackForm",
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
        ConfirmForm,
        SendBackForm,
        AxisForm,
        NoteForm,
        EraseForm,
    )
}

# The acts on a remarks card.
CARD_ACTS = {
    form.name: form for form in (PublishForm, WithholdForm, RestoreForm, AnswersForm, EraseForm)
}
