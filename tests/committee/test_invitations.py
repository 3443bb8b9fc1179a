"""Accounts handed over by a link, and seats that change hands."""

import datetime

import pytest
import time_machine
from django.contrib.auth.models import Permission, User
from django.core.management import CommandError, call_command
from django.test import Client

from committee.accounts import second_factor
from committee.accounts.invitations import end_seat, invite
from committee.models import CommitteeMember, IllegalSeat
from openmuni import clock
from tests.factories import make_actor, make_plan, make_user

from .acting import give_seat, sign_in
from .signing_in import ADMIN, by_password, is_in, with_app

pytestmark = pytest.mark.django_db

CHOSEN = "جملة طويلة لا ينساها أحد"
TODAY = clock.today


@pytest.fixture
def plan():
    return make_plan()


@pytest.fixture
def member(plan):
    return seat(plan, order=1)


@pytest.fixture
def coordinator():
    return sign_in("salma", group="coordinator")


def seat(plan, **fields):
    texts = {"name_ar": "مليكة", "name_fr": "Malika Benali", "college": "elected"}
    return CommitteeMember.objects.create(plan=plan, **texts | fields)


def days(number):
    return TODAY() + datetime.timedelta(days=number)


def choose(client, password=CHOSEN, again=None):
    typed = {"new_password1": password, "new_password2": again or password}
    return client.post(f"{ADMIN}welcome/", typed)


def follow(link):
    client = Client()
    return client, client.get(link, follow=True)


# --- The link -----------------------------------------------------------------------------------------


def test_the_link_leads_to_a_password_then_to_the_second_factor(member):
    client, answer = follow(invite(member))
    assert answer.status_code == 200
    assert choose(client).url == f"{ADMIN}second-factor/app/"
    assert client.get(f"{ADMIN}second-factor/app/").status_code == 200


def test_the_account_is_that_of_a_member_who_can_sign_in(member):
    client, _answer = follow(invite(member))
    choose(client)
    user = User.objects.get()
    assert (user.username, [group.name for group in user.groups.all()]) == (
        "malika.benali",
        ["member"],
    )
    assert is_in(by_password(user.username, CHOSEN)[0])


def test_where_a_second_factor_is_required_the_password_alone_opens_nothing(member, settings):
    settings.REQUIRE_TWO_FACTOR = True
    client, _answer = follow(invite(member))
    choose(client)
    assert not is_in(client)


def test_the_seat_of_a_coordinator_gives_the_role_of_one(plan):
    invite(seat(plan, order=2, role="coordinator"))
    assert [group.name for group in User.objects.get().groups.all()] == ["coordinator"]


def test_two_people_of_one_name_get_two_accounts(plan):
    for order in (1, 2):
        invite(seat(plan, order=order))
    assert {*User.objects.values_list("username", flat=True)} == {"malika.benali", "malika.benali2"}


def test_a_name_in_arabic_alone_gives_the_number_of_the_seat(plan):
    invite(seat(plan, order=7, name_fr=""))
    assert User.objects.get().username == "member7"


def test_the_link_is_good_once(member):
    link = invite(member)
    choose(follow(link)[0])
    assert follow(link)[1].status_code == 410


def test_a_browser_that_opened_a_used_link_before_chooses_nothing(member):
    link = invite(member)
    (first, _), (second, _) = follow(link), follow(link)
    choose(first)
    assert choose(second, "another long password").status_code == 410


def test_a_newer_link_ends_the_older(member):
    old, new = invite(member), invite(member)
    assert [follow(link)[1].status_code for link in (old, new)] == [410, 200]


def test_opening_the_link_does_not_use_it_up(member):
    link = invite(member)
    assert [follow(link)[1].status_code for _time in range(3)] == [200, 200, 200]


@pytest.mark.parametrize(("hours", "status"), [(71, 200), (73, 410)])
def test_the_link_is_good_for_three_days(member, hours, status):
    link = invite(member)
    with time_machine.travel(clock.now() + datetime.timedelta(hours=hours), tick=False):
        assert follow(link)[1].status_code == status


@pytest.mark.parametrize("uid", ["MQ", "x", "99999999999999999999", "w6k"])
def test_a_link_that_nobody_made_opens_nothing(member, uid):
    invite(member)
    assert follow(f"{ADMIN}welcome/{uid}/c0ffee-0123456789abcdef/")[1].status_code == 410


def test_the_token_is_not_in_the_address_where_the_password_is_typed(member):
    assert follow(invite(member))[1].redirect_chain == [(f"{ADMIN}welcome/", 302)]


@pytest.mark.parametrize("password", ["قصيرة", "123456789012", "password1234"])
def test_a_poor_password_is_refused_and_stays_in_its_field(member, password):
    client, _answer = follow(invite(member))
    answer = choose(client, password)
    assert answer.content.decode().count(f'value="{password}"') == 2
    assert not User.objects.get().has_usable_password()


def test_a_new_link_ends_the_password_and_keeps_the_second_factor(plan):
    user, _app, _codes = with_app("malika")
    member = give_seat("malika", plan)
    invite(member)
    user.refresh_from_db()
    assert not user.has_usable_password()
    assert second_factor.app_of(user)


@pytest.mark.parametrize(
    "fields", [{"name_ar": ""}, {"until": "2020-01-01"}, {"since": "2090-01-01"}]
)
def test_a_seat_that_nobody_holds_has_nobody_to_invite(plan, fields):
    member = seat(plan, order=3, **fields)
    member.refresh_from_db()
    with pytest.raises(IllegalSeat):
        invite(member)


def test_an_account_of_the_administration_is_not_taken_over_by_an_invitation(plan):
    make_user("root", is_superuser=True)
    with pytest.raises(IllegalSeat):
        invite(give_seat("root", plan))


@pytest.mark.parametrize("who", ["1", "مليكة", "Malika Benali"])
def test_the_command_finds_a_member_by_number_or_name(member, who, capsys):
    call_command("invite_member", member.plan.slug, who)
    link = capsys.readouterr().out.split("http://127.0.0.1:8000")[1].strip()
    assert follow(link)[1].status_code == 200


def test_the_command_says_when_two_have_the_name(plan):
    for order in (1, 2):
        seat(plan, order=order)
    with pytest.raises(CommandError, match="2 members"):
        call_command("invite_member", plan.slug, "مليكة")


# --- The page of the seat ------------------------------------------------------------------------------


def at(member, act):
    return f"{ADMIN}committee/committeemember/{member.pk}/{act}/"


def test_the_coordinator_sees_the_link_once(coordinator, member):
    shown = coordinator.post(at(member, "invite")).content.decode()
    assert f"http://testserver{ADMIN}welcome/" in shown
    assert "/welcome/" not in coordinator.get(at(member, "seat")).content.decode()


def test_inviting_and_resetting_are_in_the_history_of_the_member(coordinator, plan):
    with_app("malika")
    member = give_seat("malika", plan)
    for act in ("second-factor", "invite"):
        coordinator.post(at(member, act))
    history = coordinator.get(at(member, "history")).content.decode()
    assert history.count("الرمز الثاني") >= 1
    assert "برابط" in history


def test_a_reset_takes_the_second_factor_away(coordinator, plan):
    user, _app, _codes = with_app("malika")
    coordinator.post(at(give_seat("malika", plan), "second-factor"))
    assert second_factor.app_of(user) is None
    assert second_factor.recovery_codes_left(user) == 0


def test_who_gives_rights_to_others_is_not_taken_over_by_way_of_a_seat(plan):
    user = make_user("rachid", is_active=False)
    user.user_permissions.add(Permission.objects.get(codename="change_user"))
    with pytest.raises(IllegalSeat):
        invite(give_seat("rachid", plan))


def test_the_second_factor_of_the_administration_is_not_reset_by_a_coordinator(coordinator, plan):
    user, _app, _codes = with_app("root", is_superuser=True)
    coordinator.post(at(give_seat("root", plan), "second-factor"))
    assert second_factor.app_of(user)


@pytest.mark.parametrize("act", ["invite", "second-factor", "end"])
def test_an_act_is_not_done_by_a_link(coordinator, member, act):
    assert coordinator.get(at(member, act)).status_code == 405


@pytest.mark.parametrize("role", ["member", "moderator", "auditor"])
@pytest.mark.parametrize("act", ["invite", "second-factor", "end"])
def test_only_a_coordinator_acts_on_seats(plan, role, act):
    assert sign_in("nabil", group=role).post(at(give_seat("malika", plan), act)).status_code == 403


# --- A seat that changes hands ---------------------------------------------------------------------------


def test_the_end_of_the_only_seat_closes_the_account(coordinator, plan):
    member = give_seat("malika", plan)
    client = sign_in("malika", group="member")
    assert is_in(client)
    coordinator.post(at(member, "end"), {"last_day": f"{days(-1):%d/%m/%Y}"})
    member.refresh_from_db()
    assert member.until == days(-1)
    assert not is_in(client)


def test_who_has_another_seat_keeps_the_account(plan):
    make_user("malika", group="member")
    give_seat("malika", make_plan(slug="2032-2033"))
    end_seat(give_seat("malika", plan), TODAY(), by=make_actor("salma"))
    assert make_user("malika").is_active


def test_who_has_another_role_keeps_the_account_and_loses_that_of_the_seat(plan):
    make_user("malika", group="member")
    make_user("malika", group="moderator")
    end_seat(give_seat("malika", plan), TODAY(), by=make_actor("salma"))
    user = make_user("malika")
    assert user.is_active
    assert [group.name for group in user.groups.all()] == ["moderator"]


@pytest.mark.parametrize("last_day", [1, -400])
def test_a_seat_ends_between_its_first_day_and_today(plan, last_day):
    member = seat(plan, order=4, since=days(-300))
    with pytest.raises(IllegalSeat):
        member.end(days(last_day))


def test_a_last_day_typed_in_the_form_closes_the_account(coordinator, plan):
    page = at(give_seat("malika", plan), "change")
    form = coordinator.get(page).context["adminform"].form
    sent = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    sent = {name: value for name, value in sent.items() if value}
    assert coordinator.post(page, sent | {"until": f"{days(-1):%d/%m/%Y}"}).status_code == 302
    assert not User.objects.get(username="malika").is_active


def test_an_account_stays_with_its_seat(coordinator, plan):
    page = at(give_seat("malika", plan), "change")
    form = coordinator.get(page).context["adminform"].form
    sent = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    sent = {name: value for name, value in sent.items() if value}
    assert coordinator.post(page, sent | {"user": make_user("driss").pk}).status_code == 302
    assert CommitteeMember.objects.get().user.username == "malika"


def test_a_seat_ends_once(plan):
    with pytest.raises(IllegalSeat):
        seat(plan, order=4, until=days(-5)).end(TODAY())


def test_a_refused_last_day_stays_in_its_field(coordinator, member):
    answer = coordinator.post(at(member, "end"), {"last_day": "31/12/2090"})
    assert 'value="31/12/2090"' in answer.content.decode()
    member.refresh_from_db()
    assert member.until is None


def test_who_follows_has_the_number_of_the_seat_and_a_row_of_their_own(coordinator, member):
    coordinator.post(at(member, "end"), {"last_day": f"{days(-1):%d/%m/%Y}"})
    page = coordinator.get(at(member, "seat")).context["successor"]
    form = coordinator.get(page).context["adminform"].form
    sent = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    sent = {name: value for name, value in sent.items() if value} | {"name_ar": "سعيد"}
    assert coordinator.post(page, sent).status_code == 302
    holders = CommitteeMember.objects.filter(plan=member.plan, order=1).order_by("pk")
    assert [(one.name_ar, one.since) for one in holders] == [("مليكة", None), ("سعيد", TODAY())]


@pytest.mark.parametrize(
    ("since", "until"), [(None, None), (-10, None), (-10, -8), (None, -5), (-5, None)]
)
def test_a_seat_has_one_holder_at_a_time(coordinator, plan, since, until):
    seat(plan, order=1, since=days(-20), until=days(-5))
    sent = {"plan": plan.pk, "order": 1, "college": "elected", "role": "member", "name_ar": "سعيد"}
    sent |= {
        "since": since and f"{days(since):%d/%m/%Y}",
        "until": until and f"{days(until):%d/%m/%Y}",
    }
    sent = {name: value for name, value in sent.items() if value is not None}
    answer = coordinator.post(f"{ADMIN}committee/committeemember/add/", sent)
    assert "order" in answer.context["adminform"].form.errors


def test_who_may_have_acted_is_not_deleted(coordinator, plan):
    member = give_seat("malika", plan)
    assert coordinator.post(at(member, "delete"), {"post": "yes"}).status_code == 403
    assert "لا زر للحذف هنا" in coordinator.get(at(member, "change")).content.decode()


def test_a_seat_entered_by_mistake_is_deleted(coordinator, member):
    coordinator.post(at(member, "delete"), {"post": "yes"})
    assert not CommitteeMember.objects.exists()


# --- Vacant seats and alternates ------------------------------------------------------------------------


def test_a_vacant_seat_is_shown_as_vacant(plan):
    seat(plan, order=1, name_ar="", name_fr="")
    assert "مقعد شاغر" in Client().get(f"/ar/{plan.slug}/committee/").content.decode()


def test_nobody_sits_in_a_vacant_seat(plan):
    vacant = seat(plan, order=1, name_ar="")
    assert not plan.members.sitting(TODAY()).exists()
    assert not vacant.sits_on(TODAY())


def test_a_vacant_seat_has_no_account(coordinator, plan):
    sent = {"plan": plan.pk, "order": 1, "college": "elected", "role": "member"}
    sent |= {"user": make_user("malika").pk}
    answer = coordinator.post(f"{ADMIN}committee/committeemember/add/", sent)
    assert "user" in answer.context["adminform"].form.errors


def test_alternates_come_last_in_their_college_and_are_called_so(plan):
    seat(plan, order=1, name_ar="نائب أول", is_alternate=True)
    seat(plan, order=2)
    shown = Client().get(f"/ar/{plan.slug}/committee/").content.decode()
    assert shown.index("مليكة") < shown.index("نائب أول")
    assert "(نائب)" in shown


def test_alternates_do_not_count_for_the_quorum(plan):
    for order in range(1, 8):
        seat(plan, order=order, is_alternate=order > 4)
    assert plan.meetings.create(date=TODAY()).quorum_needed == 3
