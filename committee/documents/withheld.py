"""Which frozen versions hold a text that was withheld since: their files are not public meanwhile."""

from consultations.models import ActionPlan, Moderation, PlanVersion, Submission


def withheld_references(plan: ActionPlan) -> set[str]:
    """What is withheld now of all that came in to `plan`. One query."""
    withheld = Submission.objects.filter(step__plan=plan, moderation=Moderation.WITHHELD)
    return set(withheld.values_list("reference", flat=True))


def holds_any(version: PlanVersion, references: set[str]) -> bool:
    """Whether the data of `version`, of any format, cite an idea or a card of these references."""
    cited = [*version.data["ideas"], *version.data.get("remarks", [])]
    return any(each["reference"] in references for each in cited)
