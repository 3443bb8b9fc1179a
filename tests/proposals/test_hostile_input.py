"""Bad input to the public pages: a clear answer, never a failure of ours."""

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from consultations.models import Submission
from proposals.models import Proposal
from tests.factories import make_plan, make_step
from tests.proposals.test_intake_pages import answers

FORM = "/ar/2030-2031/ideas/new/"


def post(client, **changes):
    """Send the form in parts, as a browser does, lone surrogates included."""
    parts = [
        f'--x-x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'
        for name, text in answers(**changes).items()
    ]
    body = "".join([*parts, "--x-x--\r\n"]).encode("utf-8", "surrogatepass")
    return client.generic("POST", FORM, body, content_type="multipart/form-data; boundary=x-x")


@pytest.fixture
def plan(db):
    plan = make_plan()
    make_step(plan)
    return plan


@pytest.mark.parametrize(
    "field", ["key", "title", "body", "axis", "neighbourhood", "shown_as", "contact", "consent"]
)
@pytest.mark.parametrize(
    "text", ["\0", "a\0b", "\u202e\u2066", "\ud800", "\x1b[31m", "'; DROP TABLE x;--", "س" * 20000]
)
def test_no_text_in_any_field_is_a_failure(client, plan, field, text):
    response = post(client, **{field: text})
    assert response.status_code == 200


def test_a_megabyte_of_text_is_refused_and_kept_on_the_page(client, plan):
    response = post(client, body="س" * 500_000)
    assert set(response.context["form"].errors) == {"body"}
    assert "س" * 500_000 in response.content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_megabyte_of_text_is_answered_as_a_browser_sends_it(page_for, client):
    make_step(make_plan())
    page = page_for()
    page.goto(FORM)
    # Only what is sent is looked at: to lay out a megabyte takes the browser minutes.
    page.route("**", lambda route: route.fulfill(body=""))
    with page.expect_request(lambda request: request.method == "POST") as caught:
        page.evaluate(
            """() => {
                const field = document.querySelector("[name=body]")
                field.hidden = true
                field.value = "س".repeat(500_000)
                document.querySelector("main form").submit()
            }"""
        )
    sent = caught.value
    response = client.generic(
        "POST", FORM, sent.post_data_buffer, content_type=sent.headers["content-type"]
    )
    assert "body" in response.context["form"].errors
    assert "س" * 500_000 in response.content.decode()


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"title=" + b"x" * 3_000_000, "application/x-www-form-urlencoded"),
        (b"&".join(b"a%d=1" % n for n in range(2000)), "application/x-www-form-urlencoded"),
        ("title=فكرة".encode("cp1256"), "application/x-www-form-urlencoded; charset=windows-1256"),
        (b"--x\r\nnonsense", "multipart/form-data; boundary=x"),
        (b"nonsense", "multipart/form-data"),
        (b'{"a": [[[[[[]]]]]]}', "application/json"),
        (b"\xed\xa0\x80=%ED%A0%80&title=%FF", "application/x-www-form-urlencoded"),
    ],
)
def test_a_body_that_is_no_form_is_answered_with_a_page(client, plan, body, content_type):
    response = client.generic("POST", FORM, body, content_type=content_type)
    assert response.status_code in {200, 400}
    assert 'lang="ar"' in response.content.decode()
    assert not Submission.objects.exists()


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1:x", "a b", ""])
def test_an_unknown_host_is_refused_with_a_page(client, plan, host):
    response = client.get("/ar/", headers={"host": host})
    assert response.status_code == 400


@pytest.mark.parametrize("method", ["put", "delete", "patch", "trace", "options"])
def test_another_method_is_refused(client, plan, method):
    assert getattr(client, method)(FORM).status_code == 405


@pytest.mark.parametrize(
    "cookie", ["\0", "csrftoken=" + "x" * 9000, "sessionid=../../etc; csrftoken=é"]
)
def test_a_senseless_cookie_is_answered_calmly(client, plan, cookie):
    assert client.get(FORM, headers={"cookie": cookie}).status_code == 200


ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=200)


class AnyTextTest(TestCase):
    """Whatever is typed, the form answers; what it accepts, the database takes."""

    def setUp(self):
        make_step(make_plan())

    @hypothesis_settings(max_examples=60)
    @given(st.fixed_dictionaries(dict.fromkeys(("title", "body", "contact"), ANY_TEXT)))
    def test_any_text_is_answered(self, typed):
        before = Proposal.objects.count()
        response = post(self.client, **typed)
        assert response.status_code == 200
        accepted = "code_groups" in response.context
        assert Proposal.objects.count() == before + accepted
