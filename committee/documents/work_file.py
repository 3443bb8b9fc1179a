"""The work file (ملف العمل) of the consultation: what the programme is, and its cards."""

from django.utils.translation import gettext as _

from consultations.models import Statement

from .cards import cards_page, new_project_card, remarks_card

Kind = Statement.Kind


def work_file_page(plan, language, origin) -> str:
    """The HTML of the work file of `plan` in `language`, the active one: only what the edition holds."""
    headings = list(plan.headings.all())
    projects = plan.projects.with_lines().select_related("plan", "axis")
    cards = [remarks_card(project, headings) for project in projects]
    cards.append(new_project_card(plan, headings))
    statements = list(plan.statements.all())
    return cards_page(
        plan,
        cards,
        language,
        origin,
        work_file=True,
        items=[one for one in statements if one.kind == Kind.WORK_FILE],
        chapters=_chapters(plan, statements),
    )


def _chapters(plan, statements) -> list[dict]:
    """What frames the edition, as the page about it says; without what is empty."""
    titles = {
        Kind.OBJECTIVE: _("Objectives"),
        Kind.DEVELOPMENT: _("Open development"),
        Kind.PRINCIPLE: _("Principles"),
        Kind.METHOD_STEP: _("Method"),
        Kind.CONSULTATION_STEP: _("Steps of the consultation"),
        Kind.NEXT_STEP: _("Next steps"),
    }
    chapters = [
        {"title": title, "items": [one for one in statements if one.kind == kind]}
        for kind, title in titles.items()
    ]
    return [chapter for chapter in chapters if chapter["items"]]
