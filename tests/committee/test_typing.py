"""Paper cards typed in by staff: kept row by row, received once, with their receipts."""

import datetime

import pytest
import time_machine

from committee.models import TypingDraft
from consultations.acts import Act
from consultations.models import Channel, ModerationAct, RemarkCard, Submission
from consultations.receipts import new_key
from openmuni import clock
from proposals.models import Proposal
from tests.factories import make_actor, make_axis, make_heading, make_plan, make_project, make_step

from .acting import sign_in

pytestmark = pytest.mark.django_db

PAGES = "/ar/admin/committee/typingdraft/"
TITLE, BODY = "إنارة الزقاق", "الزقاق مظلم ليلا، ونقترح مصابيح جديدة"
REFUSED = "\u0000\u202e\u200b"


@pytest.fixture
def step():
    plan = make_plan()
    make_axis(plan)
    make_heading(plan, "problem")
    return make_step(plan)


@pytest.fixture
def client():
    return sign_in("najat", "moderator")


def rows(*cards, **every):
    """What a browser sends of so many rows, each with a key of its own unless it has one."""
    sent = {}
    for index, card in enumerate(cards):
        boxes = {"key": new_key(), "shown_as": "nobody"} | every | card
        sent |= {f"row-{index}-{name}": text for name, text in boxes.items()}
    return sent


def idea(number="", title=TITLE, **boxes):
    return {"card_number": number, "title": title, "body": BODY} | boxes


def send(client, step, sent, query="", **ticks):
    """Press «Send» under these rows."""
    data = sent | {"_send": "1", "agreed": "on"} | ticks
    return client.post(f"{PAGES}{step.pk}/{query}", data)


def keep(client, step, sent, query=""):
    """What the script sends while somebody types."""
    return client.post(f"{PAGES}{step.pk}/keep/{query}", sent)


def page(client, step, query=""):
    return client.get(f"{PAGES}{step.pk}/{query}").content.decode()


# --- Keeping ----------------------------------------------------------------------------------


def test_what_is_typed_is_there_again(client, step):
    keep(client, step, rows(idea("7", "عنوان لم يكتمل")))
    assert "عنوان لم يكتمل" in page(client, step)


def test_a_row_that_was_emptied_is_gone(client, step):
    key = new_key()
    keep(client, step, rows(idea("7", key=key)))
    keep(client, step, rows({"key": key, "title": ""}))
    assert TypingDraft.objects.get().rows == []


def test_a_second_window_takes_nothing_from_the_first(client, step):
    keep(client, step, rows(idea("1", "من النافذة الأولى")))
    keep(client, step, rows(idea("2", "من النافذة الثانية")))
    assert len(TypingDraft.objects.get().waiting) == 2


def test_each_card_that_was_typed_in_is_an_act_in_the_log(client, step):
    send(client, step, rows(idea("7"), idea("8", "عنوان آخر")))
    acts = step.plan.log.filter(act=Act.TYPE_IN).values_list("label", flat=True)
    assert {*acts} == {*Submission.objects.values_list("reference", flat=True)}


def test_nothing_is_received_before_it_is_sent(client, step):
    keep(client, step, rows(idea("7")))
    assert not Submission.objects.exists()


def test_a_draft_is_read_by_who_typed_it_alone(client, step):
    keep(client, step, rows(idea("7", contact="0612345678")))
    assert "0612345678" not in page(sign_in("salma", "coordinator"), step)


def test_without_a_script_rows_are_kept_and_ten_more_are_offered(client, step):
    client.post(f"{PAGES}{step.pk}/", rows(idea("1"), idea("2")) | {"_keep": ""})
    assert page(client, step).count('scope="row"') == 2 + 10 + 1  # one of them for the script


def test_a_letter_is_one_row(client, step):
    assert page(client, step, "?channel=letter").count('scope="row"') == 1 + 1


def test_all_comes_back_when_the_security_token_is_refused(client, step):
    client.handler.enforce_csrf_checks = True
    answer = send(client, step, rows(idea("7")))
    assert (answer.status_code, BODY in answer.content.decode()) == (403, True)
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", REFUSED, "\ud83d\ude00" * 3, "x" * 9000]
)
def test_hostile_texts_are_kept_and_shown_as_text(client, step, text):
    text = text.encode("utf-16", "surrogatepass").decode("utf-16")
    assert keep(client, step, rows(idea("7", title=text, body=text))).status_code == 200
    assert "<script>alert" not in page(client, step)
    assert send(client, step, rows(idea("7", title=text))).status_code in (200, 302)


def test_a_key_that_is_none_of_ours_is_replaced(client, step):
    send(client, step, rows(idea("7", key="x'); --")))
    assert Proposal.objects.count() == 1


# --- Sending ----------------------------------------------------------------------------------


def test_a_card_is_received_with_its_number_and_channel(client, step):
    send(client, step, rows(idea("٠١٢")), "?channel=workshop")
    submission = Submission.objects.get()
    assert (submission.card_number, submission.channel) == ("12", Channel.WORKSHOP)
    assert submission.proposal.title == TITLE


def test_the_author_is_kept_as_on_the_card(client, step):
    axis = step.plan.axes.get()
    card = idea("7", axis=axis.pk, author_name="ياسين", shown_as="person", contact="٠٦١٢٣٤٥٦٧٨")
    send(client, step, rows(card | {"neighbourhood": "الحي القديم"}))
    made = Proposal.objects.get()
    assert (made.axis, made.neighbourhood) == (axis, "الحي القديم")
    assert made.submission.shown_name == "ياسين"
    assert made.submission.contact.phone == "+212612345678"


def test_the_language_of_the_card_is_the_one_that_was_chosen(client, step):
    send(client, step, rows(idea("7", "Éclairage")), "?language=fr")
    assert Submission.objects.get().language == "fr"


def test_sent_twice_is_received_once(client, step):
    sent = rows(idea("1"), idea("2"))
    send(client, step, sent)
    send(client, step, sent)
    assert Submission.objects.count() == 2


def test_sent_again_after_the_receipts_are_printed_is_received_once(client, step):
    sent = rows(idea("1"))
    send(client, step, sent)
    client.post(f"{PAGES}{step.pk}/receipts/", {"key": sent["row-0-key"]})
    send(client, step, sent)
    assert Submission.objects.count() == 1


def test_a_row_with_a_fault_stays_and_the_others_are_received(client, step):
    answer = send(client, step, rows(idea("1"), idea("2", title=""), idea("3")))
    assert Submission.objects.count() == 2
    shown = answer.content.decode()
    assert 'id="id_row-0-title_error"' in shown or 'id="id_row-1-title_error"' in shown
    assert [row["typed"]["card_number"] for row in TypingDraft.objects.get().waiting] == ["2"]
    assert BODY in shown


def test_a_number_that_was_typed_in_already_is_refused_beside_its_box(client, step):
    send(client, step, rows(idea("5")))
    answer = send(client, step, rows(idea("٥", "فكرة أخرى")))
    assert 'id="id_row-0-card_number_error"' in answer.content.decode()
    assert Submission.objects.count() == 1


def test_a_number_twice_in_one_evening_is_refused(client, step):
    send(client, step, rows(idea("5"), idea("05", "فكرة أخرى")))
    assert Submission.objects.count() == 1


def test_the_same_number_at_another_station_is_another_card(client, step):
    other = make_step(step.plan, accepts="nothing", kind="citizen_meeting")
    send(client, step, rows(idea("5")))
    send(client, other, rows(idea("5", "فكرة أخرى")))
    assert Submission.objects.count() == 2


def test_cards_without_a_number_do_not_meet(client, step):
    send(client, step, rows(idea(), idea(title="فكرة أخرى")))
    assert Submission.objects.count() == 2


def test_without_the_author_s_agreement_nothing_is_sent_and_all_is_kept(client, step):
    answer = send(client, step, rows(idea("7")), agreed="")
    assert BODY in answer.content.decode()
    assert not Submission.objects.exists()


def test_a_remarks_card_has_a_box_for_each_heading(client, step):
    heading, project = step.plan.headings.get(), make_project(step.plan)
    card = {"card_number": "3", f"heading-{heading.pk}": "الإشكالية أوسع"}
    send(client, step, rows(card), f"?kind=remarks-{project.pk}")
    made = RemarkCard.objects.get()
    assert (made.project, made.remarks.get().text) == (project, "الإشكالية أوسع")


def test_a_new_project_card_is_typed_in_too(client, step):
    heading = step.plan.headings.get()
    card = {"title": "سوق نموذجي", f"heading-{heading.pk}": "لا سوق في الحي"}
    send(client, step, rows(card), "?kind=new_project")
    assert Proposal.objects.get().kind == Proposal.Kind.NEW_PROJECT


def test_cards_of_another_kind_stay_until_they_are_sent_themselves(client, step):
    keep(client, step, rows(idea("1")))
    send(client, step, rows({"title": "سوق", "card_number": "9"}), "?kind=new_project")
    assert {row["sheet"].split(".")[0] for row in TypingDraft.objects.get().waiting} == {
        "idea",
        "new_project",
    }


def test_the_rows_asked_for_a_project_of_another_edition_are_those_of_ideas(client, step):
    project = make_project(make_plan(slug="2040-2041"))
    assert "row-0-body" in page(client, step, f"?kind=remarks-{project.pk}")


# --- When and whether ---------------------------------------------------------------------------


def test_a_card_of_a_past_station_counts_from_its_last_day(step):
    with time_machine.travel(clock.now() + datetime.timedelta(days=40)):
        send(sign_in("najat", "moderator"), step, rows(idea("7")))
    submission = Submission.objects.get()
    assert clock.local(submission.received_at).date() == step.ends_on
    assert not submission.in_grace


def test_the_day_on_the_card_is_the_day_it_counts_from(client, step):
    send(client, step, rows(idea("7", received_on=f"{step.starts_on:%d/%m/%Y}")))
    assert clock.local(Submission.objects.get().received_at).date() == step.starts_on


@pytest.mark.parametrize("days", [-1, 4])
def test_a_day_outside_of_the_station_is_refused(client, step, days):
    day = (step.starts_on if days < 0 else clock.today()) + datetime.timedelta(days=days)
    send(client, step, rows(idea("7", received_on=f"{day:%d/%m/%Y}")))
    assert not Submission.objects.exists()


def test_nothing_is_typed_in_for_a_closed_edition(client, step):
    step.plan.close(by=make_actor())
    assert send(client, step, rows(idea("7"))).status_code == 404


@pytest.mark.parametrize("fields", [{"first": 2, "last": 4}, {"accepts": "nothing"}])
def test_a_station_to_come_or_that_takes_nothing_is_refused(client, step, fields):
    other = make_step(step.plan, kind="training_workshop", **fields)
    assert send(client, other, rows(idea("7"))).status_code == 403


@pytest.mark.parametrize("role", ["member", "auditor", None])
@pytest.mark.parametrize("name", ["", "STEP/", "STEP/keep/", "STEP/receipts/", "STEP/cards/"])
def test_who_may_not_type_cards_in_is_refused(step, role, name):
    other = sign_in("nabil", role)
    address = PAGES + name.replace("STEP", str(step.pk))
    answer = other.post(address) if name.endswith("keep/") else other.get(address)
    assert answer.status_code == 403


# --- Publishing at once -------------------------------------------------------------------------


def test_typed_cards_wait_for_the_moderator(client, step):
    send(client, step, rows(idea("7")))
    assert Submission.objects.get().moderation == "pending"


def test_published_at_once_they_bear_who_published_them(client, step):
    send(client, step, rows(idea("7"), idea("8")), publish="on")
    acts = ModerationAct.objects.values_list("act", "by__username")
    assert list(acts) == [("publish", "najat")] * 2


def test_who_may_not_moderate_cannot_publish(step):
    typist = sign_in("hiba")
    typist_user = TypingDraft._meta.get_field("user").related_model.objects.get(username="hiba")
    permission = typist_user._meta.get_field("user_permissions").related_model
    typist_user.user_permissions.add(permission.objects.get(codename="add_typingdraft"))
    send(typist, step, rows(idea("7")), publish="on")
    assert Submission.objects.get().moderation == "pending"


# --- Receipts -------------------------------------------------------------------------------------


def receipts(client, step):
    return client.get(f"{PAGES}{step.pk}/receipts/")


def codes(answer):
    return [receipt["code_groups"] for receipt in answer.context_data["receipts"]]


def test_the_code_of_a_receipt_opens_the_card(client, step):
    send(client, step, rows(idea("7")))
    [groups] = codes(receipts(client, step))
    assert Submission.objects.with_code("".join(groups)).exists()


def test_receipts_printed_again_bear_the_same_codes(client, step):
    sent = rows(idea("7"), idea("8"))
    send(client, step, sent)
    first = codes(receipts(client, step))
    send(client, step, sent)
    assert codes(receipts(client, step)) == first


def test_a_receipt_is_in_the_language_of_its_card(client, step):
    send(client, step, rows(idea("7")), "?language=fr")
    assert (
        '<article class="receipt" lang="fr" dir="ltr">' in receipts(client, step).content.decode()
    )


def test_receipts_are_kept_by_no_browser(client, step):
    assert "no-store" in receipts(client, step)["Cache-Control"]


def test_after_they_are_printed_nothing_of_the_cards_is_kept(client, step):
    sent = rows(idea("7", contact="0612345678"))
    send(client, step, sent)
    assert "612345678" not in str(TypingDraft.objects.get().rows)
    client.post(f"{PAGES}{step.pk}/receipts/", {"key": sent["row-0-key"]})
    assert TypingDraft.objects.get().rows == []


def test_a_card_received_since_the_page_was_printed_keeps_its_receipt(client, step):
    first = rows(idea("7"))
    send(client, step, first)
    send(client, step, rows(idea("8", "فكرة أخرى")))
    client.post(f"{PAGES}{step.pk}/receipts/", {"key": first["row-0-key"]})
    assert len(codes(receipts(client, step))) == 1


# --- Numbers of blank cards -----------------------------------------------------------------------


def test_the_first_number_proposed_follows_the_highest_of_the_station(client, step):
    send(client, step, rows(idea("41")))
    keep(client, step, rows(idea("٥٢")))
    form = client.get(f"{PAGES}{step.pk}/cards/").context_data["form"]
    assert form["first"].value() == 53


def test_blank_cards_bear_the_numbers_asked_for(client, step, monkeypatch):
    pages = []
    monkeypatch.setattr(
        "committee.admin.typing.cards_pdf", lambda html: pages.append(html) or b"%PDF-"
    )
    answer = client.get(f"{PAGES}{step.pk}/cards/?kind=idea&language=fr&count=2&first=9")
    assert answer["Content-Type"] == "application/pdf"
    assert [pages[0].count(f'dir="ltr">{number}<') for number in (8, 9, 10, 11)] == [0, 2, 2, 0]


@pytest.mark.parametrize("asked", ["count=0&first=1", "count=500&first=1", "count=5&first=x"])
def test_numbers_that_cannot_be_are_refused_beside_their_box(client, step, asked):
    answer = client.get(f"{PAGES}{step.pk}/cards/?kind=idea&language=ar&{asked}")
    assert answer.context_data["form"].errors


# --- Queries --------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize("name", ["", "receipts/"])
def test_a_page_asks_for_a_fixed_number_of_queries(
    client, step, django_assert_max_num_queries, count, name
):
    cards = rows(*(idea(str(number)) for number in range(count)))
    (send if name else keep)(client, step, cards)
    page(client, step)
    with django_assert_max_num_queries(13):
        client.get(f"{PAGES}{step.pk}/{name}")
