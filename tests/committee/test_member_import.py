"""The members of the committee from a spreadsheet: found by their name, their accounts untouched."""

import pytest

from committee.models import CommitteeMember
from tests.factories import make_plan, make_user
from tests.importing import MEMBERS, confirm, coordinator, counts, csv_file, faults, send

pytestmark = pytest.mark.django_db
HEADINGS = ["الاسم", "فئة العضوية", "الوظيفة أو المهمة", "عضو منذ"]
MALIKA = ["مليكة", "المنتخبون", "مستشارة", "01/02/2030"]


@pytest.fixture
def najat(db):
    return coordinator()


@pytest.fixture
def plan(db):
    return make_plan()


def look(client, plan, *rows, headings=HEADINGS):
    return send(client, MEMBERS, csv_file(headings, *rows), plan=plan.pk)


def test_members_come_in_after_the_others_in_their_order(najat, plan):
    CommitteeMember.objects.create(plan=plan, order=4, college="staff", name_ar="سلمى")
    confirm(najat, look(najat, plan, MALIKA, ["يوسف", "الموظفون", "", ""]))
    members = CommitteeMember.objects.filter(plan=plan).values_list("order", "name_ar", "college")
    assert list(members) == [(4, "سلمى", "staff"), (5, "مليكة", "elected"), (6, "يوسف", "staff")]


def test_a_member_is_found_by_name_and_keeps_account_and_place(najat, plan):
    account = make_user("malika")
    member = CommitteeMember.objects.create(
        plan=plan, order=2, college="elected", name_ar="مليكة", user=account
    )
    confirm(najat, look(najat, plan, MALIKA))
    member.refresh_from_db()
    assert (member.user, member.order, member.function_ar) == (account, 2, "مستشارة")


def test_another_name_is_another_person(najat, plan):
    CommitteeMember.objects.create(plan=plan, order=1, college="elected", name_ar="سلمى")
    confirm(najat, look(najat, plan, MALIKA))
    assert set(plan.members.values_list("name_ar", flat=True)) == {"سلمى", "مليكة"}


def test_the_same_members_twice_change_nothing(najat, plan):
    confirm(najat, look(najat, plan, MALIKA))
    assert counts(look(najat, plan, MALIKA))["same"] == 1


def test_order_and_account_are_not_taken(najat, plan):
    headings = [*HEADINGS, "الترتيب", "الحساب"]
    page = look(najat, plan, [*MALIKA, 9, "malika"], headings=headings)
    assert page.context["preview"].table.never_taken == ["الترتيب", "الحساب"]


@pytest.mark.parametrize(
    "row", [["مليكة", "الرؤساء", "", ""], ["مليكة", "", "", ""], ["", "الموظفون", "", ""]]
)
def test_a_row_without_name_or_college_is_refused(najat, plan, row):
    assert faults(look(najat, plan, row))


def test_nobody_leaves_before_coming(najat, plan):
    headings = [*HEADINGS, "عضو إلى غاية"]
    assert faults(look(najat, plan, [*MALIKA, "31/01/2030"], headings=headings))


def test_names_are_not_in_the_log(najat, plan):
    confirm(najat, look(najat, plan, MALIKA))
    assert "مليكة" not in str([act.told for act in plan.log.all()])
