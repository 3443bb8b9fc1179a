"""The citizen's form: what it cleans, what it refuses and in which field."""

import pytest
from django.utils import translation

from consultations.models import Contact, Submission
from consultations.receipts import new_key
from proposals.forms import IdeaForm, TrackForm
from proposals.models import Proposal
from tests.factories import make_axis, make_plan, make_step

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return make_plan()


def filled(plan, **changes):
    """The form as Souad fills it, with changes."""
    data = {
        "key": new_key(),
        "title": "إنارة الحي",
        "body": "نقترح إنارة الحي ليلا",
        "axis": "",
        "neighbourhood": "",
        "author_name": "",
        "association": "",
        "shown_as": "nobody",
        "contact": "",
        "consent": "on",
    }
    return IdeaForm(data | changes, plan=plan)


def faults(plan, **changes):
    """The names of the fields that are refused."""
    return set(filled(plan, **changes).errors)


def test_a_title_an_idea_and_a_consent_are_enough(plan):
    assert faults(plan) == set()


@pytest.mark.parametrize("empty", ["", "   ", "\u200b\u2060", "\u3164", "\0\0", "\u202e"])
@pytest.mark.parametrize("field", ["title", "body"])
def test_what_shows_nothing_counts_as_empty(plan, field, empty):
    assert faults(plan, **{field: empty}) == {field}


def test_without_consent_nothing_is_kept(plan):
    assert faults(plan, consent="") == {"consent"}


@pytest.mark.parametrize(("field", "limit"), [("title", 120), ("body", 5000)])
def test_a_text_is_as_long_as_its_limit_and_no_longer(plan, field, limit):
    assert faults(plan, **{field: "س" * limit}) == set()
    assert faults(plan, **{field: "س" * (limit + 1)}) == {field}


def test_a_megabyte_is_refused_in_its_field(plan):
    assert faults(plan, body="س" * 1_000_000) == {"body"}


def test_markup_is_kept_as_it_was_typed(plan):
    form = filled(plan, body='<script>alert(1)</script> & "x"')
    assert form.is_valid()
    assert form.cleaned_data["body"] == '<script>alert(1)</script> & "x"'


def test_control_and_bidi_characters_are_taken_out(plan):
    form = filled(plan, title="إنارة\0 \u202eالحي\x07")
    assert form.is_valid()
    assert form.cleaned_data["title"] == "إنارة الحي"


def test_an_axis_of_another_edition_is_refused(plan):
    stranger = make_axis(make_plan(slug="2032-2033"))
    assert faults(plan, axis=str(stranger.pk)) == {"axis"}


@pytest.mark.parametrize("axis", ["0", "abc", "\0", "9" * 30, "-1"])
def test_an_axis_that_does_not_exist_is_refused(plan, axis):
    assert faults(plan, axis=axis) == {"axis"}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("06 12 34 56 78", "+212612345678"),
        ("٠٦١٢٣٤٥٦٧٨", "+212612345678"),
        ("+212 612-345678", "+212612345678"),
        ("00212612345678", "+212612345678"),
        ("0539000000", "+212539000000"),
        ("0801000000", "+212801000000"),
        ("+2120612345678", "+212612345678"),
        ("+33 6 12 34 56 78", "+33612345678"),
        ("Souad@example.org", "Souad@example.org"),
        ("", ""),
    ],
)
def test_one_contact_is_a_telephone_or_an_email(plan, typed, kept):
    form = filled(plan, contact=typed)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["contact"] == kept


@pytest.mark.parametrize(
    "typed",
    [
        *("06 00 00 00", "0661 23 45 6", "061234567", "+212 61234567"),
        *("0961234567", "0461234567", "06123456789", "+33 6 12"),
        *("a@", "@b", "call me", "1", "06" * 30, "\ud800@x"),
    ],
)
def test_a_broken_contact_is_refused_in_its_field(plan, typed):
    assert faults(plan, contact=typed) == {"contact"}


@pytest.mark.parametrize("typed", ["0661 23 45 6", "0961234567", "call me"])
def test_who_writes_half_a_number_is_told_what_a_whole_one_is(plan, typed):
    with translation.override("ar"):
        assert "عشرة أرقام تبدأ بـ 05 أو 06" in str(filled(plan, contact=typed).errors["contact"])


@pytest.mark.parametrize(
    ("shown_as", "needed"), [("person", "author_name"), ("association", "association")]
)
def test_a_name_to_be_published_has_to_be_there(plan, shown_as, needed):
    assert faults(plan, shown_as=shown_as) == {needed}
    assert faults(plan, shown_as=shown_as, **{needed: "جمعية الحي"}) == set()


@pytest.mark.parametrize("key", ["", "short", "x" * 500, "<b>" * 8])
def test_a_broken_key_is_replaced_so_that_the_form_can_be_sent_again(plan, key):
    form = filled(plan, key=key)
    assert set(form.errors) == {"key"}
    assert filled(plan, key=form["key"].value()).is_valid()


def test_sending_twice_keeps_one_idea_and_gives_the_same_code(plan):
    step, key = make_step(plan), new_key()
    codes = set()
    for _ in range(2):
        form = filled(plan, key=key)
        assert form.is_valid()
        codes.add(form.send(step, "ar")[1])
    assert (len(codes), Proposal.objects.count()) == (1, 1)


def test_a_name_is_published_only_when_its_owner_says_so(plan):
    step = make_step(plan)
    for shown_as, shown in (("nobody", ""), ("person", "سعاد"), ("association", "جمعية الحي")):
        form = filled(plan, author_name="سعاد", association="جمعية الحي", shown_as=shown_as)
        assert form.is_valid()
        proposal, _code = form.send(step, "ar")
        assert proposal.submission.shown_name == shown


def test_the_contact_is_kept_apart_from_the_idea(plan):
    form = filled(plan, author_name="سعاد", contact="0612345678")
    assert form.is_valid()
    form.send(make_step(plan), "fr")
    contact = Contact.objects.get()
    assert (contact.name, contact.phone, contact.email) == ("سعاد", "+212612345678", "")
    assert Submission.objects.get().language == "fr"


@pytest.mark.parametrize("typed", ["", "123", "1" * 16, "كود", "0" * 61])
def test_what_no_receipt_can_bear_is_refused_before_any_look_up(typed, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert "code" in TrackForm({"code": typed}).errors


def test_whoever_does_not_know_the_axis_can_say_so(plan):
    make_axis(plan)
    with translation.override("ar"):
        choices = [str(label) for _value, label in IdeaForm(plan=plan).fields["axis"].choices]
    assert choices == ["خدمات ذات جودة", "لا أدري: تختاره اللجنة"]
