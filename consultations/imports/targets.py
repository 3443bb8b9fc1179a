"""Where the rows of a file go."""

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.models import Accepts, ActionPlan, Channel, Step
from openmuni import clock
from openmuni.columns import NamedChoice


class Target(forms.Form):
    """Where the rows of a file go, as it is asked beside the file."""

    def options(self) -> dict[str, str]:
        """What was chosen, as it was posted: the same form reads it again."""
        return {name: str(getattr(v, "pk", v)) for name, v in self.cleaned_data.items()}

    def first(self) -> dict | None:
        """What stands first to choose, as cleaned; None when there is nothing to choose."""
        raise NotImplementedError


class EditionTarget(Target):
    """The edition to which the rows of a file belong."""

    plan = forms.ModelChoiceField(ActionPlan.objects.none(), label=_("edition"), empty_label=None)

    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        editions = ActionPlan.objects.exclude(state=ActionPlan.State.CLOSED)
        self.fields["plan"].queryset = editions.latest_first()

    def first(self):
        """The newest edition."""
        plan = self.fields["plan"].queryset.first()
        return plan and {"plan": plan}


class StationTarget(Target):
    """The station at which the rows of a file came in, and how; `accepts` are the stations that fit."""

    accepts = ()
    step = forms.ModelChoiceField(Step.objects.none(), label=_("station"), empty_label=None)
    channel = forms.ChoiceField(
        label=_("channel"),
        choices=Channel,
        initial=Channel.PAPER,
        help_text=_("For the rows that do not say how they came."),
    )

    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        field = self.fields["step"]
        fitting = Step.objects.filter(plan__state=ActionPlan.State.OPEN, accepts__in=self.accepts)
        begun = fitting.filter(starts_on__lte=clock.today())
        field.queryset = begun.select_related("plan").order_by("-starts_on", "-pk")
        field.label_from_instance = lambda step: f"{step} · {step.plan}"

    def first(self):
        """The station that began last."""
        step = self.fields["step"].queryset.first()
        return step and {"step": step, "channel": Channel.PAPER}


class IdeasTarget(StationTarget):
    """A station that takes ideas."""

    accepts = Accepts.with_ideas()


class RemarksTarget(StationTarget):
    """A station that takes remarks."""

    accepts = Accepts.with_remarks()


class EditionRow(forms.Form):
    """Every row may name its edition, as our own files do; a row of another one is refused."""

    plan = NamedChoice(label=_("edition"), required=False)

    def offer_only(self, plan):
        """Let the rows belong to `plan` alone."""
        names = (plan.title_ar, plan.title_fr, plan.slug)
        self.fields["plan"].offer([(name, plan) for name in names if name])


def names_of_axes(plan) -> list[tuple]:
    """The pairs (name, axis) by which a row may name an axis of `plan`."""
    axes = list(plan.axes.order_by("order"))
    names = [(name, axis) for axis in axes for name in (axis.name_ar, axis.name_fr, axis.key)]
    return [(str(axis), axis) for axis in axes] + [pair for pair in names if pair[0]]
