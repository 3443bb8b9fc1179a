"""The two steps of the sign-in, the ends of a session, and the proof before a grave act."""

import datetime
import logging

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.test import Client
from django_otp.plugins.otp_static.models import StaticToken

from committee.accounts import second_factor
from openmuni import clock
from tests.factories import make_plan, make_proposal, make_step, make_user
from tests.openmuni.addresses import addresses

from .acting import give_seat, sign_in
from .signing_in import (
    ADMIN,
    PASSWORD,
    by_password,
    code_of,
    is_in,
    sign_in_whole,
    type_code,
    with_app,
)

pytestmark = pytest.mark.django_db

STEP = f"{ADMIN}second-step/"
# What somebody with half a sign-in may open: the missing half, and the ways out.
OPEN_TO_HALF = {"login", "second_step", "second_factor_app", "welcome", "choose_password"}


def later(minutes):
    return time_machine.travel(clock.now() + datetime.timedelta(minutes=minutes), tick=False)


def administrator():
    client = Client()
    client.force_login(make_user("root", is_superuser=True))
    return client


# --- The second step -------------------------------------------------------------------------------


@pytest.mark.parametrize("has_app", [True, False])
def test_with_a_password_alone_every_page_of_the_admin_leads_to_the_second_step(settings, has_app):
    settings.REQUIRE_TWO_FACTOR = True
    make_plan()
    if has_app:
        with_app("amina", is_superuser=True)
    client = Client()
    client.force_login(make_user("amina", is_superuser=True))
    behind = [each for each in addresses("admin") if each.name not in OPEN_TO_HALF]
    assert len(behind) > 100
    for method in ("get", "post"):
        faults = {
            each.path: answer.status_code
            for each in behind
            if (answer := getattr(client, method)(each.path)).headers.get("Location") != STEP
        }
        assert not faults


def test_with_a_password_alone_no_page_of_staff_outside_the_admin_opens(settings):
    settings.REQUIRE_TWO_FACTOR = True
    plan, client = make_plan(), Client()
    client.force_login(make_user("amina", is_superuser=True))
    sheet = f"/ar/stations/{make_step(plan).pk}/sign-in/"
    for path in (f"/ar/{plan.slug}/plan/preview/", f"/ar/{plan.slug}/plan.pdf", sheet):
        assert client.get(path).url.startswith(f"{ADMIN}login/")


def test_where_it_is_required_the_first_sign_in_sets_up_the_app(settings):
    settings.REQUIRE_TWO_FACTOR = True
    user = make_user("amina")
    client, answer = by_password("amina", next=f"{ADMIN}second-factor/")
    assert answer.url == STEP
    assert client.get(STEP).url == f"{ADMIN}second-factor/app/"
    code = code_of(second_factor.app_to_confirm(user))
    shown = client.post(f"{ADMIN}second-factor/app/", {"code": code}).content.decode()
    assert shown.count('<bdi dir="ltr">') == second_factor.RECOVERY_CODES
    assert client.get(f"{ADMIN}go-on/").url == f"{ADMIN}second-factor/"


def test_where_it_is_not_required_a_password_opens_the_desk():
    make_user("amina")
    assert is_in(by_password("amina")[0])


def test_who_has_an_app_is_asked_for_a_code_even_where_it_is_not_required():
    with_app("amina")
    client, answer = by_password("amina")
    assert answer.url == STEP
    assert not is_in(client)


@pytest.mark.parametrize(
    "write", ["{0}{1}{2}{3}{4}{5}", " {0}{1}{2} {3}{4}{5}", "{0}{1}-{2}{3}-{4}{5}"]
)
@pytest.mark.parametrize("digits", ["0123456789", "٠١٢٣٤٥٦٧٨٩"])
def test_a_code_may_be_typed_in_arabic_digits_and_with_spaces(write, digits):
    _user, app, _codes = with_app("amina")
    client, _answer = by_password("amina")
    code = code_of(app, ahead=1).translate(str.maketrans("0123456789", digits))
    type_code(client, write.format(*code))
    assert is_in(client)


def test_a_code_of_the_app_opens_once():
    _user, app, _codes = with_app("amina")
    code = code_of(app, ahead=1)
    for expected in (True, False):
        client, _answer = by_password("amina")
        type_code(client, code)
        assert is_in(client) is expected


def test_a_recovery_code_opens_once_and_says_how_many_are_left():
    _user, _app, codes = with_app("amina")
    first, _answer = by_password("amina")
    assert "بقيت 9 رموز" in type_code_and_follow(first, codes[0])
    second, _answer = by_password("amina")
    type_code(second, codes[0])
    assert (is_in(first), is_in(second)) == (True, False)


def type_code_and_follow(client, code):
    return client.post(STEP, {"code": code}, follow=True).content.decode()


def test_the_database_holds_no_recovery_code():
    _user, _app, codes = with_app("amina")
    kept = set(StaticToken.objects.values_list("token", flat=True))
    assert len(kept) == second_factor.RECOVERY_CODES
    assert not kept & {code.replace(" ", "") for code in codes}


def test_new_recovery_codes_end_the_old():
    user, _app, old = with_app("amina")
    second_factor.new_recovery_codes(user)
    client, _answer = by_password("amina")
    type_code(client, old[0])
    assert not is_in(client)


def test_another_s_code_does_not_open():
    with_app("amina")
    _user, app, codes = with_app("bushra")
    client, _answer = by_password("amina")
    for code in (code_of(app, ahead=1), codes[0]):
        type_code(client, code)
    assert not is_in(client)


def test_a_wrong_code_stays_in_its_field():
    with_app("amina")
    client, _answer = by_password("amina")
    assert 'value="123 456"' in type_code(client, "123 456").content.decode()


def test_half_a_sign_in_can_be_left():
    with_app("amina")
    client, _answer = by_password("amina")
    client.post(STEP, {"leave": "1"})
    assert "_auth_user_id" not in client.session


def test_the_name_of_the_session_changes_with_the_second_step():
    _user, app, _codes = with_app("amina")
    client, _answer = by_password("amina")
    before = client.session.session_key
    type_code(client, code_of(app, ahead=1))
    assert client.session.session_key != before


def test_an_app_taken_away_ends_the_sessions_it_opened():
    client = sign_in_whole("amina")
    assert is_in(client)
    second_factor.take_away(make_user("amina"))
    assert not is_in(client)


def test_where_it_is_required_it_cannot_be_given_up(settings):
    client = sign_in_whole("amina")
    settings.REQUIRE_TWO_FACTOR = True
    client.post(f"{ADMIN}second-factor/off/")
    assert second_factor.app_of(make_user("amina"))


def test_where_it_is_not_required_it_can_be_given_up():
    client = sign_in_whole("amina")
    client.post(f"{ADMIN}second-factor/off/")
    assert second_factor.app_of(make_user("amina")) is None
    assert is_in(client)


def test_the_keys_of_the_apps_are_on_no_page_of_the_admin():
    client = administrator()
    assert client.get(f"{ADMIN}otp_totp/totpdevice/").status_code == 404


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "javascript:alert(1)"]
)
def test_the_sign_in_leads_to_no_other_site(target):
    make_user("amina")
    assert by_password("amina", next=target)[1].url == ADMIN


def test_nothing_typed_at_the_sign_in_is_logged(caplog):
    with_app("amina")
    caplog.set_level(logging.DEBUG)
    client, _answer = by_password("amina", password="wrong-secret")
    by_password("amina", client=client)
    for _try in range(6):
        type_code(client, "918273")
    assert "held back" in caplog.text
    assert not [
        secret
        for secret in (PASSWORD, "wrong-secret", "918273", "amina", "192.0.2.1")
        if secret in caplog.text
    ]


# --- The ends of a session -----------------------------------------------------------------------------


def test_a_session_ends_when_nothing_was_done_for_half_an_hour():
    client = sign_in("amina")
    assert is_in(client)
    with later(29):
        assert is_in(client)
    with later(29 + 31):
        assert not is_in(client)


def test_a_session_ends_after_twelve_hours_whatever_was_done():
    client = sign_in("amina")
    stays = []
    for minutes in [*range(0, 12 * 60, 20), 12 * 60 + 1]:
        with later(minutes):
            stays.append(is_in(client))
    assert stays == [*[True] * 36, False]


def test_a_session_is_not_written_at_every_page():
    client = sign_in("amina")
    is_in(client)
    before = client.session["seen_at"]
    with later(0.5):
        is_in(client)
    assert client.session["seen_at"] == before


def test_another_password_ends_the_other_sessions_at_the_next_page():
    client, user = sign_in("amina"), make_user("amina")
    assert is_in(client)
    user.set_password("another-long-password")
    user.save()
    assert not is_in(client)


def test_an_account_that_is_closed_is_out_at_the_next_page():
    client, user = sign_in("amina"), make_user("amina")
    assert is_in(client)
    user.is_active = False
    user.save()
    assert not is_in(client)


# --- The proof before a grave act ------------------------------------------------------------------------


@pytest.fixture
def coordinator():
    client = sign_in("salma", group="coordinator")
    is_in(client)
    return client


def grave_acts():
    plan = make_plan()
    member = give_seat("malika", plan)
    make_proposal(make_step(plan))
    seat = f"{ADMIN}committee/committeemember/{member.pk}/"
    return {
        f"{seat}invite/": {},
        f"{seat}second-factor/": {},
        f"{seat}end/": {"last_day": "01/01/2026"},
        f"{ADMIN}proposals/proposal/export/": {"format": "1", "resource": "1"},
    }


def test_after_a_while_a_grave_act_asks_for_the_password_again(coordinator):
    acts = grave_acts()
    with later(6):
        answers = [coordinator.post(path, sent) for path, sent in acts.items()]
    assert [answer.url for answer in answers] == [f"{ADMIN}confirm/"] * len(acts)


def test_right_after_the_sign_in_a_grave_act_is_done(coordinator):
    acts = grave_acts()
    answers = [coordinator.post(path, sent) for path, sent in acts.items()]
    assert f"{ADMIN}confirm/" not in [answer.headers.get("Location") for answer in answers]


def test_roles_are_given_by_who_has_just_proved_who_they_are():
    client = administrator()
    is_in(client)
    for path in ("user/add/", f"user/{make_user('amina').pk}/change/", "group/1/change/"):
        assert client.get(f"{ADMIN}auth/{path}").status_code == 200
        with later(6):
            assert client.get(f"{ADMIN}auth/{path}").url == f"{ADMIN}confirm/"


def test_the_password_leads_back_to_the_act(coordinator):
    with later(6):
        coordinator.get(f"{ADMIN}second-factor/app/")
        answer = coordinator.post(f"{ADMIN}confirm/", {"password": PASSWORD})
        assert answer.url == f"{ADMIN}second-factor/app/"
        assert coordinator.get(answer.url).status_code == 200


def test_after_an_act_the_password_leads_back_to_the_page_it_was_asked_for_on(coordinator):
    page = f"{ADMIN}committee/committeemember/{give_seat('malika', make_plan()).pk}/"
    with later(6):
        coordinator.post(f"{page}invite/", headers={"referer": f"http://testserver{page}seat/"})
        answer = coordinator.post(f"{ADMIN}confirm/", {"password": PASSWORD})
        assert coordinator.get(answer.url).status_code == 200


def test_a_code_is_proof_as_well():
    _user, app, codes = with_app("amina")
    client, _answer = by_password("amina")
    type_code(client, codes[0])
    with later(6):
        assert client.post(f"{ADMIN}confirm/", {"code": code_of(app)}).status_code == 302


@pytest.mark.parametrize("typed", [{}, {"password": "wrong"}, {"password": ""}])
def test_nothing_or_a_wrong_password_is_no_proof(coordinator, typed):
    with later(6):
        assert coordinator.post(f"{ADMIN}confirm/", typed).status_code == 200
        assert coordinator.get(f"{ADMIN}second-factor/app/").url == f"{ADMIN}confirm/"


def test_a_coordinator_has_the_permission_that_the_acts_of_a_seat_ask_for():
    assert Permission.objects.filter(group__name="coordinator", codename="change_committeemember")
