"""The council's session and its votes in the admin: edited whole, with what the law asks beside them."""

import re

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from committee.models import CouncilSession, CouncilSitting, Deadline, Deliberation
from tests.factories import make_plan

from .acting import sign_in
from .voting import load_deadlines, make_session, make_sitting, make_version, make_vote, on

pytestmark = pytest.mark.django_db

REASON = "أجلت الدورة بسبب الفيضانات"


@pytest.fixture(autouse=True)
def _after_the_vote():
    load_deadlines()
    with time_machine.travel("2030-12-02 12:00", tick=False):
        yield


@pytest.fixture
def coordinator():
    return sign_in("najat", group="coordinator")


def page_of(thing, act="change"):
    return f"/ar/admin/committee/{type(thing)._meta.model_name}/{thing.pk}/{act}/"


def shown(client, thing):
    return client.get(page_of(thing)).content.decode()


def form_of(client, address):
    """What a browser would send back of the form at `address` and its inlines, unchanged."""
    context, sent = client.get(address).context, {}
    inlines = [one.formset for one in context.get("inline_admin_formsets", [])]
    forms = [context["adminform"].form]
    for formset in inlines:
        forms += [formset.management_form, *formset.forms]
    for form in forms:
        for field in form:
            value = field.value()
            sent[field.html_name] = "" if value is None else value
    return sent


def change(client, thing, **sent):
    """Send the form of `thing` with some fields changed."""
    address = page_of(thing)
    return client.post(address, form_of(client, address) | sent)


def errors_of(answer):
    return answer.context["adminform"].form.errors


# --- The session ----------------------------------------------------------------------------------


def test_a_session_is_not_postponed_without_a_reason_and_what_was_typed_is_kept(coordinator):
    session = make_session()
    answer = change(
        coordinator, session, month="2030-11-01", starts_on="05/11/2030", reason_fr="Crue"
    )
    assert set(errors_of(answer)) == {"reason_ar"}
    assert "05/11/2030" in answer.content.decode()
    assert "Crue" in answer.content.decode()
    assert not session.moves.exists()


def test_a_postponed_session_keeps_its_old_date_and_who_moved_it(coordinator):
    session = make_session()
    sent = {"month": "2030-11-01", "starts_on": "05/11/2030", "reason_ar": REASON}
    assert change(coordinator, session, **sent).status_code == 302
    move = session.moves.get()
    assert (move.starts_on, move.reason_ar, move.by.username) == (on(10, 1), REASON, "najat")
    session.refresh_from_db()
    assert session.starts_on == on(11, 5)
    assert REASON in shown(coordinator, session)


def test_a_session_that_somebody_else_just_closed_or_moved_is_given_back_with_its_text(
    coordinator, monkeypatch
):
    def late(self, **sent):
        raise ValidationError("أُغلقت النسخة")

    monkeypatch.setattr(CouncilSession, "move", late)
    session = make_session(agenda_number=3)
    sent = {"month": "2030-11-01", "starts_on": "05/11/2030", "reason_ar": REASON}
    answer = change(coordinator, session, agenda_number="4", **sent)
    assert errors_of(answer)["__all__"] == ["أُغلقت النسخة"]
    assert REASON in answer.content.decode()
    session.refresh_from_db()
    assert session.agenda_number == 3


def test_the_first_day_in_the_known_month_is_written_without_a_reason(coordinator):
    session = make_session(starts_on=None)
    assert change(coordinator, session, starts_on="2030-10-01").status_code == 302
    session.refresh_from_db()
    assert (session.starts_on, session.moves.count()) == (on(10, 1), 0)


def test_a_new_session_asks_for_no_reason(coordinator):
    page = coordinator.get("/ar/admin/committee/councilsession/add/").content.decode()
    assert ('id="id_month"' in page, 'id="id_reason_ar"' in page) == (True, False)


def test_figures_and_days_may_be_typed_in_arabic_digits(coordinator):
    session = make_session(members_in_office=None)
    change(coordinator, session, members_in_office="٣٩", agenda_sent_on="١٠/٠٩/٢٠٣٠")
    session.refresh_from_db()
    assert (session.members_in_office, session.agenda_sent_on) == (39, on(9, 10))


def test_no_figure_is_a_number_input(coordinator):
    """A browser's number input takes no Arabic-Indic digits."""
    vote = make_vote()
    for one in (vote, vote.sitting.session, Deadline.objects.first()):
        assert 'type="number"' not in shown(coordinator, one)


def test_a_sitting_is_written_on_the_page_of_its_session(coordinator):
    session = make_session()
    sent = {"held_on": "2030-10-03", "call": 3, "present": "12", "quorum": "10"}
    sent = {f"sittings-0-{name}": value for name, value in sent.items()}
    assert change(coordinator, session, **sent).status_code == 302
    assert CouncilSitting.objects.get().is_quorate


def test_the_members_in_office_are_not_made_fewer_than_those_present(coordinator):
    answer = change(coordinator, make_sitting().session, members_in_office=20)
    formset = answer.context["inline_admin_formsets"][0].formset
    assert "30" in formset.errors[0]["present"][0]


def test_a_sitting_that_voted_is_not_deleted(coordinator):
    vote = make_vote()
    change(coordinator, vote.sitting.session, **{"sittings-0-DELETE": "on"})
    assert CouncilSitting.objects.exists()


def test_a_session_of_a_closed_edition_is_read_only(coordinator):
    session = make_session(make_plan(state="closed"))
    assert 'id="id_reason_ar"' not in shown(coordinator, session)
    assert coordinator.post(page_of(session), {"members_in_office": 3}).status_code == 403


# --- The checklist --------------------------------------------------------------------------------


def test_the_page_of_a_session_says_what_is_late_in_words(coordinator):
    words = re.sub(r"\s+", " ", shown(coordinator, make_session()))
    late = re.findall(r'class="badge badge--late"> <svg.*?</svg> ([^<]+)</span>', words)
    assert len(late) == 3
    assert all(late)


def test_the_page_of_a_session_leads_to_its_votes(coordinator):
    vote = make_vote()
    assert f'href="{page_of(vote)}"' in shown(coordinator, vote.sitting.session)


def test_the_page_of_a_session_costs_the_same_with_many_sittings_and_votes(coordinator):
    session = make_session()

    def queries(*days):
        for day in days:
            make_vote(make_sitting(session, held_on=on(10, day)))
        shown(coordinator, session)
        with CaptureQueriesContext(connection) as caught:
            shown(coordinator, session)
        return len(caught)

    assert queries(3, 4) == queries(*range(5, 12))


# --- The vote -------------------------------------------------------------------------------------


def test_a_vote_is_entered(coordinator):
    sitting = make_sitting()
    version = make_version(sitting.session.plan)
    address = "/ar/admin/committee/deliberation/add/"
    sent = {
        "sitting": sitting.pk,
        "version": version.pk,
        "votes_for": "١٠",
        "votes_against": "10",
        "abstentions": "0",
        "casting_vote_for": "True",
    }
    assert coordinator.post(address, form_of(coordinator, address) | sent).status_code == 302
    assert Deliberation.objects.get().is_adopted


def test_a_vote_is_refused_beside_the_field_and_what_was_typed_is_kept(coordinator):
    vote = make_vote()
    answer = change(coordinator, vote, votes_for="30", number="12/2030")
    assert set(errors_of(answer)) == {"votes_for"}
    assert "12/2030" in answer.content.decode()


def test_a_vote_that_an_adopted_version_bears_is_not_deleted(coordinator):
    vote = make_vote()
    assert coordinator.get(page_of(vote, "delete")).status_code == 200
    make_version(vote.sitting.session.plan, kind="adopted", acted_on=vote.sitting.held_on)
    assert coordinator.post(page_of(vote, "delete"), {"post": "yes"}).status_code == 403
    ticked = {"action": "delete_selected", "_selected_action": vote.pk, "post": "yes"}
    coordinator.post("/ar/admin/committee/deliberation/", ticked)
    assert Deliberation.objects.filter(pk=vote.pk).exists()


def test_only_endorsed_versions_are_offered(coordinator):
    sitting = make_sitting()
    endorsed = make_version(sitting.session.plan)
    make_version(sitting.session.plan, kind="draft", acted_on=None)
    form = coordinator.get("/ar/admin/committee/deliberation/add/").context["adminform"].form
    assert [*form.fields["version"].queryset] == [endorsed]


def test_only_votes_that_were_objected_to_are_offered_for_a_new_deliberation(coordinator):
    vote = make_vote(sent_on=on(10, 8), objected_on=on(10, 9), objection="أسباب")
    other = make_vote(make_sitting(vote.sitting.session, held_on=on(10, 24)), vote.version)
    form = coordinator.get(page_of(other)).context["adminform"].form
    assert [*form.fields["redeliberates"].queryset] == [vote]


def test_the_page_of_a_vote_says_what_it_has_come_to(coordinator):
    vote = make_vote(sent_on=on(10, 8), posted_on=on(10, 9))
    assert escape(str(vote.state.label)) in shown(coordinator, vote)


def test_a_vote_of_a_closed_edition_is_read_only(coordinator):
    vote = make_vote(make_sitting(make_session(make_plan(state="closed"))))
    assert coordinator.post(page_of(vote), {"votes_for": 1}).status_code == 403


@pytest.mark.parametrize("page", ["", "{}/change/"])
@pytest.mark.parametrize("group", ["coordinator", "auditor"])
def test_the_council_s_votes_are_shown_without_the_data_of_the_versions(group, page):
    vote = make_vote()
    address = f"/ar/admin/committee/deliberation/{page.format(vote.pk)}"
    client = sign_in("salma", group=group)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    assert not [query["sql"] for query in caught if '"data"' in query["sql"]]


def test_the_list_of_votes_costs_the_same_with_many(coordinator):
    session = make_session()

    def queries(*days):
        for day in days:
            make_vote(make_sitting(session, held_on=on(10, day)))
        coordinator.get("/ar/admin/committee/deliberation/")
        with CaptureQueriesContext(connection) as caught:
            coordinator.get("/ar/admin/committee/deliberation/")
        return len(caught)

    assert queries(3, 4) == queries(*range(5, 12))


def test_the_coordinator_changes_a_deadline_of_the_law(coordinator):
    assert coordinator.get("/ar/admin/committee/deadline/").status_code == 200
    deadline = Deadline.objects.first()
    assert change(coordinator, deadline, days="-٢٥").status_code == 302
    deadline.refresh_from_db()
    assert deadline.days == -25
