"""The list around a case: it stays as it was filtered and ordered, from case to case and back."""

from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from proposals.models import Proposal
from tests.factories import make_plan, make_proposal, make_step

from .acting import DESK, act, decide, give_seat, sign_in

pytestmark = pytest.mark.django_db

TITLES = ["الأولى", "الثانية", "الثالثة", "الرابعة"]


@pytest.fixture
def step():
    return make_step(make_plan())


@pytest.fixture
def ideas(step):
    return [make_proposal(step, title=title) for title in TITLES]


@pytest.fixture
def member(step):
    give_seat("malika", step.plan)
    return sign_in("malika", group="member")


def opened(client, proposal, **filters):
    """The page of a case as it is opened from the list under `filters`."""
    kept = {"_changelist_filters": urlencode(filters)} if filters else {}
    return client.get(f"{DESK}{proposal.pk}/change/", kept)


def queue(client, proposal, **filters):
    return opened(client, proposal, **filters).context["queue"]


def is_page_of(address, proposal, *words):
    return address.startswith(f"{DESK}{proposal.pk}/change/?") and all(
        word in address for word in words
    )


def test_the_links_of_the_list_carry_its_filters(member, ideas):
    shown = member.get(DESK, {"waits_for": "committee"}).content.decode()
    assert f"{DESK}{ideas[0].pk}/change/?_changelist_filters=waits_for%3Dcommittee" in shown


def test_before_and_after_follow_the_order_of_the_list(member, ideas):
    found = queue(member, ideas[1], waits_for="committee", q="ال")
    assert is_page_of(found.previous, ideas[0], "waits_for", "committee")
    assert is_page_of(found.following, ideas[2], "waits_for", "committee")
    assert (found.number, found.total) == (2, 4)


def test_an_order_that_was_chosen_in_the_list_is_kept(member, ideas):
    found = queue(member, ideas[1], waits_for="committee", o="-0.-1")
    assert is_page_of(found.following, ideas[0])


def test_the_way_back_is_the_list_as_it_was(member, ideas):
    found = queue(member, ideas[1], waits_for="committee", q="الثانية")
    answer = member.get(found.list_address)
    assert [*answer.context["cl"].result_list] == [ideas[1]]


def test_after_the_last_comes_the_first(member, ideas):
    assert is_page_of(queue(member, ideas[3], waits_for="committee").following, ideas[0])


def test_the_present_one_is_marked_among_its_neighbours(member, ideas):
    shown = opened(member, ideas[1], waits_for="committee").content.decode()
    assert shown.count('aria-current="page"') == 1
    assert all(title in shown for title in TITLES)


def test_a_case_opened_by_itself_stands_among_those_that_wait_for_the_same(member, step, ideas):
    unread = make_proposal(step, title="لم تقرأ", published=False)
    assert queue(member, unread).pks == [unread.pk]
    assert queue(member, ideas[0]).pks == [idea.pk for idea in ideas]
    assert "waits_for=opinion" in queue(member, ideas[0]).filters


def test_an_act_keeps_the_filters_and_goes_on_within_them(member, ideas):
    form = opened(member, ideas[1], waits_for="committee", q="ال").context["forms"]["decide"]
    sent = {"decision": "accepted", "reason": "تعليل طويل بما يكفي لصاحبه", "version": 0}
    assert is_page_of(member.post(form.address, sent).url, ideas[2], "waits_for", "q%3D")


def test_a_form_that_comes_back_with_faults_keeps_the_filters(member, ideas):
    form = opened(member, ideas[1], waits_for="committee").context["forms"]["decide"]
    faulty = member.post(form.address, {"decision": "accepted", "reason": "", "version": 0})
    assert faulty.context["queue"].filters == "waits_for=committee"


def test_after_the_last_one_that_waited_the_case_stays_and_it_is_said(member, step):
    only = make_proposal(step)
    answer = decide(member, only, "accepted")
    assert is_page_of(answer.url, only)
    said = [str(message) for message in member.get(answer.url).context["messages"]]
    assert "لم يبق شيء" in said[0] or "Nothing else waits" in said[0]


def test_filing_under_an_axis_stays_on_the_case(member, ideas):
    assert is_page_of(act(member, ideas[0], "axis", axis="").url, ideas[0])


@pytest.mark.parametrize("filters", ["p=x", "status__exact=%3F", "plan__id__exact=abc", "nonsense"])
def test_filters_that_make_no_sense_are_no_failure(member, ideas, filters):
    address = f"{DESK}{ideas[0].pk}/change/"
    assert member.get(address, {"_changelist_filters": filters}).status_code == 200


@pytest.mark.parametrize("filters", ["q=%00", "waits_for=%00", "plan__id__exact=%00"])
def test_a_nul_in_the_kept_filters_is_a_bad_request(member, ideas, filters):
    address = f"{DESK}{ideas[0].pk}/change/"
    assert member.get(address, {"_changelist_filters": filters}).status_code == 400


def test_filters_that_nobody_may_ask_for_are_a_bad_request(member, ideas):
    asked = {"_changelist_filters": "submission__contact__phone__startswith=%2B2126"}
    assert member.get(f"{DESK}{ideas[0].pk}/change/", asked).status_code == 400


def test_the_button_says_that_the_next_case_follows(member, ideas):
    forms = opened(member, ideas[0], waits_for="committee").context["forms"]
    assert forms["decide"].button == forms["decide"].label_on
    alone = opened(member, ideas[0], q=ideas[0].reference).context["forms"]
    assert alone["decide"].button == alone["decide"].label


def test_what_is_expected_first_follows_the_list(member, ideas):
    asked = [
        opened(member, ideas[0], waits_for=whom).context["main"]
        for whom in ("committee", "opinion")
    ]
    assert asked == ["decide", "opinion"]


# --- Queries ----------------------------------------------------------------------------------------


def queries(client, address, filters):
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address, filters).status_code == 200
    return len(caught)


def _once_known(client, pages):
    """The queries of each page when what it keeps in memory is there."""
    for page in pages:
        queries(client, *page)
    return [queries(client, *page) for page in pages]


def test_a_case_and_the_list_cost_as_many_queries_in_a_queue_of_forty_as_of_four(
    member, step, ideas
):
    asked = {"waits_for": "committee"}
    pages = [
        (f"{DESK}{ideas[1].pk}/change/", {"_changelist_filters": urlencode(asked)}),
        (DESK, asked),
    ]
    few = _once_known(member, pages)
    for number in range(36):
        make_proposal(step, title=f"فكرة {number}")
    assert Proposal.objects.count() == 40
    assert _once_known(member, pages) == few
