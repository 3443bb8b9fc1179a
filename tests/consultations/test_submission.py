"""What comes in: numbering, sending twice, moderation."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction

from consultations.models import IllegalModeration, Submission
from consultations.receipts import Receipt, new_key
from openmuni import clock
from tests.factories import make_actor, make_commune, make_plan, make_proposal, make_step

pytestmark = pytest.mark.django_db


@pytest.fixture
def step():
    return make_step(make_plan())


@pytest.fixture
def pending(step):
    return make_proposal(step, published=False).submission


def receive(step, key=None, text="x", **fields):
    with transaction.atomic():
        return Submission.objects.receive(
            Receipt.of(key or new_key(), {"text": text}), step, language="ar", **fields
        )


def test_references_are_numbered_by_year_in_the_commune_s_time(step):
    new_year = datetime.datetime(2031, 1, 1, 0, 30, tzinfo=clock.CASABLANCA)
    first, _created = receive(step, at=new_year - datetime.timedelta(hours=1))
    second, _created = receive(step, at=new_year - datetime.timedelta(minutes=40))
    third, _created = receive(step, at=new_year)
    assert [s.reference for s in (first, second, third)] == [
        "TST-2030-0001",
        "TST-2030-0002",
        "TST-2031-0001",
    ]


def test_a_rehearsal_has_a_series_of_its_own():
    rehearsal = make_step(make_plan(slug="2034-2035", is_rehearsal=True))
    submission, _created = receive(rehearsal)
    assert submission.reference.startswith("TST-R-")


def test_the_number_after_9999_is_10000(step):
    first, _created = receive(step)
    Submission.objects.filter(pk=first.pk).update(number=9999)
    second, _created = receive(step)
    assert second.reference.endswith("-10000")


def test_the_same_key_and_text_make_one_row(step):
    key = new_key()
    (first, created), (second, again) = receive(step, key), receive(step, key)
    assert (first, created, again) == (second, True, False)


def test_the_same_key_with_another_text_is_another_submission(step):
    key = new_key()
    receive(step, key)
    receive(step, key, text="y")
    assert Submission.objects.count() == 2


def test_a_code_finds_its_submission_and_no_other(step):
    receipt = Receipt.of(new_key(), {"text": "x"})
    with transaction.atomic():
        submission, _created = Submission.objects.receive(receipt, step, language="ar")
    receive(step)
    assert list(Submission.objects.with_code(receipt.code)) == [submission]
    assert not Submission.objects.with_code("0" * 16).exists()


def test_the_database_holds_no_clear_code(step):
    receipt = Receipt.of(new_key(), {"text": "x"})
    with transaction.atomic():
        Submission.objects.receive(receipt, step, language="ar")
    row = Submission.objects.values().get()
    assert receipt.code not in str(row)


def test_what_is_private_is_kept_apart(step):
    submission, _created = receive(step, contact={"name": "سعاد", "phone": "+212612345678"})
    assert submission.contact.phone == "+212612345678"
    assert "سعاد" not in str(Submission.objects.values().get())


def test_publishing_leaves_an_act(pending):
    act = pending.publish(by=make_actor())
    pending.refresh_from_db()
    assert (pending.moderation, act.act, act.by_name) == ("published", "publish", "أمينة")


def test_what_is_withheld_says_why_and_can_be_restored(pending):
    pending.publish(by=make_actor())
    pending.withhold(by=make_actor(), category="insult", reason="عبارة جارحة")
    assert (pending.moderation, pending.withheld_category) == ("withheld", "insult")
    pending.restore(by=make_actor(), reason="حذفت العبارة")
    assert (pending.moderation, pending.withheld_category) == ("published", "")


@pytest.mark.parametrize("act", ["publish", "restore"])
def test_an_act_on_the_wrong_state_is_refused(pending, act):
    if act == "publish":
        pending.publish(by=make_actor())
    extra = {} if act == "publish" else {"reason": "x"}
    with pytest.raises(IllegalModeration):
        getattr(pending, act)(by=make_actor(), **extra)


def test_withholding_needs_a_known_category(pending):
    with pytest.raises(ValueError, match="category"):
        pending.withhold(by=make_actor(), category="because", reason="x")


def test_the_database_refuses_to_withhold_without_a_category(pending):
    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.filter(pk=pending.pk).update(moderation="withheld")


def test_there_is_one_commune(db):
    make_commune()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE consultations_commune SET id = 2")
