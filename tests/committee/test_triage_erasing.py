"""Erasing who sent an idea, and the reasons kept ready for a decision."""

import pytest

from consultations.models import Contact, Submission
from proposals.models import ReasonText
from tests.factories import REASON, make_actor, make_plan, make_proposal, make_step

from .acting import act, give_seat, page, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def step():
    return make_step(make_plan())


@pytest.fixture
def proposal(step):
    """Yassine's idea, published under his name."""
    return make_proposal(
        step,
        shown_as="person",
        shown_name="ياسين",
        contact={"name": "ياسين", "phone": "+212612345678"},
    )


@pytest.fixture
def coordinator():
    return sign_in("najat", group="coordinator")


def text(response):
    return response.content.decode()


# --- Erasing ---------------------------------------------------------------------------------------


def test_erasing_takes_the_contact_and_the_published_name(coordinator, proposal):
    act(coordinator, proposal, "erase", sure="on")
    submission = Submission.objects.get()
    assert (submission.shown_as, submission.shown_name) == ("nobody", "")
    assert not Contact.objects.exists()


def test_the_public_page_no_longer_names_who_was_erased(client, coordinator, proposal):
    address = f"/ar/ideas/{proposal.reference}/"
    assert "ياسين" in text(client.get(address))
    act(coordinator, proposal, "erase", sure="on")
    assert "ياسين" not in text(client.get(address))


def test_erasing_leaves_the_idea_and_its_decision(coordinator, proposal):
    proposal.accept(by=make_actor(), reason=REASON)
    act(coordinator, proposal, "erase", sure="on")
    proposal.refresh_from_db()
    assert (proposal.title, proposal.decisions.count()) == ("إنارة الحي", 1)


def test_nothing_is_erased_by_mistake(coordinator, proposal):
    answer = act(coordinator, proposal, "erase")
    assert answer.context["forms"]["erase"].errors
    assert Submission.objects.get().shown_name == "ياسين"
    assert Contact.objects.exists()


def test_erasing_is_offered_while_there_is_something_to_erase(coordinator, proposal):
    assert "erase" in page(coordinator, proposal).context["forms"]
    Contact.objects.all().delete()
    assert "erase" in page(coordinator, proposal).context["forms"]
    Submission.objects.get().erase_author(by=make_actor())
    assert "erase" not in page(coordinator, proposal).context["forms"]


# --- Reasons kept ready ----------------------------------------------------------------------------


@pytest.fixture
def member(step):
    give_seat("malika", step.plan)
    return sign_in("malika", group="member")


def keep_reason(
    plan, outcome="accepted", text_ar="الفكرة ضمن اختصاص الجماعة", text_fr="Motif prêt"
):
    ReasonText.objects.create(plan=plan, outcome=outcome, text_ar=text_ar, text_fr=text_fr)


@pytest.mark.parametrize(
    ("language", "shown", "hidden"),
    [
        ("ar", "الفكرة ضمن اختصاص الجماعة", "Motif prêt"),
        ("fr", "Motif prêt", "الفكرة ضمن اختصاص الجماعة"),
    ],
)
def test_the_kept_reasons_are_read_in_the_language_of_the_idea(
    member, step, language, shown, hidden
):
    keep_reason(step.plan)
    desk = text(page(member, make_proposal(step, language=language)))
    assert shown in desk
    assert hidden not in desk


def test_a_reason_that_is_not_written_in_that_language_is_not_offered(member, step):
    keep_reason(step.plan, text_fr="")
    form = page(member, make_proposal(step, language="fr")).context["forms"]["decide"]
    assert not form.kept_reasons


def test_only_reasons_of_the_edition_for_a_move_that_is_possible_are_offered(member, step):
    keep_reason(step.plan, outcome="rejected", text_ar="غير مقبولة")
    keep_reason(step.plan, outcome="in_progress", text_ar="إعادة الدراسة")
    keep_reason(make_plan(slug="2034-2035"), text_ar="نسخة أخرى")
    groups = page(member, make_proposal(step)).context["forms"]["decide"].kept_reasons
    assert [text for texts in groups.values() for text in texts] == ["غير مقبولة"]
