"""A session that ends while a decision is typed: the text comes back, and is sent by a click alone."""

import json

import pytest
from django.test import Client

from committee.accounts.typed import MAX_CHARACTERS
from proposals.models import Decision
from tests.factories import REASON, make_plan, make_proposal, make_step, make_user

from .acting import DESK, give_seat
from .signing_in import ADMIN, PASSWORD, code_of, type_code, with_app

pytestmark = pytest.mark.django_db

TYPED = "هذا تعليل طويل كتبته قبل أن تنتهي الجلسة"


@pytest.fixture
def proposal():
    make_user("malika", group="member")
    plan = make_plan()
    give_seat("malika", plan)
    return make_proposal(make_step(plan))


@pytest.fixture
def address(proposal):
    return f"{DESK}{proposal.pk}/decide/"


@pytest.fixture
def sent(proposal):
    return {"version": proposal.version, "decision": "rejected", "reason": TYPED}


def expired(client, address, sent):
    """The answer to what is sent when the session has ended."""
    return client.post(address, sent)


def fields_of(answer):
    kept = answer.context["kept"]
    return {"typed_at": kept["path"], "typed": kept["text"]}


def sign_in(client, **kept):
    return client.post(f"{ADMIN}login/", {"username": "malika", "password": PASSWORD} | kept)


def test_the_answer_is_the_page_to_sign_in_with_what_was_typed(address, sent):
    answer = expired(Client(), address, sent)
    assert answer.status_code == 403
    assert json.loads(fields_of(answer)["typed"])["reason"] == [TYPED]


def test_after_signing_in_the_desk_comes_back_with_it_and_nothing_is_done(address, sent):
    client = Client()
    kept = fields_of(expired(client, address, sent))
    answer = sign_in(client, **kept)
    assert answer.url == address
    desk = client.get(address)
    assert desk.status_code == 200
    assert TYPED in desk.content.decode()
    assert not Decision.objects.exists()


def test_it_comes_back_over_the_second_step_as_well(address, sent):
    _user, app, _codes = with_app("malika")
    client = Client()
    sign_in(client, **fields_of(expired(client, address, sent)))
    assert type_code(client, code_of(app, ahead=1)).url == address
    assert TYPED in client.get(address).content.decode()


def test_it_comes_back_after_a_wrong_password(address, sent):
    client = Client()
    kept = fields_of(expired(client, address, sent))
    again = sign_in(client, **kept | {"password": "wrong"})
    assert fields_of(again) == kept


def test_a_click_sends_it_and_then_it_is_kept_no_longer(address, sent, proposal):
    client = Client()
    sign_in(client, **fields_of(expired(client, address, sent)))
    client.get(address)
    assert client.post(address, sent).status_code == 302
    assert Decision.objects.get().reason == TYPED
    assert "typed" not in client.session
    assert client.get(address).url.startswith(f"{DESK}{proposal.pk}/change/")


def test_when_another_decided_meanwhile_the_text_is_not_lost(address, sent, proposal):
    client = Client()
    sign_in(client, **fields_of(expired(client, address, sent)))
    desk = client.get(address)
    assert f'name="version" value="{proposal.version}"' in desk.content.decode()


def test_who_may_not_do_the_act_is_not_shown_its_form(address, sent):
    make_user("nabil")
    client = Client()
    kept = fields_of(expired(client, address, sent))
    client.post(f"{ADMIN}login/", {"username": "nabil", "password": PASSWORD} | kept)
    assert client.get(address).status_code == 403


@pytest.mark.parametrize(
    "path",
    [
        "https://evil.example/",
        "/ar/",
        f"{ADMIN}auth/user/add/",
        f"{ADMIN}logout/",
        "/ar/track/",
        "",
    ],
)
def test_only_a_desk_of_ours_gets_something_back(path, proposal):
    client = Client()
    answer = sign_in(client, typed_at=path, typed='{"reason": ["x"]}')
    assert answer.url == ADMIN
    assert "typed" not in client.session


@pytest.mark.parametrize("text", ["", "[]", "{", '{"reason": "x"}', '{"reason": [1]}', "null"])
def test_what_is_not_a_form_is_not_kept(text, address):
    client = Client()
    sign_in(client, typed_at=address, typed=text)
    assert "typed" not in client.session


def test_more_than_anybody_types_is_not_kept(address, sent):
    client = Client()
    answer = expired(client, address, sent | {"reason": "ا" * (MAX_CHARACTERS + 1)})
    assert answer.url.startswith(f"{ADMIN}login/")


def test_the_address_takes_no_text_by_itself(address, proposal):
    client = Client()
    client.force_login(make_user("malika"))
    answer = client.get(address, {"reason": REASON})
    assert answer.url.startswith(f"{DESK}{proposal.pk}/change/")


def test_a_token_that_was_refused_when_the_session_had_ended_loses_nothing_either(address, sent):
    client = Client(enforce_csrf_checks=True)
    kept = fields_of(expired(client, address, sent))
    assert json.loads(kept["typed"])["reason"] == [TYPED]
    again = client.post(f"{ADMIN}login/", {"username": "malika"} | kept)
    assert again.status_code == 403
    assert fields_of(again) == kept
