"""The forms of the acts that freeze a version of the plan."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committee import documents
from committee.documents import readiness
from committee.models import Deliberation
from consultations.models import ActionPlan, PlanVersion
from openmuni import clock
from openmuni.fields import DayField

from .acting import text_field


class VersionForm(forms.Form):
    """One act on the edition `plan`: what will be frozen, what stands in the way, what is typed.

    `act(actor)` does it when the form is valid; it raises IllegalAct or DocumentError.
    """

    name = label = done = verb = None

    note_ar = text_field(PlanVersion, "note_ar", rows=3)
    note_fr = text_field(PlanVersion, "note_fr", rows=3)
    field_order = ["deliberation", "acted_on", "note_ar", "note_fr"]

    def __init__(self, data=None, *, plan: ActionPlan):
        super().__init__(data, auto_id=f"id_{self.name}_%s")
        self.plan = plan
        self.fields["note_ar"].widget.attrs["dir"] = "rtl"
        self.fields["note_fr"].widget.attrs["dir"] = "ltr"

    @property
    def missing(self) -> str:
        """What stands in the way of the act, in words; empty when nothing does."""
        try:
            self.refuse()
        except documents.IllegalAct as refusal:
            return str(refusal)
        return ""

    def refuse(self):
        """Raise IllegalAct where the act cannot follow."""
        raise NotImplementedError

    def warnings(self, newest, is_same: bool) -> list[str]:
        """What to know before the act. `is_same`: the present data are those of the `newest` public version."""
        return []

    def act(self, actor) -> PlanVersion:
        return self.verb(self.plan, by=actor, **self.cleaned_data)


class ConsultationForm(VersionForm):
    """The draft is put before the public."""

    name = "consultation"
    label = gettext_lazy("Put the draft to the consultation")
    done = gettext_lazy("Version %(number)s is before the public.")
    verb = staticmethod(documents.put_to_consultation)

    def refuse(self):
        readiness.refuse_consultation(self.plan)

    def warnings(self, newest, is_same):
        """That nothing changed since the last one."""
        if newest and is_same:
            return [
                _("The text is the one of version %(number)s: nothing changed since.")
                % {"number": newest.number}
            ]
        return []


class ConsultedForm(VersionForm):
    """The consultation is over, and every remark has its answer."""

    name = "consulted"
    label = gettext_lazy("Freeze the version after the consultation")
    done = gettext_lazy("Version %(number)s says what the consultation made of the plan.")
    verb = staticmethod(documents.mark_consulted)

    def refuse(self):
        readiness.refuse_consulted(self.plan)


class EndorsementForm(VersionForm):
    """The bureau endorsed the plan."""

    name = "endorsement"
    label = gettext_lazy("Record the endorsement by the bureau")
    done = gettext_lazy("Version %(number)s is the one that the bureau endorsed.")
    verb = staticmethod(documents.endorse)

    acted_on = DayField(
        label=gettext_lazy("day of the endorsement"),
        help_text=gettext_lazy("The day on which the bureau endorsed it, as in 25/09/2023."),
    )

    def refuse(self):
        readiness.refuse_endorsement(self.plan, clock.today())

    def warnings(self, newest, is_same):
        """What waits for an answer, a step left out, a text that the bureau may not have read."""
        waits = readiness.unfinished(self.plan)
        said = [str(waits)] if waits else []
        if newest and newest.kind == PlanVersion.Kind.DRAFT:
            said.append(_("No version was frozen after the consultation: this step is left out."))
        if newest and not is_same:
            said.append(
                _(
                    "The text changed since version %(number)s. Make sure that the bureau endorsed the present text."
                )
                % {"number": newest.number}
            )
        return said


class AdoptionForm(VersionForm):
    """The council adopted the plan."""

    name = "adoption"
    label = gettext_lazy("Record the adoption by the council")
    done = gettext_lazy("Version %(number)s is the one that the council adopted. It never changes.")

    deliberation = forms.ModelChoiceField(Deliberation.objects.none())

    def __init__(self, data=None, *, plan):
        super().__init__(data, plan=plan)
        field = self.fields["deliberation"]
        field.label = Deliberation._meta.verbose_name
        field.queryset = (
            Deliberation.objects.filter(version__plan=plan, version__kind=PlanVersion.Kind.ENDORSED)
            .select_related("sitting__session", "version__plan")
            .defer("version__data")
        )

    def refuse(self):
        """Also without any vote to choose; whether that vote adopted it is asked when it is chosen."""
        votes = list(self.fields["deliberation"].queryset[:2])
        if len(votes) == 1:
            readiness.refuse_adoption(self.plan, votes[0])
            return
        readiness.refuse_consultation(self.plan)
        if not votes:
            raise documents.IllegalAct(
                _("Enter the vote of the council on the endorsed version first.")
            )

    def warnings(self, newest, is_same):
        """Whose text it is that will be frozen."""
        return [
            _("What is frozen is the text that the council voted on, whatever was written since.")
        ]

    def act(self, actor):
        """Freeze the very data that the council voted on."""
        typed = dict(self.cleaned_data)
        return documents.adopt(typed.pop("deliberation"), by=actor, **typed)


FORMS = {
    form.name: form for form in (ConsultationForm, ConsultedForm, EndorsementForm, AdoptionForm)
}
