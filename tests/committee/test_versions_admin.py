"""The acts on the plan's versions in the admin: who may, what is asked, what is kept of what was typed."""

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from committee.documents import DocumentError, unfinished
from committee.forms.versions import FORMS
from consultations.models import ActionPlan, Erratum, PlanVersion
from openmuni import clock
from tests.factories import make_card, make_plan, make_user, make_version

from .documenting import make_plan_to_decide
from .test_version_acts import vote_on

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quick_print(monkeypatch):
    monkeypatch.setattr("committee.documents.freezing.print_pdf", lambda html: b"%PDF-1.7 test")


@pytest.fixture
def plan():
    return make_plan_to_decide()


def signed_in(username, group):
    client = Client()
    client.force_login(make_user(username, group=group))
    return client


@pytest.fixture
def coordinator():
    return signed_in("salma", "coordinator")


def act(plan, name):
    return reverse("admin:consultations_planversion_act", args=[plan.pk, name])


CHANGELIST = "admin:consultations_planversion_changelist"


@pytest.mark.parametrize("name", FORMS)
def test_every_act_has_a_page(coordinator, plan, name):
    assert coordinator.get(act(plan, name)).status_code == 200


def test_an_unknown_act_is_not_found(coordinator, plan):
    assert coordinator.get(act(plan, "burning")).status_code == 404


def test_the_list_offers_the_acts_of_open_editions_only(coordinator, plan):
    closed = make_plan(slug="2028-2029", state=ActionPlan.State.CLOSED)
    page = coordinator.get(reverse(CHANGELIST)).content.decode()
    assert (act(plan, "endorsement") in page, act(closed, "endorsement") in page) == (True, False)


def test_the_list_of_one_edition_offers_its_acts(coordinator, plan):
    other = make_plan(slug="2032-2033")
    page = coordinator.get(reverse(CHANGELIST), {"plan__id__exact": other.pk}).content.decode()
    assert (act(plan, "endorsement") in page, act(other, "endorsement") in page) == (False, True)


@pytest.mark.parametrize("group", ["auditor", "member"])
def test_who_may_not_freeze_is_offered_no_act(plan, group):
    client = signed_in("nabila", group)
    assert act(plan, "consultation") not in client.get(reverse(CHANGELIST)).content.decode()
    assert client.post(act(plan, "consultation"), {}).status_code == 403


def test_a_draft_is_put_to_the_consultation_with_its_note(coordinator, plan):
    coordinator.post(act(plan, "consultation"), {"note_ar": "أول مسودة", "note_fr": "Premier jet"})
    version = PlanVersion.objects.get()
    assert (version.kind, version.note_ar, version.note_fr) == ("draft", "أول مسودة", "Premier jet")


def test_an_act_leads_to_its_version_and_names_it(coordinator, plan):
    response = coordinator.post(act(plan, "consultation"), {})
    version = PlanVersion.objects.get()
    assert response.url == reverse("admin:consultations_planversion_change", args=[version.pk])
    assert str(version.number) in str(next(iter(get_messages(response.wsgi_request))))


def test_the_page_says_what_is_missing_and_has_no_button(coordinator, plan):
    make_version(plan)
    make_card(plan.projects.first())
    page = coordinator.get(act(plan, "consulted")).content.decode()
    assert 'role="alert"' in page
    assert 'class="button default"' not in page


def test_an_act_that_is_refused_keeps_what_was_typed(coordinator, plan):
    make_version(plan)
    make_card(plan.projects.first())
    response = coordinator.post(act(plan, "consulted"), {"note_ar": "كلام لا يضيع"})
    assert (response.status_code, "كلام لا يضيع" in response.content.decode()) == (409, True)


def test_a_document_that_fails_keeps_what_was_typed(coordinator, plan, monkeypatch):
    def fail(html):
        raise DocumentError("The reason why")

    monkeypatch.setattr("committee.documents.freezing.print_pdf", fail)
    page = coordinator.post(act(plan, "consultation"), {"note_ar": "كلام لا يضيع"}).content.decode()
    assert ("The reason why" in page, "كلام لا يضيع" in page) == (True, True)


def test_an_act_without_its_token_keeps_what_was_typed(plan):
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user("salma", group="coordinator"))
    response = client.post(act(plan, "consultation"), {"note_ar": "كلام لا يضيع"})
    assert (response.status_code, "كلام لا يضيع" in response.content.decode()) == (403, True)
    assert not PlanVersion.objects.exists()


@pytest.mark.parametrize("day", ["", "31/02/2030", "yesterday"])
def test_an_endorsement_without_its_day_is_asked_again(coordinator, plan, day):
    make_version(plan)
    response = coordinator.post(act(plan, "endorsement"), {"acted_on": day, "note_ar": "ملاحظة"})
    assert response.context["form"].errors.keys() == {"acted_on"}


def test_an_endorsement_is_recorded_with_its_day(coordinator, plan):
    make_version(plan)
    coordinator.post(act(plan, "endorsement"), {"acted_on": f"{clock.today():%d/%m/%Y}"})
    assert PlanVersion.objects.get(kind="endorsed").acted_on == clock.today()


def test_an_endorsement_that_leaves_the_consultation_out_is_warned_of(coordinator, plan):
    make_version(plan)
    assert len(coordinator.get(act(plan, "endorsement")).context["warnings"]) == 1


def test_an_endorsement_of_a_text_that_changed_is_warned_of(coordinator, plan):
    make_version(plan, kind="consulted")
    plan.projects.update(title_ar="عنوان جديد")
    assert len(coordinator.get(act(plan, "endorsement")).context["warnings"]) == 1


@pytest.mark.parametrize("published", [True, False], ids=["unanswered", "unread"])
def test_an_endorsement_with_remarks_that_wait_is_warned_of(coordinator, plan, published):
    make_version(plan, kind="consulted")
    make_card(plan.projects.first(), published=published)
    warnings = coordinator.get(act(plan, "endorsement")).context["warnings"]
    assert str(unfinished(plan)) in warnings


def test_an_adoption_freezes_the_version_of_the_vote(coordinator, plan):
    endorsed = make_version(plan, kind="endorsed", acted_on=clock.today())
    vote = vote_on(endorsed)
    coordinator.post(act(plan, "adoption"), {"deliberation": vote.pk})
    assert PlanVersion.objects.get(kind="adopted").data_sha256 == endorsed.data_sha256


def test_a_vote_of_another_edition_is_not_offered(coordinator, plan):
    other = make_version(make_plan(slug="2032-2033"), kind="endorsed", acted_on=clock.today())
    response = coordinator.post(act(plan, "adoption"), {"deliberation": vote_on(other).pk})
    assert response.context["form"].errors.keys() == {"deliberation"}


# --- Versions and errata ------------------------------------------------------------------


def test_a_version_is_not_written_in_the_admin(coordinator, plan):
    version = make_version(plan)
    address = reverse("admin:consultations_planversion_change", args=[version.pk])
    assert coordinator.get(address).status_code == 200
    assert coordinator.post(address, {"note_ar": "كلام آخر"}).status_code == 403


def test_an_erratum_is_added_to_the_adopted_version(coordinator, plan):
    version = make_version(plan, kind="adopted", acted_on=clock.today())
    for text in ("يقرأ 12 بدل 21", "تحذف كلمة"):
        fields = {"version": version.pk, "place_ar": "المشروع 1", "text_ar": text}
        coordinator.post(reverse("admin:consultations_erratum_add"), fields)
    numbers = Erratum.objects.order_by("number").values_list("number", "text_ar", "by__username")
    assert list(numbers) == [(1, "يقرأ 12 بدل 21", "salma"), (2, "تحذف كلمة", "salma")]


def test_a_draft_is_not_offered_for_an_erratum(coordinator, plan):
    version = make_version(plan)
    fields = {"version": version.pk, "place_ar": "المشروع 1", "text_ar": "تحذف كلمة"}
    coordinator.post(reverse("admin:consultations_erratum_add"), fields)
    assert not Erratum.objects.exists()


def test_an_erratum_is_read_and_not_written(coordinator, plan):
    version = make_version(plan, kind="adopted", acted_on=clock.today())
    fields = {"version": version.pk, "place_ar": "المشروع 1", "text_ar": "تحذف كلمة"}
    coordinator.post(reverse("admin:consultations_erratum_add"), fields)
    address = reverse("admin:consultations_erratum_change", args=[Erratum.objects.get().pk])
    assert coordinator.get(address).status_code == 200
    assert coordinator.post(address, fields).status_code == 403
