"""Sending an idea and following it, as a browser without JavaScript does."""

import datetime
import re
from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape

from consultations.models import Commune, Submission
from consultations.receipts import Receipt, new_key
from openmuni import clock, dates
from proposals.models import Proposal
from tests.factories import REASON, make_actor, make_plan, make_step

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return make_plan()


@pytest.fixture
def step(plan):
    return make_step(plan)


def form_address(plan, language="ar"):
    with translation.override(language):
        return reverse("idea_new", args=[plan.slug])


def answers(**changes):
    """What Souad types."""
    return {
        "key": new_key(),
        "title": "إنارة الحي",
        "body": "نقترح إنارة الحي ليلا",
        "axis": "",
        "shown_as": "nobody",
        "consent": "on",
    } | changes


def close(step):
    """Its window ended yesterday."""
    step.starts_on = step.ends_on = clock.today() - datetime.timedelta(days=1)
    step.save()


def code_on(response):
    """The tracking code shown on a receipt."""
    return "".join(response.context["code_groups"])


def test_a_good_answer_gives_the_receipt_itself(client, plan, step):
    response = client.post(form_address(plan), answers())
    page = response.content.decode()
    assert response.status_code == 200
    assert Submission.objects.get().reference in page
    assert all(group in page for group in response.context["code_groups"])


def test_the_receipt_tells_what_follows_by_its_dates(client, plan, step):
    make_step(plan, accepts="nothing", order=8, first=30, last=31, title_ar="المصادقة")
    make_step(plan, accepts="nothing", order=9, first=20, last=21, title_ar="لقاء تواصلي")
    shown = client.post(form_address(plan), answers()).content.decode()
    assert shown.index("<b>لقاء تواصلي</b>") < shown.index("<b>المصادقة</b>")


def test_the_receipt_tells_what_follows_once_in_the_order_of_its_days(client, plan, step):
    make_step(plan, accepts="nothing", order=8, first=1, last=2, title_ar="لقاء تواصلي")
    make_step(plan, accepts="nothing", order=9, first=300, last=301, title_ar="المصادقة")
    response = client.post(form_address(plan), answers())
    follows = [str(item["label"]) for item in response.context["next_steps"]]
    assert (follows[1], follows[-1], len(follows)) == ("لقاء تواصلي", "المصادقة", 5)
    assert "what-next" not in response.content.decode()


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_the_receipt_and_its_file_bear_the_title_the_day_and_the_order_of_the_boxes(
    client, plan, step, language
):
    response = client.post(form_address(plan, language), answers())
    with translation.override(language):
        day = dates.day(clock.today())
    for text in (response.content.decode(), response.context["receipt_text"]):
        assert "إنارة الحي" in text
        assert day in text
        assert {"ar": "من اليسار إلى اليمين", "fr": "de gauche à droite"}[language] in text


def test_on_paper_the_receipt_bears_the_address_of_the_tracking_page(client, plan, step):
    page = client.post(form_address(plan), answers()).content.decode()
    assert "http://testserver/ar/track/</bdi></p>" in page


def test_the_receipt_is_stored_nowhere_on_the_way(client, plan, step):
    response = client.post(form_address(plan), answers())
    assert "no-store" in response["Cache-Control"]


def test_pressing_twice_gives_the_same_receipt_and_one_idea(client, plan, step):
    sent = answers()
    first, second = client.post(form_address(plan), sent), client.post(form_address(plan), sent)
    assert code_on(first) == code_on(second)
    assert Proposal.objects.count() == 1


def test_the_idea_is_kept_in_the_language_of_the_page(client, plan, step):
    client.post(form_address(plan, "fr"), answers(title="Éclairage"))
    assert Submission.objects.get().language == "fr"


def test_an_error_keeps_what_was_typed(client, plan, step):
    response = client.post(form_address(plan), answers(consent="", contact="06 00"))
    page = response.content.decode()
    assert "نقترح إنارة الحي ليلا" in page
    assert set(response.context["form"].errors) == {"consent", "contact"}
    assert not Submission.objects.exists()


def test_an_empty_answer_is_answered_at_the_first_stage_field_by_field(client, plan, step):
    response = client.post(form_address(plan), {})
    assert response.status_code == 200
    assert set(response.context["form"].errors) == {"title", "body"}


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_closed_window_keeps_nothing_and_gives_the_text_back(client, plan, method):
    make_step(plan, first=-10, last=-5)
    response = getattr(client, method)(form_address(plan), answers())
    assert response.status_code == {"get": 200, "post": 403}[method]
    assert not Submission.objects.exists()
    if method == "post":
        assert "نقترح إنارة الحي ليلا" in response.content.decode()


@pytest.mark.parametrize("checks_csrf", [False, True])
def test_who_sends_again_after_the_window_gets_the_same_receipt(plan, step, checks_csrf):
    sent = answers(author_name="سعاد", contact="0612345678")
    first = Client().post(form_address(plan), sent)
    close(step)
    second = Client(enforce_csrf_checks=checks_csrf).post(form_address(plan), sent)
    assert (second.status_code, code_on(second)) == (200, code_on(first))


def test_another_text_with_a_known_key_is_not_taken_for_the_first(client, plan, step):
    sent = answers()
    client.post(form_address(plan), sent)
    close(step)
    response = client.post(form_address(plan), sent | {"title": "عنوان آخر"})
    assert response.status_code == 403


def test_a_closed_window_gives_back_all_that_was_typed(client, plan):
    typed = {
        "title": "إنارة <b>الحي</b>",
        "body": "نقترح إنارة الحي ليلا",
        "neighbourhood": "حي السلام",
        "author_name": "سعاد",
        "association": "جمعية الحي",
        "contact": "souad@example.org",
    }
    page = client.post(form_address(plan), answers(**typed)).content.decode()
    assert [text for text in typed.values() if escape(text) not in page] == []


def test_without_a_commune_no_idea_is_received(client, plan, step):
    Commune.objects.all().delete()
    assert client.get(form_address(plan)).status_code == 200
    response = client.post(form_address(plan), answers())
    assert response.status_code == 403
    assert "نقترح إنارة الحي ليلا" in response.content.decode()


def test_only_a_page_with_a_form_to_post_sets_a_cookie(client, plan, step):
    assert not client.get(f"/ar/{plan.slug}/ideas/").cookies
    assert client.get(form_address(plan)).cookies


def test_a_closed_form_sets_no_cookie(client, plan):
    assert not client.get(form_address(plan)).cookies


def test_a_refused_security_token_gives_the_form_back_with_its_text(plan, step):
    careful = Client(enforce_csrf_checks=True)
    response = careful.post(form_address(plan), answers())
    assert response.status_code == 403
    assert "نقترح إنارة الحي ليلا" in response.content.decode()
    # The form that came back can be sent as it is.
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', response.content.decode())[1]
    assert careful.post(form_address(plan), answers(csrfmiddlewaretoken=token)).context[
        "code_groups"
    ]


def test_the_code_leads_to_the_idea(client, plan, step):
    code = code_on(client.post(form_address(plan), answers()))
    response = client.post("/ar/track/", {"code": code})
    assert response.context["proposal"] == Proposal.objects.get()
    assert "no-store" in response["Cache-Control"]


def test_the_reason_of_the_decision_is_read_by_code(client, plan, step):
    code = code_on(client.post(form_address(plan), answers()))
    proposal = Proposal.objects.get()
    proposal.submission.publish(by=make_actor())
    proposal.accept(by=make_actor(), reason=REASON)
    page = client.post("/ar/track/", {"code": code}).content.decode()
    assert REASON in page


def test_a_code_whose_boxes_were_copied_from_the_right_leads_to_the_idea(client, plan, step):
    receipt = client.post(form_address(plan), answers())
    typed = " ".join(reversed(receipt.context["code_groups"]))
    assert (
        Submission.objects.get().reference
        in client.post("/ar/track/", {"code": typed}).content.decode()
    )


def promised_days(client, code):
    context = client.post("/ar/track/", {"code": code}).context
    return bool(context.get("read_by")), bool(context.get("answered_by"))


def test_an_idea_that_waits_tells_its_author_the_promised_days(client, plan, step):
    code = code_on(client.post(form_address(plan), answers()))
    proposal = Proposal.objects.get()
    seen = [promised_days(client, code)]
    proposal.submission.publish(by=make_actor())
    seen.append(promised_days(client, code))
    proposal.accept(by=make_actor(), reason=REASON)
    assert [*seen, promised_days(client, code)] == [(True, True), (False, True), (False, False)]


def test_a_withheld_idea_is_promised_nothing(client, plan, step):
    code = code_on(client.post(form_address(plan), answers()))
    Submission.objects.get().withhold(by=make_actor(), category="insult", reason=REASON)
    assert promised_days(client, code) == (False, False)


def test_a_withheld_idea_says_so_to_its_author(client, plan, step):
    code = code_on(client.post(form_address(plan), answers()))
    Submission.objects.get().withhold(
        by=make_actor(), category="insult", reason="عبارة جارحة في النص"
    )
    page = client.post("/ar/track/", {"code": code}).content.decode()
    assert "عبارة جارحة في النص" in page


def test_every_miss_gets_the_same_answer(client, plan, step):
    code = code_on(client.post(form_address(plan), answers()))
    Submission.objects.update(code_digest="x")
    pages = set()
    for missed in (code, Receipt.of(new_key(), {}).code):
        page = client.post("/ar/track/", {"code": missed}).content.decode()
        page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
        pages.add(page.replace(missed, ""))
    assert len(pages) == 1


def test_the_answer_to_a_code_does_not_repeat_it_in_an_address(client, plan, step):
    code = code_on(client.post(form_address(plan), answers()))
    page = client.post("/ar/track/", {"code": code}).content.decode()
    assert f"?code={code}" not in page


def test_no_page_names_the_staff_who_decided(client, plan, step):
    client.post(form_address(plan), answers())
    proposal = Proposal.objects.get()
    proposal.submission.publish(by=make_actor())
    proposal.accept(by=make_actor(), reason=REASON)
    assert "أمينة" not in client.get(f"/ar/ideas/{proposal.reference}/").content.decode()


def other_language_links(response):
    return re.findall(r'<div class="lang\b', response.content.decode())


def test_a_page_that_answers_a_post_leads_to_no_other_language(client, plan, step):
    assert other_language_links(client.get(form_address(plan)))
    receipt = client.post(form_address(plan), answers())
    tracked = client.post("/ar/track/", {"code": code_on(receipt)})
    assert (other_language_links(receipt), other_language_links(tracked)) == ([], [])


def test_what_is_shared_is_a_sentence_with_the_address_of_the_idea_and_no_code(client, plan, step):
    response = client.post(form_address(plan, "fr"), answers())
    reference = Submission.objects.get().reference
    shared = unquote(
        re.search(r'href="https://wa\.me/\?text=([^"]+)"', response.content.decode())[1]
    )
    assert f"http://testserver/fr/ideas/{reference}/" in shared
    assert len(shared) > 100
    assert not [group for group in response.context["code_groups"] if group in shared]


@pytest.mark.parametrize("typed", ["TST-2030-0001", "tst-r-2030-0001", "TST-٢٠٣٠-٠٠٠١"])
def test_a_reference_typed_for_a_code_is_called_a_reference(client, step, typed):
    page = client.post("/fr/track/", {"code": typed}).content.decode()
    assert "C’est la référence publique" in page


def test_the_page_of_the_code_never_speaks_of_something_not_sent(client, step):
    pages = [client.post("/fr/track/", {"code": code}).content.decode() for code in ("", "12")]
    assert "Saisissez le code de suivi" in pages[0]
    assert not [page for page in pages if "Pas encore envoyé" in page]
